// A long number in a cell is written in short until somebody is in it: what is typed over is whole.

/** @import { Cell } from "./types" */

import { focusedIn } from "../shared/elements.js";
import { number } from "../shared/numbers.js";

/** @param {Map<string, Cell>} cells @param {(name: string, cell: Cell) => void} show */
export function watchNumbers(cells, show) {
  for (const [name, cell] of cells) {
    if (cell.column.kind !== "number") continue;
    for (const event of ["focus", "focusout"]) cell.input.addEventListener(event, () => show(name, cell));
  }
}

/** @param {Cell} cell @param {string} whole @param {number} longest */
export function showNumber({ input, column }, whole, longest) {
  const isShort = whole.length > longest && Number.isFinite(Number(whole)) && input !== focusedIn(input);
  const text = isShort ? number(whole) : whole;
  const isNews = input.value !== text;
  input.value = text;
  if (isNews && input === focusedIn(input) && input instanceof HTMLInputElement) input.select();
  input.title = isShort || whole.length > longest + 4 ? whole : column.tip;
  return text;
}
