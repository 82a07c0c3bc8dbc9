// Elements that come as one, each in a place of its own: alone, each would be a message, and a part of
// the page for Streamlit to arrange.

/** @import { Mounted } from "../shared/types" */
/** @typedef {[key: string, text: string][]} Texts what each element is sent, by its key */

import { arrange, element, found } from "../shared/elements.js";

// Shows each of them, as it shows those that come by themselves.
const { default: shown } = await import(new URL("../../mount.js", import.meta.url).href);

/** @type {WeakMap<HTMLElement, Together>} */
const all = new WeakMap();

const FAILED = "This part of the page did not come: load the page again.";

class Part {
  /** @param {string} key @param {Together} together */
  constructor(key, together) {
    this.key = key;
    this.together = together;
    const place = element("div");
    this.node = element("div", { class: `st-key-${key}` }, place);
    this.root = place.attachShadow({ mode: "open" });
    this.root.append(element("div", { class: "root" }));
    this.text = "";
    this.failure = element("p", { role: "alert", hidden: true }, FAILED);
    this.node.append(this.failure);
    /** @type {Promise<(() => void) | undefined> | undefined} */
    this.leaving = undefined;
  }

  /** @param {string} text */
  show(text) {
    if (text === this.text) return;
    this.text = text;
    /** @param {"setTriggerValue" | "setStateValue"} way */
    const sends = (way) => (/** @type {string} */ name, /** @type {unknown} */ value) => this.together.sends?.[way](`${this.key}/${name}`, value);
    const component = { data: JSON.parse(text), parentElement: this.root, setTriggerValue: sends("setTriggerValue"), setStateValue: sends("setStateValue") };
    this.failure.hidden = true;
    this.leaving = shown(component).catch((/** @type {unknown} */ error) => this.fail(error));
  }

  // It is tried again with the next message, and holds nothing back until then.
  /** @param {unknown} error */
  fail(error) {
    console.error(error);
    this.text = "";
    this.failure.hidden = false;
    this.together.root.dataset.arranged ??= "below";
  }

  async leave() {
    this.node.remove();
    (await this.leaving)?.();
  }
}

class Together {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    root.classList.add("together");
    /** @type {Map<string, Part>} */
    this.parts = new Map();
    /** @type {Mounted<any> | undefined} */
    this.sends = undefined;
  }

  /** @param {Texts} texts @param {Mounted<any>} component */
  show(texts, component) {
    this.sends = component;
    this.keepOnly(new Set(texts.map(([key]) => key)));
    for (const [key] of texts) if (!this.parts.has(key)) this.parts.set(key, new Part(key, this));
    arrange(this.root, texts.map(([key]) => this.part(key).node));
    for (const [key, text] of texts) this.part(key).show(text);
  }

  /** @param {string} key */
  part(key) {
    return /** @type {Part} */ (this.parts.get(key));
  }

  /** @param {Set<string>} keys */
  keepOnly(keys) {
    for (const [key, part] of this.parts) {
      if (keys.has(key)) continue;
      this.parts.delete(key);
      void part.leave();
    }
  }
}

/** @param {Mounted<{ shown: [{ parts: Texts }] }>} component */
export default function (component) {
  const root = found(component.parentElement, ".root");
  const together = all.get(root) ?? new Together(root);
  all.set(root, together);
  together.show(component.data.shown[0].parts, component);
  return () => together.keepOnly(new Set());
}
