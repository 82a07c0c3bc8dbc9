// The form of a row to come: what is typed in it is kept until the row is there.

/** @import { Verdict } from "../editing/types" */
/** @import { Table } from "./types" */

import { NOT_SAVED } from "../editing/protocol.js";
import { button, element } from "../shared/elements.js";
import { cellInput } from "./inputs.js";
import { keyOf, tellState } from "./state.js";

/** @param {Table} table */
export function newKey(table) {
  return `${table.data.table} new`;
}

/** @param {Table} table */
export function buildNew(table) {
  const { columns, add } = table.data;
  const asked = columns.filter(({ fresh }) => fresh);
  table.inputs = new Map(asked.map((column) => [column.name, cellInput(table, column)]));
  table.told = element("p", { class: "message", role: "alert" });
  const fields = asked.map(({ name, label }) => element("label", {}, element("span", {}, label), table.inputs.get(name)));
  const save = element("button", { type: "submit", class: "primary" }, add);
  const cancel = button("Cancel", { onclick: () => cancelNew(table) });
  table.fresh.replaceChildren(...fields, element("div", { class: "actions" }, save, cancel), table.told);
  for (const { name: cell, first } of asked) begin(table, cell, first);
  table.fresh.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") cancelNew(table);
  };
  if (table.edits.drafts.of(newKey(table)).length) table.fresh.hidden = false;
  face(table);
}

/** @param {Table} table @param {string} cell @param {string} first */
function begin(table, cell, first) {
  const input = table.inputs.get(cell);
  if (!input) return;
  const row = newKey(table);
  const key = keyOf(table, row, cell);
  input.value = table.edits.drafts.get(key)?.typed ?? first;
  input.addEventListener("input", () => table.edits.drafts.set(key, { row, cell, typed: input.value, seen: table.data.version, left: false }));
}

/** @param {Table} table */
export function face(table) {
  if (!table.data.editable) table.fresh.hidden = true;
  table.adding.hidden = !table.data.editable || !table.data.add || !table.fresh.hidden;
}

/** @param {Table} table */
export function askNew(table) {
  table.fresh.hidden = false;
  face(table);
  focusFirst(table);
}

/** @param {Table} table */
function focusFirst(table) {
  const [first] = table.inputs.values();
  first.focus();
}

/** @param {Table} table */
function forget(table) {
  for (const [key] of table.edits.drafts.of(newKey(table))) table.edits.drafts.drop(key);
}

/** @param {Table} table */
function cancelNew(table) {
  forget(table);
  table.fresh.hidden = true;
  buildNew(table);
  table.adding.focus();
}

/** @param {Table} table */
export function addRow(table) {
  if (table.edits.outbox.sending) return;
  const cells = Object.fromEntries([...table.inputs].map(([cell, input]) => [cell, input.value.trim()]));
  table.told.textContent = "";
  table.edits.act({ act: "add", row: null, drafts: [], edit: { id: 0, cells, seen: table.data.version } });
}

/** @param {Table} table @param {Verdict} verdict */
export function heardNew(table, verdict) {
  if (verdict.kind !== "saved") {
    table.told.textContent = verdict.message || NOT_SAVED;
    const wrong = table.inputs.get(verdict.field ?? "");
    return wrong ? wrong.focus() : focusFirst(table);
  }
  forget(table);
  buildNew(table);
  focusFirst(table);
  table.added = verdict.id ?? null;
}

// Where the new row stands is shown, or that it stands elsewhere.
/** @param {Table} table */
export function welcome(table) {
  if (!table.added) return;
  const row = table.rows.get(`${table.data.table} ${table.added}`);
  table.added = null;
  if (!row) {
    table.told.textContent = "Added. It is not listed here: look at its team, or search for it.";
    return;
  }
  row.saved = true;
  tellState(row, "✓ Added");
  table.scroll.scrollTop = row.node.offsetTop - table.scroll.clientHeight / 2;
}
