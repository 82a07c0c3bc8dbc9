// A cell shows all that stands in it: its words, broken into lines, lie over its field until
// somebody is in that.

/** @import { Cell, Column } from "../grid/types" */
/** @import { OkrRow } from "./row.js" */

import { element } from "../shared/elements.js";

const WORDS = new Set(["text", "pick", "names"]);

/** @param {OkrRow} row @param {Column} column @param {Cell} cell */
export function withWhole(row, column, { input, tick }) {
  const shown = WORDS.has(column.kind) ? element("span", { class: "whole", "aria-hidden": "true" }) : null;
  if (shown) row.wholes.set(column.name, shown);
  const field = element("span", { class: "field" }, shown, input);
  return element("label", { class: `cell ${column.name}` }, element("span", { class: "label" }, column.label), field, tick);
}

/** @param {OkrRow} row @param {string} name */
export function showWhole(row, name) {
  const shown = row.wholes.get(name);
  const input = row.cells.get(name)?.input;
  if (!shown || !(input instanceof HTMLInputElement)) return;
  const text = input.value || input.placeholder;
  // An empty line is as high as any.
  if (shown.textContent !== text) shown.textContent = text || "\u200b";
  shown.classList.toggle("hint", !input.value);
}
