// Picks one of many: a list drops down with a box that searches it; arrows, Enter, mouse.

/** @import { Option } from "./types" */

import { element, keepKeys } from "../shared/elements.js";
import { Drop } from "./drop.js";

/** @param {string} text */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// Every word that was typed begins a word of what is found.
/** @param {string} typed @param {string} text */
export function fits(typed, text) {
  const words = folded(text).split(/[^\p{L}\p{N}]+/u);
  const asked = folded(typed).split(/\s+/).filter(Boolean);
  return asked.every((part) => words.some((word) => word.startsWith(part)) || folded(text).includes(part));
}

export class Picker extends Drop {
  /** @param {string} name @param {string} label @param {string} placeholder @param {(value: unknown) => void} pick */
  constructor(name, label, placeholder, pick) {
    super(name, "listbox");
    this.pick = pick;
    /** @type {Option[]} */
    this.options = [];
    /** @type {Option[]} */
    this.shown = [];
    this.current = /** @type {unknown} */ (null);
    this.active = 0;
    const list = `${this.panel.id}-list`;
    this.list = element("div", { role: "listbox", id: list, "aria-label": label });
    this.status = element("p", { class: "nothing", role: "status" });
    this.input = element("input", {
      type: "text",
      role: "combobox",
      placeholder,
      maxlength: 200,
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": label,
      "aria-expanded": "true",
      "aria-controls": list,
      "aria-autocomplete": "list",
    });
    this.panel.append(this.input, this.list, this.status);
    keepKeys(this.panel);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.steered(event));
  }

  open() {
    this.input.value = "";
    this.typed();
    super.open();
    this.input.focus({ preventScroll: true });
    this.mark();
  }

  get text() {
    return this.input.value.trim();
  }

  typed() {
    this.fill(this.options.filter((option) => fits(this.text, option.text)));
  }

  /** @param {Option[]} options @param {string} nothing */
  fill(options, nothing = "Nothing found.") {
    this.shown = options;
    this.list.replaceChildren(...options.map((option, at) => this.drawn(option, at)));
    this.status.textContent = options.length ? "" : nothing;
    const current = this.text ? 0 : options.findIndex(({ value }) => value === this.current);
    this.active = Math.max(current, 0);
    this.mark();
  }

  /** @param {Option} option @param {number} at */
  drawn(option, at) {
    const { text, note, kind, depth = 0, value } = option;
    return element(
      "div",
      {
        role: "option",
        id: `${this.list.id}-${at}`,
        style: `padding-inline-start: ${0.625 + depth}rem`,
        "aria-selected": "false",
        "aria-current": value === this.current ? "true" : null,
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.picked(option),
        onmousemove: () => this.active !== at && this.move(at - this.active),
      },
      kind ? element("span", { class: "kind" }, kind) : null,
      element("span", { class: "text" }, text),
      note ? element("small", {}, note) : null,
    );
  }

  /** @param {KeyboardEvent} event */
  steered(event) {
    const step = Number(event.key === "ArrowDown") - Number(event.key === "ArrowUp");
    if (step) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Enter" && this.shown[this.active]) {
      event.preventDefault();
      this.picked(this.shown[this.active]);
    }
  }

  /** @param {number} step */
  move(step) {
    if (!this.shown.length) return;
    this.active = (this.active + step + this.shown.length) % this.shown.length;
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === this.active)));
    const active = this.list.children[this.active];
    if (!active) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  /** @param {Option} option */
  picked({ value }) {
    this.close();
    if (value !== this.current) this.pick(value);
  }

  // Shows what is picked now; a list that is open stays as it is.
  /** @param {string} words @param {Option[]} options @param {unknown} current */
  show(words, options, current) {
    this.words.textContent = words;
    this.options = options;
    this.current = current;
  }
}
