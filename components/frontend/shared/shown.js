// An element on a page: it is made once, and shown with each data that comes.

/** @import { Mounted, Trigger } from "./types" */

import { whole } from "./bases.js";
import { found } from "./elements.js";

/** @type {WeakMap<ShadowRoot, Shown<any>>} */
const all = new WeakMap();

/** @template Data */
export class Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.data = /** @type {Data} */ ({});
    this.turn = 0;
    /** @type {Trigger} */
    this.send = () => {};
    /** @type {(() => void) | undefined} */
    this.leave = undefined;
    /** @type {Mounted<Data> | null} */
    this.latest = null;
    /** @type {Partial<Data> | null} */
    this.past = null;
    this.signature = "";
  }

  // Tells whether something else is to be shown than last: what is drawn anew forgets what somebody
  // has unfolded in it, or how far they have scrolled.
  /** @param {unknown} shown */
  isNews(shown = this.data) {
    const before = this.signature;
    this.signature = JSON.stringify(shown);
    return this.signature !== before;
  }

  // Shows what was once shown instead, until it is told to go on with null.
  /** @param {Partial<Data> | null} past */
  lookBack(past) {
    this.past = past;
    if (this.latest) this.show({ ...this.latest, data: { ...this.latest.data, ...past } });
  }

  /** @param {Mounted<Data>} component */
  show({ data, setTriggerValue }) {
    this.data = data;
    this.send = setTriggerValue;
    this.render();
    return this.leave;
  }

  render() {}
}

// What the module of an element exports: it shows the element where it is mounted.
/** @param {new (root: HTMLElement) => Shown<any>} Kind */
export function mounted(Kind) {
  /** @param {Mounted<any>} component */
  return (component) => {
    const { parentElement } = component;
    const [shown] = component.data.shown;
    const held = all.get(parentElement) ?? new Kind(found(parentElement, ".root"));
    all.set(parentElement, held);
    const turn = ++held.turn;
    // What waited for its base is not shown over what came later.
    whole(shown, (data) => {
      if (turn !== held.turn) return;
      held.latest = { ...component, data };
      held.lookBack(held.past);
    });
    return held.leave;
  };
}

// What is shown under a key, if that is on the page.
/** @param {string} key @returns {Shown<any> | undefined} */
export function shownAt(key) {
  for (const { shadowRoot } of document.querySelectorAll(`.st-key-${key} *`)) {
    const shown = shadowRoot && all.get(shadowRoot);
    if (shown) return shown;
  }
}
