// One row of a table to type in: its cells, and what can be done with it.

/** @import { Column, Facts, Input, Row, Table } from "./types" */

import { newToken } from "../editing/tokens.js";
import { button, element, focusedIn } from "../shared/elements.js";
import { archive } from "./away.js";
import { cellInput, columnOf, put, take, textOf } from "./inputs.js";
import { pasted } from "./paste.js";
import { NOT_YET, draftsOf, isAsked, keyOf, note, quiet, rest, tellState } from "./state.js";

const TRY_AFTER = 400;

/** @param {Table} table @param {string} key @param {Facts} facts @returns {Row} */
export function createRow(table, key, facts) {
  const row = /** @type {Row} */ ({ key, facts, cells: new Map(), fixed: new Map(), notes: new Map(), signature: "", saved: false });
  row.node = element("tr", { class: "row" });
  row.state = element("span", { class: "state", role: "status" });
  row.message = element("p", { class: "message", role: "alert", id: `about-${key}`.replaceAll(" ", "-") });
  row.asked = element("div", { class: "actions" });
  const span = table.data.columns.length + 1;
  row.about = element("tr", { class: "about" }, element("td", { colspan: span }, element("div", { class: "said" }, row.message, row.asked)));
  row.nodes = [row.node, row.about];
  row.about.hidden = true;
  row.node.addEventListener("keydown", (event) => pressed(table, row, event));
  row.node.addEventListener("paste", (event) => pasted(table, row, event));
  row.about.addEventListener("keydown", (event) => event.key === "Escape" && quiet(row));
  for (const column of table.data.columns) row.node.append(createCell(table, row, column));
  row.tools = element("div", { class: "tools" });
  row.node.append(element("td", { class: "last" }, row.state, row.tools));
  return row;
}

/** @param {Table} table @param {Row} row @param {Column} column */
function createCell(table, row, column) {
  const { name, kind, label } = column;
  const said = element("small", { class: "note" });
  row.notes.set(name, said);
  if (kind === "shown") {
    const fixed = element("span", { class: "fixed" });
    row.fixed.set(name, fixed);
    return element("td", { class: kind, "data-label": label }, fixed, said);
  }
  const input = cellInput(table, column);
  row.cells.set(name, input);
  input.addEventListener("input", () => typed(table, row, column, input));
  const atOnce = kind === "choice" || kind === "checkbox";
  input.addEventListener(atOnce ? "change" : "focusout", () => leave(table, row, name));
  return element("td", { class: kind, "data-label": label }, input, said);
}

/** @param {Table} table @param {Row} row @param {Facts} facts */
export function showRow(table, row, facts) {
  row.facts = facts;
  const signature = JSON.stringify([facts, table.data.editable]);
  if (row.signature !== signature) {
    row.signature = signature;
    for (const [cell, input] of row.cells) {
      input.setAttribute("aria-label", `${facts.name}: ${columnOf(table, cell).label.toLowerCase()}`);
      input.disabled = !table.data.editable;
    }
    for (const cell of row.notes.keys()) if (!table.edits.drafts.get(keyOf(table, row.key, cell))) note(row, cell, facts.notes[cell]);
    tools(table, row);
  }
  fill(table, row);
  if (!row.state.textContent && draftsOf(table, row.key).length) tellState(row, NOT_YET);
}

/** @param {Table} table @param {Row} row */
function tools(table, row) {
  const { acts, editable, table: name } = table.data;
  /** @param {string} act */
  const ask = (act) => table.trigger("act", { table: name, id: row.facts.id, act, nonce: newToken() });
  const asks = acts.map((act) => button(act.label, { "aria-label": `${act.label}: ${row.facts.name}`, onclick: () => ask(act.name) }));
  const away = button("Archive", { "aria-label": `Archive ${row.facts.name}`, onclick: () => archive(table, row) });
  const focused = row.tools.contains(focusedIn(row.tools));
  if (!focused || row.tools.children.length !== asks.length + 1) row.tools.replaceChildren(...(editable ? [...asks, away] : []));
}

/** @param {Row} row @param {string} cell */
export function told(row, cell) {
  return row.facts.cells[cell] ?? "";
}

/** @param {Table} table @param {Row} row */
export function fill(table, row) {
  for (const [cell, input] of row.cells) put(input, table.edits.drafts.get(keyOf(table, row.key, cell))?.typed ?? told(row, cell));
  for (const [cell, node] of row.fixed) node.textContent = told(row, cell);
}

/** @param {Table} table @param {Row} row @param {string} cell @param {string} text */
export function keepDraft(table, row, cell, text) {
  table.edits.type(keyOf(table, row.key, cell), { row: row.key, cell }, text);
}

/** @param {Table} table @param {Row} row @param {Column} column @param {Input} input */
function typed(table, row, { name, live }, input) {
  keepDraft(table, row, name, textOf(input));
  table.typing = true;
  if (!isAsked(row)) quiet(row);
  tellState(row, NOT_YET);
  if (live) tryCell(table, row, name);
}

// Checked while it is typed, and saved only when the cell is left.
/** @param {Table} table @param {Row} row @param {string} cell */
function tryCell(table, row, cell) {
  clearTimeout(table.trying);
  table.trying = setTimeout(() => {
    const text = table.edits.drafts.get(keyOf(table, row.key, cell))?.typed;
    if (text) table.trigger("try", { table: table.data.table, id: row.facts.id, cell, typed: text, nonce: newToken() });
  }, TRY_AFTER);
}

/** @param {Table} table @param {Row} row @param {string} cell */
export function leave(table, row, cell) {
  const became = table.edits.leave(keyOf(table, row.key, cell), (text) => text === told(row, cell));
  if (became === "dropped") {
    dropDraft(table, row, cell);
    if (!draftsOf(table, row.key).length) rest(row);
  } else if (became === "left") {
    tellState(row, "Saving…");
    table.edits.pump();
  }
}

/** @param {Table} table @param {Row} row @param {string} cell */
export function dropDraft(table, row, cell) {
  table.edits.drafts.drop(keyOf(table, row.key, cell));
  fill(table, row);
  note(row, cell, row.facts.notes[cell]);
}

/** @param {Table} table @param {Row} row @param {KeyboardEvent} event */
function pressed(table, row, event) {
  event.stopPropagation();
  const { key, target, shiftKey } = event;
  const cell = [...row.cells].find(([, input]) => input === target)?.[0];
  if (!cell) return;
  if (key === "Escape") {
    dropDraft(table, row, cell);
    rest(row);
  }
  const isEnter = key === "Enter";
  const usesArrows = target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && (target.list || target.type === "date"));
  const down = (key === "ArrowDown" && !usesArrows) || (isEnter && !shiftKey);
  const up = (key === "ArrowUp" && !usesArrows) || (isEnter && shiftKey);
  if (!down && !up) return;
  event.preventDefault();
  leave(table, row, cell);
  step(table, row, cell, down ? 1 : -1);
}

// Like a spreadsheet: to the same cell of the next row.
/** @param {Table} table @param {Row} row @param {string} cell @param {number} by */
function step(table, row, cell, by) {
  const question = row.asked.querySelector("button");
  if (question) return question.focus();
  const rows = inOrder(table);
  take(rows[rows.indexOf(row) + by]?.cells.get(cell));
}

/** @param {Table} table */
export function inOrder(table) {
  return [...table.rows.values()].sort((one, other) =>
    one.node.compareDocumentPosition(other.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}
