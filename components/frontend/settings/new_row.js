// The form of a row to come: what is typed in it is kept until the row is there.

/** @import { Change, Column } from "../grid/types" */
/** @import { Verdict } from "../editing/types" */

import { NOT_SAVED } from "../editing/protocol.js";
import { copiedText, isSpread } from "../grid/clipboard.js";
import { Row } from "../grid/row.js";
import { button, element } from "../shared/elements.js";

export class NewRow extends Row {
  /** @param {import("./index.js").Settings} settings @param {Column[]} columns */
  constructor(settings, columns) {
    const { table, add, person } = settings.data;
    // What is added belongs to who is here, until somebody else is typed.
    const cells = Object.fromEntries(columns.map(({ name, first, list }) => [name, list === "person" ? person : first]));
    super(settings, `${table} new`, { target: table, id: 0, name: "", cells });
    this.settings = settings;
    const save = element("button", { type: "submit", class: "primary" }, add);
    const cancel = button("Cancel", { onclick: () => this.cancel() });
    const fields = columns.map((column) => this.labelled(column));
    const actions = element("div", { class: "actions" }, save, cancel);
    this.node = element("form", { class: "fresh", novalidate: true, autocomplete: "off" }, ...fields, actions, this.complaints.about);
    this.node.addEventListener("keydown", (event) => this.pressed(event));
    this.node.addEventListener("paste", (event) => this.turnDown(event));
    this.node.addEventListener("submit", (event) => this.add(event));
    /** Whether it was added and nothing has been typed since. */
    this.isEmptied = false;
    this.fill();
    settings.form.hidden = !this.drafts().length;
  }

  /** @param {Column} column */
  labelOf({ label }) {
    return label;
  }

  // It is saved as a whole.
  leave() {
    return false;
  }

  open() {
    this.settings.form.hidden = false;
    this.settings.adding.hidden = true;
    this.focus();
  }

  focus() {
    const [first] = this.cells.values();
    first.input.focus();
  }

  empty() {
    for (const [key] of this.drafts()) this.grid.edits.drafts.drop(key);
    this.complaints.drop(...this.complaints.all.keys());
    this.fill();
  }

  cancel() {
    this.empty();
    this.settings.form.hidden = true;
    this.settings.adding.hidden = false;
    this.settings.adding.focus();
  }

  // Enter adds from a choice as well, which browsers leave alone.
  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key === "Escape") return this.cancel();
    if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    if (this.node instanceof HTMLFormElement) this.node.requestSubmit();
  }

  /** @param {Event} event */
  add(event) {
    event.preventDefault();
    // Enter that is pressed twice adds one row.
    if (this.grid.edits.isOnItsWay(this.key) || (this.isEmptied && !this.drafts().length)) return;
    const cells = Object.fromEntries([...this.cells].map(([name, { input }]) => [name, input.value.trim()]));
    this.act({ do: "add", cells });
  }

  /** @param {Change} _change @param {Verdict} verdict */
  saved(_change, { id }) {
    this.empty();
    this.isEmptied = true;
    this.focus();
    this.settings.added = id ?? null;
  }

  /** @param {Record<string, unknown>} _edit @param {Verdict} verdict */
  objectToAct(_edit, { message, field = "" }) {
    const cell = this.cells.get(field);
    this.complain(cell ? field : null, message || NOT_SAVED, []);
    if (cell) cell.input.focus();
    else this.focus();
  }

  // Only as many new rows as are typed.
  /** @param {ClipboardEvent} event */
  turnDown(event) {
    if (event.target instanceof HTMLTextAreaElement || !isSpread(copiedText(event))) return;
    event.preventDefault();
    this.complain(null, "Paste one cell at a time here, or use Import for many rows.", []);
  }
}
