// Cells copied from a spreadsheet: they go to the right and down, each saved like a typed one.

/** @import { Column } from "./types" */
/** @import { Cells } from "./cells.js" */
/** @typedef {{ name: string, text: string }[]} Places */

import { button } from "../shared/elements.js";
import { chosen, copiedCells, copiedText, isSpread } from "./clipboard.js";
import { take } from "./focus.js";

const MOST_ROWS = 50;

/** @param {Cells} row @param {ClipboardEvent} event */
export function pasted(row, event) {
  const input = event.target instanceof HTMLElement ? event.target : null;
  const column = row.cells.get(input?.dataset.field ?? "")?.column;
  const text = copiedText(event);
  if (!input || !column || row.isGone || !isMeant(column, text)) return;
  event.preventDefault();
  const lines = copiedCells(text);
  const rows = row.grid.rowsFrom(row, lines.length);
  const places = lines.map((line, at) => placesOf(row, rows[at], column.name, line));
  const wrong = unfit(row, lines.length, rows.length) ?? places.find((one) => typeof one === "string");
  if (typeof wrong === "string") return turnDown(row, input, wrong);
  const filled = places.map((cells, at) => ({ one: rows[at] ?? row.grid.addedBelow(row), cells }));
  // All of them first: those that bound each other are saved together.
  for (const { one, cells } of filled) for (const { name, text: said } of /** @type {Places} */ (cells)) put(one, name, said);
  row.grid.settle();
  for (const { one } of filled) one.tellState();
  row.grid.edits.pump();
}

// A text of lines goes into the cell where it is prose, and a choice is pasted by its name.
/** @param {Column} column @param {string} text */
function isMeant({ kind }, text) {
  if (kind === "choice") return Boolean(text.trim());
  return isSpread(text) && !(kind === "long" && !text.includes("\t"));
}

/** @param {Cells} row @param {number} lines @param {number} rows */
function unfit({ grid }, lines, rows) {
  if (lines > MOST_ROWS) return `That is ${lines} rows: paste up to ${MOST_ROWS} at a time.`;
  if (lines <= rows || grid.hasBlanks) return null;
  return `${lines} rows do not fit: from here there is room for ${rows}. Use Import for new ones.`;
}

/** @param {Cells} row @param {Cells | undefined} one @param {string} from @param {string[]} line @returns {Places | string} */
function placesOf(row, one, from, line) {
  const found = row.pastedInto(one, from, line);
  if (typeof found === "string") return found;
  if (line.slice(found.length).some(Boolean)) return `${line.length} columns do not fit: from here there is room for ${found.length}.`;
  return found.flatMap((name, at) => (name && line[at] !== undefined ? [{ name, text: line[at] }] : []));
}

/** @param {Cells} row @param {HTMLElement} input @param {string} wrong */
function turnDown(row, input, wrong) {
  const close = () => {
    row.settle();
    take(input);
  };
  row.complain(null, `${wrong} Nothing was pasted.`, [button("Close", { onclick: close })], "! Not pasted");
}

// An empty cell empties one, but nothing can be without a name, or be none of its choices.
/** @param {Cells} row @param {string} name @param {string} text */
function put(row, name, text) {
  const cell = row.cells.get(name);
  if (!cell) return;
  const { kind, options } = cell.column;
  const typed = kind === "choice" ? choiceOf(cell.column, text) : kind === "long" ? text : text.replaceAll(/\s+/g, " ");
  const isNeeded = name === "name" || (kind === "choice" && !options.some(({ value }) => !value));
  if (!typed && (row.isNew || isNeeded)) return;
  if (typed === row.standing(name)) return row.forget(name);
  row.type(name, typed, true);
}

/** @param {Column} column @param {string} text */
export function choiceOf({ options }, text) {
  return chosen(options.map(({ value, label }) => [value, label]), text);
}
