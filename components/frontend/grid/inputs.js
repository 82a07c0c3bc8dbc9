// The fields that cells are typed into.

/** @import { Cell, Column, Input } from "./types" */
/** @import { Grid } from "./grid.js" */

import { element, select } from "../shared/elements.js";
import { listOf } from "./lists.js";

const WORDS = { yes: "yes", no: "no" };
const DAYS = { type: "date", min: "1900-01-01", max: "2199-12-31" };

/** @param {Column} column @param {Grid<any, any>} grid @returns {Cell} */
export function createCell(column, grid) {
  const { name, list } = column;
  const offered = list ? listOf(grid.lists, column, () => grid.data.lists[list] ?? []) : null;
  const input = inputOf(column, offered?.id ?? null);
  input.dataset.field = name;
  const offer = () => offered?.offer(input);
  if (offered) for (const event of ["focus", "input"]) input.addEventListener(event, offer);
  return { column, input, offer, tick: element("i", { class: "tick", "aria-hidden": "true" }) };
}

/** @param {Column} column @param {string | null} list @returns {Input} */
function inputOf({ kind, options, hint, tip, longest: maxlength }, list) {
  if (kind === "checkbox") return element("input", { type: "checkbox" });
  if (kind === "choice") return select(options.map(({ value, label }) => [value, label]));
  const said = { placeholder: hint || null, title: tip || null };
  if (kind === "long") return element("textarea", { rows: 1, maxlength, spellcheck: "false", ...said });
  const special = kind === "date" ? DAYS : { inputmode: kind === "number" ? "decimal" : null, list, maxlength };
  return element("input", { autocomplete: "off", ...said, ...special });
}

/** @param {Input} input */
export function textOf(input) {
  if (input instanceof HTMLInputElement && input.type === "checkbox") return WORDS[input.checked ? "yes" : "no"];
  return input.value;
}

/** @param {Input} input @param {string} text */
export function put(input, text) {
  if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = text === WORDS.yes;
  else if (input instanceof HTMLSelectElement) choose(input, text);
  else if (input.value !== text) input.value = text;
  if (input instanceof HTMLTextAreaElement) input.title = text;
}

// What a choice has no name for is shown all the same, where it was refused.
/** @param {HTMLSelectElement} select @param {string} text */
function choose(select, text) {
  if (select.value === text) return;
  if (![...select.options].some(({ value }) => value === text)) select.append(element("option", { value: text, hidden: true }, text));
  select.value = text;
}
