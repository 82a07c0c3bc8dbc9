// One row of the table: an objective or a key result.

/** @import { Cell, Change } from "../grid/types" */
/** @import { Draft, Entry, Theirs, Verdict } from "../editing/types" */
/** @import { Okrs } from "./index.js" */
/** @import { OkrFacts, Step, Target } from "./types" */

import { refill } from "../grid/focus.js";
import { beyond } from "../grid/keys.js";
import { showNumber, watchNumbers } from "../grid/long_numbers.js";
import { Row } from "../grid/row.js";
import { bar, button, element, present } from "../shared/elements.js";
import { gist, turnDetails } from "./details.js";
import { fold, panel, shift, toggle, unfold } from "./panel.js";
import { pastedInto } from "./pasted.js";
import { ToDo } from "./todo.js";
import { showWhole, withWhole } from "./whole.js";

/** @type {Record<string, string>} */
const BLANKS = { objective: "Add an objective…", "key result": "Add a key result…" };
const WHOLE_UP_TO = 10;
let born = 0;

/** @param {Target | string} target */
export function newKey(target) {
  return `new ${target} ${Date.now().toString(36)}${++born}`;
}

/** @param {string} key */
export function isNewKey(key) {
  return key.startsWith("new ");
}

/** @extends {Row<OkrFacts>} */
export class OkrRow extends Row {
  /** @param {Okrs} okrs @param {string} key @param {OkrFacts} facts @param {OkrRow | null} under */
  constructor(okrs, key, facts, under) {
    super(okrs, key, facts);
    this.okrs = okrs;
    this.under = under;
    /** @type {OkrRow[]} */
    this.kids = [];
    /** Until which version it is not missed, since it has just been made. */
    this.waits = -1;
    /** Whether it has just been added, and nobody has gone on from it since. */
    this.isFresh = this.isNew;
    /** Whether it was under way when it was first seen here. */
    this.wasOpen = !this.isOver;
    /** @type {"closing" | "archiving" | null} */
    this.asking = null;
    /** @type {Element | null} */
    this.cameFrom = null;
    const kind = facts.target === "objective" ? "objective" : "result";
    for (const node of [this.node, this.line]) node.classList.add(kind);
    if (kind === "objective") this.node.classList.add("surface");
    /** @type {Map<string, HTMLElement>} */
    this.wholes = new Map();
    this.gist = element("small", { class: "gist" });
    this.now = element("div", { class: "now" });
    this.steps = element("div", { class: "do" });
    const keys = { title: "Alt + Enter", "aria-keyshortcuts": "Alt+Enter", tabindex: -1 };
    this.more = button("⋯", { class: "more", "aria-expanded": "false", ...keys, onclick: () => toggle(this) });
    this.details = button("", { class: "details", onclick: () => turnDetails(this) });
    const cells = okrs.data.columns[facts.target].map((column) => withWhole(this, column, this.addCell(column)));
    this.line.append(...cells, this.gist, this.now, element("div", { class: "ends" }, this.state, this.details, this.steps, this.more));
    this.todo = new ToDo(this);
    this.panel = element("div", { class: "panel", hidden: true });
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && fold(this));
    this.remarks = element("ul", { class: "remarks" });
    this.results = facts.target === "objective" ? element("div", { class: "results" }) : null;
    this.node.append(this.complaints.about, this.panel, this.todo.node, this.remarks, ...(this.results ? [this.results] : []));
    watchNumbers(this.cells, (name, cell) => this.fillNumber(name, cell));
  }

  /** @type {(theirs: Theirs, mine: string) => string} */
  tells = (theirs, mine) => `${this.changed(theirs)} You typed ${mine}.`;

  get isAwaited() {
    return this.isNew || this.waits === this.okrs.data.version;
  }

  get isPast() {
    return this.isOver && !this.wasOpen;
  }

  get isNamed() {
    const draft = this.draft("name");
    return Boolean(draft?.left && draft.typed.trim());
  }

  title() {
    return this.text("name") || (this.facts.target === "objective" ? "new objective" : "new key result");
  }

  get kind() {
    const kinds = this.cells.get("kind")?.column.options ?? [];
    const known = [this.text("kind"), this.standing("kind")].find((one) => kinds.some(({ value }) => value === one));
    return known ?? kinds[0]?.value ?? "";
  }

  /** @param {string} name */
  standing(name) {
    return this.facts.cells[name] ?? (this.isNew ? this.first(name) : "");
  }

  // What a new row says until somebody says otherwise: it is of who adds it.
  /** @param {string} name */
  first(name) {
    const { person, lists } = this.okrs.data;
    if (name === "owner") return lists.person.includes(person) ? person : "";
    return this.cells.get(name)?.column.options[0]?.value ?? "";
  }

  /** @param {string} name @param {string} text */
  isNothing(name, text) {
    const isSaid = name === "name" ? Boolean(text) : name !== "owner" || text !== this.standing(name);
    return this.isNew ? !isSaid : super.isNothing(name, text);
  }

  /** @param {string} name */
  place(name) {
    return { ...super.place(name), target: this.facts.target, under: this.under?.key ?? null };
  }

  /** @param {OkrFacts} facts */
  show(facts) {
    super.show(facts);
    if (!this.isOver) this.wasOpen = true;
  }

  /** @param {string} name */
  goTo(name) {
    turnDetails(this, true);
    super.goTo(name);
  }

  settleDown() {
    if (this.isGone) this.fill();
    else this.show(this.facts);
  }

  // Fills in what nobody is typing: a draft stays as it is until it is safe.
  fill() {
    const { node, isNew } = this;
    const name = this.cells.get("name")?.input;
    if (name instanceof HTMLInputElement) name.placeholder = isNew ? BLANKS[this.facts.target] : "";
    super.fill();
    this.line.setAttribute("aria-label", this.title());
    this.more.setAttribute("aria-label", `More for ${this.title()}`);
    node.dataset.kind = this.kind;
    node.classList.toggle("new", isNew);
    node.classList.toggle("begun", isNew && this.drafts().length > 0);
    node.classList.toggle("over", this.isOver);
    node.classList.toggle("draft", this.facts.state === "draft");
    this.gist.textContent = isNew ? "" : gist(this);
    turnDetails(this, node.classList.contains("unfolded"));
  }

  /** @param {string} name @param {Cell} cell */
  fillCell(name, cell) {
    if (cell.column.kind === "number") this.fillNumber(name, cell);
    else super.fillCell(name, cell);
    showWhole(this, name);
  }

  // A long number is written smaller, and a very long one in short until somebody is in its cell.
  /** @param {string} name @param {Cell} cell */
  fillNumber(name, cell) {
    const text = showNumber(cell, this.text(name), WHOLE_UP_TO);
    cell.input.style.setProperty("--signs", String(text.length));
  }

  /** @param {Cell} cell */
  typed(cell) {
    super.typed(cell);
    showWhole(this, cell.column.name);
    cell.input.style.setProperty("--signs", String(cell.input.value.length));
    this.node.classList.toggle("begun", this.isNew);
    this.node.dataset.kind = this.kind;
  }

  face() {
    const { facts } = this;
    const isEditable = this.okrs.data.editable;
    const { progress = null, now = "" } = facts;
    this.now.replaceChildren(...present([progress === null ? null : bar(progress), this.isNew ? null : element("small", {}, now)]));
    refill(this.steps, isEditable ? (facts.steps_open ?? []).map((step) => this.stepButton(step)) : []);
    this.more.hidden = this.isNew || !isEditable || this.isOver;
    if (!this.panel.hidden) refill(this.panel, panel(this));
    this.todo.show();
  }

  // One Tab leads from a row's last cell to the next row; the arrows lead to what can be done with
  // it, and so does Tab where no cell can be typed in.
  /** @param {Step} step */
  stepButton({ step, label }) {
    const go = () => (step === "close" ? unfold(this, "closing") : this.act({ do: "step", step }));
    return button(label, { tabindex: this.isOver ? null : -1, onclick: go });
  }

  /** @param {string} name */
  leave(name) {
    const isLeft = !this.isGone && super.leave(name);
    if (isLeft) this.okrs.settle();
    return isLeft;
  }

  /** @param {KeyboardEvent} event @param {string} field @param {number} along */
  does({ key }, field, along) {
    if (this.isNew || (key !== "Enter" && !along)) return false;
    if (along) return shift(this, along);
    this.leave(field);
    toggle(this);
    return true;
  }

  // A new row begins with its name, without which nothing in it is saved.
  /** @param {string} field @param {number} by */
  onward(field, by) {
    const input = beyond(this, field, by);
    const row = [...this.okrs.rows.values()].find(({ line }) => input && line.contains(input));
    return row?.isNew && !row.drafts().length ? row.cells.get("name")?.input : input;
  }

  /** @param {OkrRow | undefined} row @param {string} from @param {string[]} line */
  pastedInto(row, from, line) {
    return this.under ? pastedInto(this, row, from, line) : super.pastedInto(row, from, line);
  }

  /** @param {Record<string, unknown>} edit */
  act(edit) {
    if (!this.isNew) super.act(edit);
  }

  // No step is taken while something that was typed there was refused.
  /** @param {Change} change */
  mayGo({ edit }) {
    return !edit.step || this.isClear([this, ...this.kids]);
  }

  /** @param {Draft} draft */
  waitsFor({ cell }) {
    if (!this.isNew) return "";
    if (!this.text("name").trim()) return "◌ Kept here: saved with its name";
    return cell !== "name" || this.under?.isNew ? "Saving…" : "";
  }

  /** @param {string} key @param {Draft} draft @returns {Change | null} */
  change(key, draft) {
    const change = this.isGone ? null : super.change(key, draft);
    const under = this.under?.facts.id ?? null;
    if (!change || !this.isNew) return change;
    // An owner that was typed is saved by itself, and refused by itself.
    const owner = this.draft("owner") ? "" : this.standing("owner");
    const cells = { name: this.text("name").trim(), owner };
    return { ...change, edit: { ...change.edit, do: "add", under, cells } };
  }

  // A new row gets its key: its nodes stay, so that whoever types in it notices nothing.
  /** @param {Change} change @param {Verdict} verdict @returns {Entry[] | undefined} */
  renamed({ drafts, edit }, { kind, id }) {
    if (kind !== "saved" || edit.do !== "add" || !id) return undefined;
    const { edits, rows, data } = this.okrs;
    const before = this.key;
    const held = edits.drafts.of(before);
    const key = `${this.facts.target} ${id}`;
    const twin = rows.get(key);
    if (twin && twin !== this) this.okrs.drop(twin);
    rows.delete(before);
    Object.assign(this, { key, waits: data.version, facts: { ...this.facts, id } });
    rows.set(key, this);
    for (const [old, draft] of held) {
      edits.drafts.drop(old);
      edits.drafts.set(this.keyOf(draft.cell), { ...draft, row: key, base_version: data.version });
    }
    for (const [old, draft] of edits.drafts.held) if (draft.under === before) edits.drafts.set(old, { ...draft, under: key });
    return drafts.map(([, draft]) => [this.keyOf(draft.cell), draft]);
  }

  // A KPI brings its unit, and a step its state.
  /** @param {Change} change */
  touched(change) {
    const names = super.touched(change);
    return [...names, ...(names.includes("kpi") ? ["unit"] : []), ...(change.edit.step ? ["state"] : [])];
  }

  addAgain() {
    const texts = [...this.cells.keys()].map((name) => ({ name, text: this.text(name) }));
    for (const [key] of this.drafts()) this.okrs.edits.drafts.drop(key);
    this.okrs.rows.delete(this.key);
    const { target, under } = this.facts;
    Object.assign(this, { key: newKey(target), facts: { target, id: 0, under, name: "", cells: {} }, isGone: false });
    this.okrs.rows.set(this.key, this);
    this.complaints.drop(...this.complaints.all.keys());
    for (const { name, text } of texts) if (text) this.type(name, text, true);
    this.okrs.settle();
    this.okrs.edits.pump();
  }
}
