// What became of a row: what is safe, what waits, and what was refused.

/** @import { Entry } from "../editing/types" */
/** @import { Note, Row, Table } from "./types" */

export const NOT_YET = "◌ Not saved yet";

// A cell about the place looked at, such as a role in a team, is another one at another place.
/** @param {Table} table @param {string} row @param {string} cell */
export function keyOf(table, row, cell) {
  const placed = table.data.columns.find(({ name }) => name === cell)?.placed;
  return placed ? `${row}|${cell}|${table.data.place}` : `${row}|${cell}`;
}

/** @param {Table} table @param {string} row @returns {Entry[]} */
export function draftsOf(table, row) {
  return table.edits.drafts.of(row).filter(([key, { cell }]) => key === keyOf(table, row, cell));
}

/** @param {Row} row @param {string} text */
export function tellState(row, text) {
  if (row.state.textContent !== text) row.state.textContent = text;
  row.node.classList.toggle("saved", text.startsWith("✓"));
  row.node.classList.toggle("open", text.startsWith("◌") || text.startsWith("!"));
}

/** @param {Row} row */
export function rest(row) {
  quiet(row);
  tellState(row, row.saved ? "✓ Saved" : "");
}

/** @param {Row} row */
export function isAsked(row) {
  return row.asked.children.length > 0;
}

/** @param {Row} row */
export function quiet(row) {
  row.message.textContent = "";
  row.asked.replaceChildren();
  row.about.hidden = true;
  for (const input of row.cells.values()) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}

/** @param {Row} row @param {string | null} cell @param {string} text @param {HTMLElement[]} answers */
export function complain(row, cell, text, answers = [], state = "! Not saved") {
  quiet(row);
  row.about.hidden = false;
  row.about.classList.toggle("wrong", state.startsWith("!"));
  row.message.textContent = text;
  row.asked.replaceChildren(...answers);
  tellState(row, state);
  if (!cell) return;
  note(row, cell, null);
  const input = row.cells.get(cell);
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", row.message.id);
}

/** @param {Row} row @param {string} cell @param {Note | null | undefined} said */
export function note(row, cell, said) {
  const node = row.notes.get(cell);
  if (!node) return;
  const text = said?.text ?? "";
  if (node.textContent !== text) node.textContent = text;
  node.classList.toggle("wrong", said?.tone === "wrong");
  node.classList.toggle("right", said?.tone === "right");
}
