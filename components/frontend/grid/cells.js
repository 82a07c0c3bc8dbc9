// The cells of a row: what stands in them, and what is typed meanwhile.

/** @import { Column, Cell, Facts } from "./types" */
/** @import { Draft } from "../editing/types" */
/** @import { Grid } from "./grid.js" */

import { element, focusedIn } from "../shared/elements.js";
import { Complaints, QUESTION } from "./complaints.js";
import { take } from "./focus.js";
import { createCell, put, textOf } from "./inputs.js";
import { beyond, pressed } from "./keys.js";
import { pasted } from "./paste.js";

const NOT_YET = "◌ Not saved yet";

/** @template {Facts} [F=Facts] */
export class Cells {
  /** @param {Grid<any, any>} grid @param {string} key @param {F} facts @param {"div" | "tr"} tag */
  constructor(grid, key, facts, tag = "div") {
    this.grid = grid;
    this.key = key;
    this.facts = facts;
    /** @type {Map<string, Cell>} */
    this.cells = new Map();
    this.complaints = new Complaints(key, this.cells);
    this.savedAs = "";
    this.signature = "";
    this.isGone = false;
    this.state = element("span", { class: "state", role: "status" });
    /** @type {HTMLElement} */
    this.line = element(tag, { class: "row", role: tag === "div" ? "group" : null });
    /** @type {HTMLElement} */
    this.node = element(tag === "tr" ? "tbody" : "div", { class: "entry" }, this.line);
    this.line.addEventListener("keydown", (event) => pressed(this, event));
    this.line.addEventListener("paste", (event) => pasted(this, event));
  }

  /** @param {Column} column */
  addCell(column) {
    const { name, kind } = column;
    const cell = createCell(column, this.grid);
    this.cells.set(name, cell);
    cell.input.addEventListener("input", () => this.typed(cell));
    const isPicked = kind === "choice" || kind === "checkbox";
    cell.input.addEventListener(isPicked ? "change" : "focusout", () => this.leave(name));
    return cell;
  }

  /** @param {Column} column */
  labelled(column) {
    const { input, tick } = this.addCell(column);
    return element("label", { class: `cell ${column.name}` }, element("span", {}, column.label), input, tick);
  }

  get isNew() {
    return !this.facts.id;
  }

  // Whether it is known to be on its way though it is not listed.
  get isAwaited() {
    return false;
  }

  get isOver() {
    return this.facts.over ?? false;
  }

  title() {
    return this.facts.name;
  }

  // What a cell is about besides its row, such as a day; what is typed about one is none of another.
  /** @param {string} _name */
  at(_name) {
    return "";
  }

  /** @param {string} name */
  keyOf(name) {
    return [this.key, name, this.at(name)].filter(Boolean).join("|");
  }

  /** @param {string} name */
  draft(name) {
    return this.grid.edits.drafts.get(this.keyOf(name));
  }

  /** @param {Draft} draft */
  holds({ cell, at = "" }) {
    return at === this.at(cell);
  }

  drafts() {
    return this.grid.edits.drafts.of(this.key).filter(([, draft]) => this.holds(draft));
  }

  /** @param {string} name */
  standing(name) {
    return this.facts.cells[name] ?? "";
  }

  /** @param {string} name */
  text(name) {
    return this.draft(name)?.typed ?? this.standing(name);
  }

  /** @param {F} facts */
  show(facts) {
    this.facts = facts;
    if (this.isGone) this.complaints.drop(QUESTION);
    this.isGone = false;
    const signature = JSON.stringify([facts, this.grid.data.editable]);
    const isNews = this.signature !== signature;
    this.signature = signature;
    if (isNews) this.face();
    this.fill();
    if (!this.grid.edits.isOnItsWay(this.key)) this.tellState();
  }

  // What is shown of a row besides its cells.
  face() {}

  fill() {
    for (const [name, cell] of this.cells) {
      this.fillCell(name, cell);
      cell.input.disabled = !this.grid.data.editable || this.isOver;
      cell.input.setAttribute("aria-label", this.labelOf(cell.column));
    }
  }

  /** @param {Column} column */
  labelOf({ label }) {
    return `${this.title()}: ${label.toLowerCase()}`;
  }

  // What comes in under somebody who has yet to type is replaced by what they type.
  /** @param {string} name @param {Cell} cell */
  fillCell(name, { input, offer }) {
    const before = input.value;
    put(input, this.text(name));
    if (input !== focusedIn(input)) return;
    offer();
    if (input.value !== before && !this.draft(name)) take(input);
  }

  /** @param {Cell} cell */
  typed({ column, input }) {
    this.grid.isTyping = true;
    this.type(column.name, textOf(input));
    this.tellState();
  }

  /** @param {string} name @param {string} text */
  type(name, text, isLeft = false) {
    const { edits } = this.grid;
    edits.type(this.keyOf(name), this.place(name), text);
    if (isLeft) edits.leave(this.keyOf(name), () => false);
    this.tick(name, "");
    this.complaints.drop(name, null);
  }

  /** @param {string} name @returns {Pick<Draft, "row" | "cell" | "at" | "target" | "under">} */
  place(name) {
    return { row: this.key, cell: name, at: this.at(name) };
  }

  /** @param {string} name */
  leave(name) {
    const { edits } = this.grid;
    const key = this.keyOf(name);
    const became = edits.leave(key, (text) => !edits.isOnItsWay(this.key, key) && this.isNothing(name, text));
    if (became === "dropped") this.forget(name);
    if (became === "left") edits.pump();
    this.tellState();
    return became === "left";
  }

  /** @param {string} name @param {string} text */
  isNothing(name, text) {
    return text === this.standing(name);
  }

  /** @param {string} name */
  forget(name) {
    this.grid.edits.drafts.drop(this.keyOf(name));
    this.complaints.drop(name, null);
    this.fill();
    this.tellState();
  }

  /** @param {KeyboardEvent} _event @param {string} _field @param {number} _along */
  does(_event, _field, _along) {
    return false;
  }

  /** @param {string} field @param {number} by @returns {HTMLElement | undefined} */
  onward(field, by) {
    return beyond(this, field, by);
  }

  // Which cells what is pasted goes into, from one on, in a row or one to come; or why it does not fit.
  /** @param {Cells | undefined} _row @param {string} from @param {string[]} _line @returns {(string | null)[] | string} */
  pastedInto(_row, from, _line) {
    const names = [...this.cells.keys()];
    return names.slice(names.indexOf(from));
  }

  // Why a draft that was left is not sent yet; nothing where it is.
  /** @param {Draft} _draft */
  waitsFor(_draft) {
    return "";
  }

  /** @param {string} text */
  tell(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
    this.node.classList.toggle("saved", text.startsWith("✓"));
    this.node.classList.toggle("unsaved", text.startsWith("◌") || text.startsWith("!"));
  }

  // What was refused outweighs what is on its way, and that what is safe.
  tellState() {
    const drafts = this.drafts();
    const left = drafts.filter(([, draft]) => draft.left);
    const worst = this.complaints.worst;
    if (worst) this.tell(worst);
    else if (left.length) this.tell(left.every(([, draft]) => this.waitsFor(draft)) ? this.waitsFor(left[0][1]) : "Saving…");
    else if (this.grid.edits.isOnItsWay(this.key)) this.tell("Saving…");
    else this.tell(drafts.length ? NOT_YET : this.savedAs || this.rest());
  }

  rest() {
    return "";
  }

  /** @param {string} name @param {string} text */
  tick(name, text) {
    const cell = this.cells.get(name);
    if (cell) cell.tick.textContent = text;
  }

  /** @param {string | null} name @param {string} text @param {HTMLElement[]} [answers] @param {string} [state] */
  complain(name, text, answers, state) {
    this.complaints.add(name, text, answers, state);
    this.tellState();
  }

  /** @param {string} text @param {HTMLElement[]} answers */
  ask(text, answers, state = "") {
    this.complain(QUESTION, text, answers, state);
  }

  settle() {
    this.complaints.drop(null, QUESTION);
    this.tellState();
  }
}
