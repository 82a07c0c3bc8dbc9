// One row of a table of settings: its notes, its tools, and how it is put away.

/** @import { Change, Cell, Column } from "../grid/types" */
/** @import { Verdict } from "../editing/types" */
/** @import { Note, SettingFacts } from "./types" */
/** @import { Grid } from "../grid/grid.js" */
/** @import { Choice } from "../shared/types" */

import { newToken } from "../editing/outbox.js";
import { NOT_SAVED } from "../editing/protocol.js";
import { showNumber, watchNumbers } from "../grid/long_numbers.js";
import { Row } from "../grid/row.js";
import { button, element, focusedIn, select } from "../shared/elements.js";

const TRY_AFTER = 400;
const WHOLE_UP_TO = 7;
const WRITTEN_OUT = new Set(["text", "pick", "names", "long"]);

/** @extends {Row<SettingFacts>} */
export class SettingRow extends Row {
  /**
   * @param {Grid<any, any>} grid @param {string} key @param {SettingFacts} facts @param {Column[]} columns
   * @param {Map<string, string>} places
   */
  constructor(grid, key, facts, columns, places) {
    super(grid, key, facts, "tr");
    /** @type {Map<string, HTMLElement>} */
    this.fixed = new Map();
    /** @type {Map<string, HTMLElement>} */
    this.notes = new Map();
    /** @type {Map<string, HTMLElement>} */
    this.whole = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.trying = undefined;
    this.tools = element("div", { class: "tools" });
    this.short = element("button", { type: "button", class: "brief", "aria-expanded": "false", onclick: () => this.unfold(!this.isUnfolded) });
    this.line.append(...columns.map((column) => this.createCell(column, places.get(column.name))), element("td", { class: "last" }, this.state, this.tools));
    watchNumbers(this.cells, (name, cell) => this.fillCell(name, cell));
    const { about } = this.complaints;
    about.addEventListener("keydown", (event) => event.key === "Escape" && this.settle());
    this.node.prepend(element("tr", { class: "short" }, element("td", { colspan: columns.length + 1 }, this.short)));
    this.node.append(element("tr", { class: "aside" }, element("td", { colspan: columns.length + 1 }, about)));
  }

  /** @param {Column} column @param {string} [place] */
  createCell(column, place) {
    const { name, kind, label, below } = column;
    const note = element("small", { class: "note" });
    this.notes.set(name, note);
    const shown = kind === "shown" ? element("span", { class: "fixed" }) : this.typedInto(column);
    if (kind === "shown") this.fixed.set(name, shown);
    return element("td", { class: below ? `${kind} below` : kind, style: place ?? null, "data-label": label }, shown, note);
  }

  // A field cuts what is too long for it: what stands there is written out below until it is typed in.
  /** @param {Column} column @returns {HTMLElement} */
  typedInto(column) {
    const { input } = this.addCell(column);
    if (!WRITTEN_OUT.has(column.kind)) return input;
    // A browser shows the place to type at, and might leave the rest behind what stays in sight.
    input.addEventListener("focus", () => input.scrollIntoView({ block: "nearest", inline: "nearest" }));
    const whole = element("span", { class: "whole", "aria-hidden": "true" });
    this.whole.set(column.name, whole);
    return element("div", { class: "typed" }, whole, input);
  }

  get isUnfolded() {
    return this.node.classList.contains("unfolded");
  }

  // On a phone one row at a time shows its cells.
  unfold(isOpen = true) {
    if (isOpen) for (const row of this.grid.rows.values()) if (row instanceof SettingRow && row !== this) row.unfold(false);
    this.node.classList.toggle("unfolded", isOpen);
    this.short.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.short.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} name @param {Cell} cell */
  fillCell(name, cell) {
    if (cell.column.kind === "number") showNumber(cell, this.text(name), WHOLE_UP_TO);
    else super.fillCell(name, cell);
    this.writeOut(name);
  }

  /** @param {string} name @param {string} text */
  type(name, text, isLeft = false) {
    super.type(name, text, isLeft);
    this.writeOut(name);
  }

  // What ends in a new line is a line longer.
  /** @param {string} name */
  writeOut(name) {
    const node = this.whole.get(name);
    const text = `${this.text(name)}\u200b`;
    if (node && node.textContent !== text) node.textContent = text;
  }

  // A cell about the place looked at, such as a role in a team, is another one at another place.
  /** @param {string} name */
  at(name) {
    return this.cells.get(name)?.column.placed ? this.grid.data.place : "";
  }

  face() {
    for (const name of this.notes.keys()) if (!this.draft(name)) this.note(name);
    for (const [name, node] of this.fixed) node.textContent = this.standing(name);
    this.short.replaceChildren(element("b", {}, this.facts.name), " ", element("small", {}, this.facts.short));
    this.showTools();
  }

  showTools() {
    const { acts, editable, table } = this.grid.data;
    const { id, name } = this.facts;
    /** @param {string} act */
    const ask = (act) => this.grid.send("act", { table, id, act, nonce: newToken() });
    /** @type {{ name: string, label: string }[]} */
    const all = acts;
    const asks = all.map((act) => button(act.label, { "aria-label": `${act.label}: ${name}`, onclick: () => ask(act.name) }));
    const away = button("Archive", { "aria-label": `Archive ${name}`, onclick: () => this.askAway() });
    const isFocused = this.tools.contains(focusedIn(this.tools));
    if (!isFocused || this.tools.children.length !== asks.length + 1) this.tools.replaceChildren(...(editable ? [...asks, away] : []));
  }

  /** @param {string} name @param {Note | undefined} [said] */
  note(name, said = this.facts.notes[name]) {
    const node = this.notes.get(name);
    if (!node) return;
    const text = said?.text ?? "";
    if (node.textContent !== text) node.textContent = text;
    node.title = said?.tip ?? "";
    for (const tone of ["wrong", "right"]) node.classList.toggle(tone, said?.tone === tone);
  }

  /** @param {Cell} cell */
  typed(cell) {
    super.typed(cell);
    if (cell.column.live) this.tryCell(cell.column.name);
  }

  // Checked while it is typed, and saved only when the cell is left.
  /** @param {string} name */
  tryCell(name) {
    clearTimeout(this.trying);
    this.trying = setTimeout(() => {
      const typed = this.draft(name)?.typed;
      const { table } = this.grid.data;
      if (typed) this.grid.send("try", { table, id: this.facts.id, cell: name, typed, nonce: newToken() });
    }, TRY_AFTER);
  }

  /** @param {string} name */
  forget(name) {
    super.forget(name);
    this.note(name);
  }

  /** @param {string | null} name @param {string} text @param {HTMLElement[]} [answers] @param {string} [state] */
  complain(name, text, answers, state) {
    if (name) this.note(name, { text: "", tone: "" });
    super.complain(name, text, answers, state);
  }

  askAway() {
    const keep = button("Keep it", { onclick: () => this.settle() });
    const go = button("Archive", { class: "primary", onclick: () => this.act({ do: "archive" }) });
    this.ask(this.grid.data.archiving, [keep, go]);
    keep.focus();
  }

  // Who owns something is put away once somebody else has it all.
  /** @param {string} message */
  askHeir(message) {
    /** @type {{ id: number, name: string }[]} */
    const heirs = this.grid.data.heirs;
    const others = heirs.filter(({ id }) => id !== this.facts.id);
    /** @type {Choice[]} */
    const choices = others.map(({ id, name }) => [id, name]);
    const heir = select([["", "Hand all to …"], ...choices], "", { "aria-label": `Hand all of ${this.facts.name} to` });
    const go = () => (heir.value ? this.act({ do: "hand over", hand_to: Number(heir.value) }) : heir.focus());
    const keep = button("Keep it", { onclick: () => this.settle() });
    const answers = [heir, button("Hand over", { class: "primary", onclick: go }), keep];
    this.ask(message, others.length ? answers : [], "! Not archived");
    if (others.length) heir.focus();
  }

  /** @param {Change} change @param {Verdict} verdict */
  saved(change, verdict) {
    if (change.edit.do === "archive") return this.drop();
    super.saved(change, verdict);
    if (change.edit.do !== "hand over") return;
    this.savedAs = "✓ Handed over";
    this.askAway();
  }

  /** @param {Record<string, unknown>} edit @param {Verdict} verdict */
  objectToAct(edit, verdict) {
    if (edit.do === "hand over" || verdict.field === "owned") this.askHeir(verdict.message || NOT_SAVED);
    else super.objectToAct(edit, verdict);
  }

  /** @param {Change} change @param {Verdict} verdict */
  refused(change, verdict) {
    super.refused(change, verdict);
    const [first] = change.drafts;
    if (first) this.comeBack(verdict.field || first[1].cell);
  }

  // Back to what was not taken, unless something else is typed or done meanwhile.
  /** @param {string} name */
  comeBack(name) {
    const at = focusedIn(this.grid.root);
    const isFree = at ? at.closest(".row") : document.activeElement === document.body;
    if (isFree && !this.grid.isTyping) this.cells.get(name)?.input.focus();
  }
}
