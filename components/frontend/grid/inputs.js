// The fields that cells are typed into.

/** @import { Column, Input, Table } from "./types" */

import { element } from "../shared/elements.js";

const KINDS = { number: { inputmode: "decimal", maxlength: 40 }, date: { type: "date", min: "1900-01-01", max: "2199-12-31" } };
const WORDS = { yes: "yes", no: "no" };

/** @param {Table} table @param {Column} column @returns {Input} */
export function cellInput(table, { name, kind, options, hint, tip }) {
  if (kind === "checkbox") return element("input", { type: "checkbox" });
  if (kind === "choice") return element("select", {}, ...options.map(({ value, label }) => element("option", { value }, label)));
  if (kind === "long") return element("textarea", { rows: 1, maxlength: 10000, placeholder: hint || null, spellcheck: "false" });
  const list = { list: kind === "pick" || kind === "names" ? listId(table, name) : null, maxlength: 400 };
  const special = kind === "number" || kind === "date" ? KINDS[kind] : list;
  const input = element("input", { autocomplete: "off", placeholder: hint || null, title: tip || null, ...special });
  if (kind === "names") for (const event of ["focus", "input"]) input.addEventListener(event, () => offerNext(table, name, input.value));
  return input;
}

/** @param {Table} table @param {string} name */
function listId(table, name) {
  return `choices-${table.data.table}-${name}`;
}

/** @param {Table} table @param {string} name @param {string[]} choices */
export function fillList(table, name, choices) {
  const id = listId(table, name);
  const list = table.lists.get(id) ?? element("datalist", { id });
  table.lists.set(id, list);
  if (!list.isConnected) table.datalists.append(list);
  const there = [...list.querySelectorAll("option")];
  if (there.length === choices.length && choices.every((one, at) => there[at].value === one)) return;
  list.replaceChildren(...choices.map((choice) => element("option", { value: choice })));
}

// A list is picked name by name: each is offered behind those that stand.
/** @param {Table} table @param {string} name @param {string} text */
function offerNext(table, name, text) {
  const [stands] = text.match(/^(.*;\s*)?/s) ?? [""];
  const there = stands.split(";").map((one) => one.trim());
  const { names } = columnOf(table, name);
  fillList(table, name, names.filter((one) => !there.includes(one)).map((one) => stands + one));
}

/** @param {Table} table @param {string} name */
export function columnOf(table, name) {
  const column = table.data.columns.find((one) => one.name === name);
  if (!column) throw new Error(`There is no column ${name}.`);
  return column;
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
export function choose(select, text) {
  if (select.value === text) return;
  if (![...select.options].some(({ value }) => value === text)) select.append(element("option", { value: text, hidden: true }, text));
  select.value = text;
}

/** @param {Element | null | undefined} input */
export function take(input) {
  if (!(input instanceof HTMLElement)) return;
  input.focus();
  if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) input.select();
}
