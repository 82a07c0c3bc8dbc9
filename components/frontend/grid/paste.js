// Cells copied from a spreadsheet: they go into the rows that are there, to the right and down.

/** @import { Column, Row, Table } from "./types" */

import { chosen, copiedCells, copiedText, isSpread } from "./clipboard.js";
import { fill, inOrder, keepDraft, leave } from "./row.js";
import { complain, isAsked, quiet } from "./state.js";

const MOST_ROWS = 50;
const CHECKS = [["yes", "true", "x"], ["no", "false", ""]];

/** @param {Table} table @param {Row} row @param {ClipboardEvent} event */
export function pasted(table, row, event) {
  const column = table.data.columns.find(({ name }) => row.cells.get(name) === event.target);
  const text = copiedText(event);
  const isProse = column?.kind === "long" && !text.includes("\t");
  if (!column || !isSpread(text) || isProse) return;
  event.preventDefault();
  const lines = copiedCells(text);
  const columns = table.data.columns.filter(({ kind }) => kind !== "shown");
  const [places, rows] = [from(columns, column), from(inOrder(table), row)];
  const wrong = unfit(lines, places.length, rows.length);
  if (wrong) return complain(row, null, `${wrong} Nothing was pasted.`, [], "! Not pasted");
  const cells = lines.flatMap((line, at) => line.map((said, to) => ({ row: rows[at], cell: places[to].name, text: asTyped(places[to], said) })));
  // All of them first: those that bound each other are saved together.
  for (const { row: one, cell, text: said } of cells) keepDraft(table, one, cell, said);
  for (const { row: one, cell } of cells) {
    if (!isAsked(one)) quiet(one);
    fill(table, one);
    leave(table, one, cell);
  }
}

/** @template T @param {T[]} all @param {T} one */
function from(all, one) {
  return all.slice(all.indexOf(one));
}

/** @param {string[][]} lines @param {number} columns @param {number} rows */
function unfit(lines, columns, rows) {
  const wide = Math.max(...lines.map((line) => line.length));
  if (wide > columns) return `${wide} columns do not fit: from here there is room for ${columns}.`;
  if (lines.length > MOST_ROWS) return `That is ${lines.length} rows: paste up to ${MOST_ROWS} at a time, or use Import.`;
  return lines.length > rows ? `${lines.length} rows do not fit: from here there is room for ${rows}. Use Import for new ones.` : null;
}

/** @param {Column} column @param {string} text */
function asTyped({ kind, options }, text) {
  if (kind === "checkbox") return chosen(CHECKS, text);
  if (kind === "choice") return chosen(options.map(({ value, label }) => [value, label]), text);
  return kind === "long" ? text : text.replaceAll(/\s+/g, " ");
}

// A new row is asked for in a form: only as many as are typed.
/** @param {Table} table @param {ClipboardEvent} event */
export function pastedInForm(table, event) {
  if (event.target instanceof HTMLTextAreaElement || !isSpread(copiedText(event))) return;
  event.preventDefault();
  table.told.textContent = "Paste one cell at a time here, or use Import for many rows.";
}
