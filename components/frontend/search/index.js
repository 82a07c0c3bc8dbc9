// A search box with its results below: arrows, Enter, mouse, Esc, and “/” from anywhere.

/** @import { Mounted, Trigger } from "../shared/types" */
/** @typedef {{ target: string, id: number, kind: string, name: string, where: string }} Found */
/** @typedef {{ query: string, found: Found[] }} SearchData */

import { element, focusedIn, keepKeys } from "../shared/elements.js";
import { open } from "../shared/opening.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "search/search.css"];

const PAUSE = 150;
const BOX = { type: "text", placeholder: "Search", maxlength: 200, autocomplete: "off", spellcheck: "false" };

/** @extends {Shown<SearchData>} */
class Search extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.active = -1;
    /** @type {Found[]} */
    this.rows = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Trigger} */
    this.ask = () => {};
    this.input = element("input", {
      ...BOX,
      role: "combobox",
      "aria-label": "Search KPIs, teams, objectives and key results",
      "aria-expanded": "false",
      "aria-controls": "found",
      "aria-autocomplete": "list",
    });
    this.list = element("div", { role: "listbox", id: "found", "aria-label": "Found" });
    this.status = element("p", { class: "nothing", role: "status" });
    this.found = element("div", { class: "drop", hidden: true }, this.list, this.status);
    root.append(element("div", { class: "field" }, this.input, element("kbd", { "aria-hidden": "true" }, "/")), this.found);
    this.listen();
  }

  listen() {
    keepKeys(this.root);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.steered(event));
    this.input.addEventListener("focus", () => this.input.value.trim() && this.drop(true));
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.root.contains(relatedTarget))) this.drop(false);
    });
    /** @param {KeyboardEvent} event */
    const slash = (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
      event.preventDefault();
      this.input.focus();
      this.input.select();
    };
    window.addEventListener("keydown", slash);
    this.leave = () => window.removeEventListener("keydown", slash);
  }

  /** @param {Mounted<SearchData>} component */
  show(component) {
    this.ask = component.setStateValue;
    return super.show(component);
  }

  typed() {
    clearTimeout(this.timer);
    this.active = -1;
    this.timer = setTimeout(() => this.ask("query", this.input.value.trim()), PAUSE);
    if (!this.input.value.trim()) this.drop(false);
  }

  /** @param {KeyboardEvent} event */
  steered(event) {
    const step = Number(event.key === "ArrowDown") - Number(event.key === "ArrowUp");
    if (step) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Enter" && this.rows.length && this.current()) {
      event.preventDefault();
      this.pick(this.rows[Math.max(this.active, 0)]);
    } else if (event.key === "Escape") this.close();
  }

  current() {
    return this.data.query === this.input.value.trim();
  }

  /** @param {number} step */
  move(step) {
    if (!this.rows.length) return;
    this.active = (this.active + step + this.rows.length) % this.rows.length;
    this.mark();
    this.list.children[this.active].scrollIntoView({ block: "nearest" });
  }

  mark() {
    [...this.list.children].forEach((option, index) =>
      option.setAttribute("aria-selected", String(index === this.active)),
    );
    const active = this.list.children[this.active];
    if (active) this.input.setAttribute("aria-activedescendant", active.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Found} found */
  pick({ target, id }) {
    const { query } = this.data;
    this.close();
    this.send("pick", { query, target, id });
    open(() => {}, target, id);
  }

  close() {
    clearTimeout(this.timer);
    this.input.value = "";
    this.input.blur();
    this.drop(false);
  }

  /** @param {boolean} yes */
  drop(yes) {
    this.found.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes && this.rows.length > 0));
  }

  /** @param {Found} row @param {number} index */
  option(row, index) {
    const { kind, name, where } = row;
    return element(
      "div",
      {
        role: "option",
        id: `found-${index}`,
        "aria-selected": "false",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.pick(row),
        onmousemove: () => {
          this.active = index;
          this.mark();
        },
      },
      element("span", { class: "kind" }, kind),
      element("span", { class: "name" }, name),
      where ? element("small", {}, where) : null,
    );
  }

  render() {
    if (!this.input.value.trim() || !this.current()) return;
    this.rows = this.data.found;
    this.active = -1;
    this.list.replaceChildren(...this.rows.map((row, index) => this.option(row, index)));
    this.status.textContent = this.rows.length ? "" : `Nothing found for “${this.data.query}”.`;
    this.mark();
    this.drop(focusedIn(this.root) === this.input);
  }
}

/** @param {Event} event */
function typing(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

export default mounted(Search);
