// One row of the table: an objective or a key result, and its cells.

/** @import { Facts, Input, Row, Step, Table, Target } from "./types" */

import { choose } from "../grid/inputs.js";
import { button, element } from "../shared/elements.js";
import { number } from "../shared/numbers.js";
import { FIELDS, HINTS, LABELS, LISTS, NUMBERS } from "./fields.js";
import { focused, keepFocus } from "./focus.js";
import { pressed } from "./keys.js";
import { offer } from "./lists.js";
import { fold, panel, toggle, unfold } from "./panel.js";
import { pasted } from "./paste.js";
import { act, leave } from "./sending.js";
import { draftKey, quiet, tellStanding, tellState } from "./state.js";

const BLANKS = { objective: "Add an objective…", "key result": "Add a key result…" };
const WHOLE_UP_TO = 10;
let born = 0;

/** @param {Target} target */
export function newKey(target) {
  return `new ${target} ${Date.now().toString(36)}${++born}`;
}

/** @param {Table} table @param {Target} target @param {string} key @param {number | null} id @param {Row | null} under @returns {Row} */
export function createRow(table, target, key, id, under = null) {
  const row = /** @type {Row} */ ({ key, target, id, under, facts: {}, cells: new Map(), complaints: new Map(), waits: null, asking: null });
  row.kids = [];
  const kind = target === "objective" ? "objective" : "result";
  row.line = element("div", { class: `row ${kind}`, role: "group" });
  row.node = element("div", { class: `entry ${kind}` });
  for (const field of FIELDS[target]) row.line.append(createCell(table, row, field));
  row.now = element("div", { class: "now" });
  row.state = element("div", { class: "state", role: "status" });
  row.steps = element("div", { class: "do" });
  const keys = { title: "Alt + Enter", "aria-keyshortcuts": "Alt+Enter", tabindex: -1 };
  row.more = button("⋯", { class: "more", "aria-expanded": "false", ...keys, onclick: () => toggle(table, row) });
  row.line.append(row.now, element("div", { class: "ends" }, row.state, row.steps, row.more));
  row.message = element("p", { class: "message", role: "alert", id: `about-${key.replaceAll(" ", "-")}` });
  row.asked = element("div", { class: "actions" });
  row.panel = element("div", { class: "panel", hidden: true });
  row.remarks = element("ul", { class: "remarks" });
  row.body = target === "objective" ? element("div", { class: "results" }) : null;
  row.node.append(row.line, row.message, row.asked, row.panel, row.remarks, ...(row.body ? [row.body] : []));
  row.line.addEventListener("keydown", (event) => pressed(table, row, event));
  row.line.addEventListener("paste", (event) => pasted(table, row, event));
  row.panel.addEventListener("keydown", (event) => event.key === "Escape" && fold(table, row));
  return row;
}

/** @param {Table} table @param {Row} row @param {string} field */
function createCell(table, row, field) {
  const options = table.data.options[field];
  const input = options ? element("select", {}, ...options.map(({ value, label }) => element("option", { value }, label))) : textInput(field);
  input.dataset.field = field;
  input.addEventListener("input", () => typed(table, row, field, input));
  if (LISTS[field]) for (const kind of ["focus", "input"]) input.addEventListener(kind, () => offer(table, field, input.value));
  input.addEventListener(options ? "change" : "focusout", () => leave(table, row, field));
  if (NUMBERS.includes(field)) for (const kind of ["focus", "focusout"]) input.addEventListener(kind, () => show(table, row, field, input));
  const tick = element("i", { class: "tick", "aria-hidden": "true" });
  row.cells.set(field, { input, tick });
  return element("label", { class: `cell ${field}` }, element("span", {}, LABELS[field]), input, tick);
}

/** @param {string} field */
function textInput(field) {
  return element("input", {
    autocomplete: "off",
    maxlength: field === "name" ? 200 : 2000,
    placeholder: HINTS[field],
    list: LISTS[field] ? `names-${field}` : null,
    inputmode: NUMBERS.includes(field) ? "decimal" : null,
  });
}

/** @param {Row} row @param {string} field */
export function standing(row, field) {
  return String(row.facts[field] ?? "");
}

/** @param {Table} table @param {Row} row @param {string} field */
export function shown(table, row, field) {
  const typed = table.edits.drafts.get(draftKey(row, field))?.typed;
  return typed ?? (row.facts[field] === undefined ? first(table, field) : standing(row, field));
}

/** @param {Table} table @param {string} field */
export function first(table, field) {
  return table.data.options[field]?.[0].value ?? "";
}

// A long number is written smaller, and a very long one in short until somebody is in its cell.
/** @param {Table} table @param {Row} row @param {string} field @param {Input} input */
function show(table, row, field, input) {
  const whole = shown(table, row, field);
  const isShort = NUMBERS.includes(field) && whole.length > WHOLE_UP_TO && Number.isFinite(Number(whole)) && input !== focused(table);
  const text = isShort ? number(whole) : whole;
  if (input.value !== text) refill(table, input, text);
  input.style.setProperty("--signs", String(text.length));
  input.title = input instanceof HTMLInputElement && (isShort || whole.length > 14) ? whole : "";
}

/** @param {Table} table @param {Row} row */
export function kindOf(table, row) {
  const { kind } = table.data.options;
  const known = [shown(table, row, "kind"), standing(row, "kind")].find((one) => kind.some(({ value }) => value === one));
  return known ?? kind[0].value;
}

/** @param {Row} row */
export function title(row) {
  return row.cells.get("name")?.input.value || (row.target === "objective" ? "new objective" : "new key result");
}

// Fills in what nobody is typing: a draft stays as it is until it is safe.
/** @param {Table} table @param {Row} row */
export function fill(table, row) {
  const isOver = row.facts.over ?? false;
  for (const [field, { input }] of row.cells) {
    show(table, row, field, input);
    input.disabled = !table.data.editable || isOver;
    if (field === "name" && input instanceof HTMLInputElement) input.placeholder = row.id === null ? BLANKS[row.target] : "";
  }
  for (const [field, { input }] of row.cells) input.setAttribute("aria-label", `${title(row)}: ${LABELS[field].toLowerCase()}`);
  row.line.setAttribute("aria-label", title(row));
  row.more.setAttribute("aria-label", `More for ${title(row)}`);
  row.node.dataset.kind = row.target === "objective" ? "" : kindOf(table, row);
  row.node.classList.toggle("new", row.id === null);
  row.node.classList.toggle("begun", row.id === null && table.edits.drafts.of(row.key).length > 0);
  row.node.classList.toggle("over", isOver);
  row.node.classList.toggle("draft", row.facts.state === "draft");
}

// What comes in under somebody who has yet to type is replaced by what they type.
/** @param {Table} table @param {Input} input @param {string} text */
function refill(table, input, text) {
  if (input instanceof HTMLSelectElement) return choose(input, text);
  input.value = text;
  if (input === focused(table)) input.select();
}

/** @param {Table} table @param {Row} row */
export function face(table, row) {
  const { facts } = row;
  const signature = JSON.stringify([facts, table.data.editable, row.id]);
  if (row.signature === signature) return;
  row.signature = signature;
  row.now.replaceChildren(...progress(facts));
  const steps = table.data.editable ? facts.steps_open ?? [] : [];
  keepFocus(table, row.steps, () => row.steps.replaceChildren(...steps.map((step) => stepButton(table, row, step))));
  row.more.hidden = row.id === null || !table.data.editable || (facts.over ?? false);
  if (!row.panel.hidden) keepFocus(table, row.panel, () => row.panel.replaceChildren(...panel(table, row)));
  const isTyped = table.edits.drafts.of(row.key).length > 0;
  if (isTyped && !row.state.textContent) tellState(row, "◌ Not saved yet");
  else if (!isTyped && !row.saved) tellState(row, "");
}

// One Tab leads from a row's last cell to the next row; the arrows lead to what can be done with
// it, and so does Tab where no cell can be typed in.
/** @param {Table} table @param {Row} row @param {Step} step */
function stepButton(table, row, { step, label }) {
  const take = () => (step === "close" ? unfold(table, row, "closing") : act(table, row, { do: "step", step }));
  return button(label, { tabindex: row.facts.over ? null : -1, onclick: take });
}

/** @param {Facts} facts */
function progress({ progress: done, now = "", id }) {
  if (id === undefined) return [];
  if (done === null || done === undefined) return [element("small", {}, now)];
  const share = Math.min(Math.max(done, 0), 1);
  const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: `inline-size:${Math.round(share * 100)}%` }));
  return [bar, element("small", {}, now)];
}

/** @param {Table} table @param {Row} row @param {string} field @param {Input} input */
function typed(table, row, field, input) {
  keepDraft(table, row, field, input.value);
  input.style.setProperty("--signs", String(input.value.length));
  row.node.classList.toggle("begun", row.id === null);
  tellStanding(table, row);
  if (field === "kind") row.node.dataset.kind = input.value;
}

/** @param {Table} table @param {Row} row @param {string} field @param {string} text */
export function keepDraft(table, row, field, text, left = false) {
  const key = draftKey(row, field);
  table.edits.type(key, { row: row.key, target: row.target, under: row.under?.key ?? null, cell: field }, text);
  if (left) table.edits.leave(key, () => false);
  tickOf(row, field, "");
  quiet(row, field);
}

/** @param {import("./types").Part} row @param {string} field @param {string} text */
export function tickOf(row, field, text) {
  const cell = row.cells.get(field);
  if (cell) cell.tick.textContent = text;
}

/** @param {Table} table @param {Row} row @param {string} field */
export function forget(table, row, field) {
  table.edits.drafts.drop(draftKey(row, field));
  quiet(row, field);
  fill(table, row);
  tellStanding(table, row);
}
