// What is said against a row and its cells, and what is asked about it.

/** @import { Cell, Complaint } from "./types" */

import { arrange, element } from "../shared/elements.js";

/** What is asked about a row stays until it is answered, whatever is typed meanwhile. */
export const QUESTION = "?";
const UNSAVED = "! Not saved";

export class Complaints {
  /** @param {string} key @param {Map<string, Cell>} cells */
  constructor(key, cells) {
    this.cells = cells;
    /** @type {Map<string | null, Complaint>} */
    this.all = new Map();
    this.message = element("p", { class: "message", role: "alert", id: `about-${key}`.replaceAll(" ", "-") });
    this.asked = element("div", { class: "actions" });
    this.about = element("div", { class: "about", hidden: true }, this.message, this.asked);
  }

  // What is about the row as a whole has no cell; it goes with the first cell that is put right.
  /** @param {string | null} name @param {string} text @param {HTMLElement[]} answers */
  add(name, text, answers = [], state = UNSAVED) {
    this.all.set(name, { text, answers, state });
    this.show();
  }

  /** @param {(string | null)[]} names */
  drop(...names) {
    const dropped = names.map((name) => this.all.delete(name));
    if (dropped.includes(true)) this.show();
  }

  /** @returns {string | undefined} */
  get worst() {
    const states = [...this.all.values()].map(({ state }) => state).filter(Boolean);
    return states.includes(UNSAVED) ? UNSAVED : states[0];
  }

  // Each reason is said once, with the cells it is about; one question is asked at a time.
  show() {
    const all = [...this.all.values()];
    const reasons = [...new Set(all.map(({ text }) => text))];
    /** @param {string} text */
    const id = (text) => `${this.message.id}-${reasons.indexOf(text)}`;
    const told = reasons.map((reason) => element("span", { id: id(reason) }, this.lineOf(reason)));
    const isTold = told.length === this.message.children.length && told.every((one, at) => one.isEqualNode(this.message.children[at]));
    if (!isTold) this.message.replaceChildren(...told);
    const question = this.all.get(QUESTION) ?? all.find(({ answers }) => answers.length);
    arrange(this.asked, question?.answers ?? []);
    this.about.hidden = !all.length;
    this.about.classList.toggle("wrong", this.worst?.startsWith("!") ?? false);
    for (const [name, { input }] of this.cells) {
      const complaint = this.all.get(name);
      if (!complaint) ["aria-invalid", "aria-describedby"].forEach((one) => input.removeAttribute(one));
      else Object.entries({ "aria-invalid": "true", "aria-describedby": id(complaint.text) }).forEach((one) => input.setAttribute(...one));
    }
  }

  /** @param {string} reason */
  lineOf(reason) {
    const names = [...this.all].filter(([, { text }]) => text === reason).map(([name]) => name ?? "");
    const labels = names.flatMap((name) => this.cells.get(name)?.column.label ?? []).join(", ");
    return this.all.size > 1 && labels ? `${labels}: ${reason}` : reason;
  }
}
