// What became of a row: what is safe, what waits, and what was refused.

/** @import { Cell, Row } from "./types" */

export const NOT_YET = "◌ Not saved yet";

/** @param {Row} row @param {string} text */
export function tellState(row, text) {
  if (row.state.textContent !== text) row.state.textContent = text;
  row.node.classList.toggle("saved", text.startsWith("✓"));
}

/** @param {Row} row */
export function quiet(row) {
  row.message.textContent = "";
  row.asked.replaceChildren();
  for (const input of row.cells.values()) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}

/** @param {Row} row @param {string} cell @param {string} text @param {HTMLElement[]} answers */
export function complain(row, cell, text, answers) {
  quiet(row);
  row.node.classList.remove("closed");
  row.message.textContent = text;
  row.asked.replaceChildren(...answers);
  tellState(row, "! Not saved");
  const input = row.cells.get(/** @type {Cell} */ (cell));
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", row.message.id);
}
