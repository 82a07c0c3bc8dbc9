// One row of the table: an objective or a key result, its cells, and what became of them.

import { choose } from "../grid/clipboard.js";
import { button, element } from "../shared/elements.js";
import { number } from "../shared/numbers.js";
import { focused, settleBlanks } from "./index.js";
import { FIELDS, HINTS, LABELS, NUMBERS } from "./fields.js";
import { LISTS, offer } from "./lists.js";
import { fold, panel, shift, toggle, unfold } from "./panel.js";
import { pasted } from "./paste.js";
import { act, pump } from "./sending.js";
import { isRefused, quiet, tellStanding, tellState } from "./state.js";

const BLANKS = { objective: "Add an objective…", "key result": "Add a key result…" };
const WHOLE_UP_TO = 10;
let born = 0;

export function newKey(target) {
  return `new ${target} ${Date.now().toString(36)}${++born}`;
}

export function createRow(table, target, key, id, under = null) {
  const row = { key, target, id, under, facts: {}, cells: new Map(), complaints: new Map(), kids: [], blank: null };
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
  row.node.append(row.line, row.message, row.asked, row.panel, row.remarks);
  if (target === "objective") {
    row.body = element("div", { class: "results" });
    row.node.append(row.body);
  }
  row.line.addEventListener("keydown", (event) => pressed(table, row, event));
  row.line.addEventListener("paste", (event) => pasted(table, row, event));
  row.panel.addEventListener("keydown", ({ key }) => key === "Escape" && fold(table, row));
  return row;
}

function createCell(table, row, field) {
  const options = table.data.options[field];
  const input = options ? element("select", {}, ...options.map(({ value, label }) => element("option", { value }, label))) : textInput(field);
  input.dataset.field = field;
  input.addEventListener("input", () => typed(table, row, field));
  if (LISTS[field]) for (const kind of ["focus", "input"]) input.addEventListener(kind, () => offer(table, field, input.value));
  input.addEventListener(options ? "change" : "focusout", () => leave(table, row, field));
  if (NUMBERS.includes(field)) for (const kind of ["focus", "focusout"]) input.addEventListener(kind, () => show(table, row, field));
  const tick = element("i", { class: "tick", "aria-hidden": "true" });
  row.cells.set(field, { input, tick });
  return element("label", { class: `cell ${field}` }, element("span", {}, LABELS[field]), input, tick);
}

function textInput(field) {
  const attributes = { autocomplete: "off", maxlength: field === "name" ? 200 : 2000, placeholder: HINTS[field] };
  if (LISTS[field]) attributes.list = `names-${field}`;
  if (NUMBERS.includes(field)) attributes.inputmode = "decimal";
  return element("input", attributes);
}

export function draftKey(row, field) {
  return `${row.key}|${field}`;
}

export function shown(table, row, field) {
  return table.drafts.get(draftKey(row, field))?.typed ?? row.facts[field] ?? table.data.options[field]?.[0].value ?? "";
}

// A long number is written smaller, and a very long one in short until somebody is in its cell.
function show(table, row, field) {
  const { input } = row.cells.get(field);
  const whole = shown(table, row, field);
  const isShort = NUMBERS.includes(field) && whole.length > WHOLE_UP_TO && Number.isFinite(Number(whole)) && input !== focused(table);
  const text = isShort ? number(whole) : whole;
  if (input.value !== text) refill(table, input, text);
  input.style.setProperty("--signs", text.length);
  input.title = input.tagName === "INPUT" && (isShort || whole.length > 14) ? whole : "";
}

export function kindOf(table, row) {
  const { kind } = table.data.options;
  const known = [shown(table, row, "kind"), row.facts.kind].find((one) => kind.some(({ value }) => value === one));
  return known ?? kind[0].value;
}

export function title(row) {
  return row.cells.get("name").input.value || (row.target === "objective" ? "new objective" : "new key result");
}

// Fills in what nobody is typing: a draft stays as it is until it is safe.
export function fill(table, row) {
  for (const [field, { input }] of row.cells) {
    show(table, row, field);
    input.disabled = !table.data.editable || (row.facts.over ?? false);
    if (field === "name") input.placeholder = row.id === null ? BLANKS[row.target] : "";
  }
  for (const [field, { input }] of row.cells) input.setAttribute("aria-label", `${title(row)}: ${LABELS[field].toLowerCase()}`);
  row.line.setAttribute("aria-label", title(row));
  row.more.setAttribute("aria-label", `More for ${title(row)}`);
  row.node.dataset.kind = row.target === "objective" ? "" : kindOf(table, row);
  row.node.classList.toggle("new", row.id === null);
  row.node.classList.toggle("begun", row.id === null && table.drafts.of(row.key).length > 0);
  row.node.classList.toggle("over", row.facts.over ?? false);
  row.node.classList.toggle("draft", row.facts.state === "draft");
}

// What comes in under somebody who has yet to type is replaced by what they type.
function refill(table, input, text) {
  if (input.tagName === "SELECT") choose(input, text);
  else input.value = text;
  if (input === focused(table)) input.select?.();
}

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
  const isTyped = table.drafts.of(row.key).length > 0;
  if (isTyped && !row.state.textContent) tellState(row, "◌ Not saved yet");
  else if (!isTyped && !row.saved) tellState(row, "");
}

// One Tab leads from a row's last cell to the next row; the arrows lead to what can be done with
// it, and so does Tab where no cell can be typed in.
function stepButton(table, row, { step, label }) {
  const take = () => (step === "close" ? unfold(table, row, "closing") : act(table, row, { do: "step", step }));
  return button(label, { tabindex: row.facts.over ? null : -1, onclick: take });
}

// What is made anew gives the focus back to the part that had it.
function keepFocus(table, node, change) {
  const place = [...node.children].indexOf(focused(table));
  change();
  if (place >= 0) (node.children[place] ?? node.closest(".entry, .head").querySelector("button, [data-field]:enabled"))?.focus();
}

function progress({ progress: done, now, id }) {
  if (id === undefined) return [];
  if (done === null) return [element("small", {}, now)];
  const share = Math.min(Math.max(done, 0), 1);
  const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: `inline-size:${Math.round(share * 100)}%` }));
  return [bar, element("small", {}, now)];
}

function typed(table, row, field) {
  const { input } = row.cells.get(field);
  keepDraft(table, row, field, input.value);
  input.style.setProperty("--signs", input.value.length);
  row.node.classList.toggle("begun", row.id === null);
  tellStanding(table, row);
  if (field === "kind") row.node.dataset.kind = input.value;
}

export function keepDraft(table, row, field, text, left = false) {
  const key = draftKey(row, field);
  const seen = table.drafts.get(key)?.seen ?? table.data.version;
  table.drafts.set(key, { row: row.key, target: row.target, under: row.under?.key ?? null, cell: field, typed: text, seen, left });
  row.cells.get(field).tick.textContent = "";
  quiet(row, field);
}

// What was refused waits for another answer than the same again.
function leave(table, row, field) {
  const key = draftKey(row, field);
  const draft = table.drafts.get(key);
  if (!draft || draft.left || isRefused(draft) || row.gone) return;
  if (draft.typed.trim() === (row.facts[field] ?? "") && row.id !== null) return forget(table, row, field);
  if (row.id === null && field === "name" && !draft.typed.trim()) return forget(table, row, field);
  table.drafts.set(key, { ...draft, left: true });
  tellStanding(table, row);
  settleBlanks(table);
  pump(table);
}

export function forget(table, row, field) {
  table.drafts.drop(draftKey(row, field));
  quiet(row, field);
  fill(table, row);
  tellStanding(table, row);
}

function pressed(table, row, event) {
  event.stopPropagation();
  const { target: input, key } = event;
  const field = input.dataset?.field;
  const aside = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (!field) return void (aside && goAside(row, input, aside));
  if (event.altKey && key === "Enter" && row.id !== null) {
    event.preventDefault();
    leave(table, row, field);
    return toggle(table, row);
  }
  if (event.altKey && (key === "ArrowUp" || key === "ArrowDown") && row.id !== null) {
    event.preventDefault();
    return shift(table, row, key === "ArrowUp" ? -1 : 1);
  }
  if (key === "Escape") forget(table, row, field);
  else if (key === "Enter") {
    event.preventDefault();
    leave(table, row, field);
    const question = row.asked.querySelector("button");
    if (question) question.focus();
    else take(firstOf(below(table, input, event.shiftKey ? -1 : 1)));
  } else if ((key === "ArrowUp" || key === "ArrowDown") && mayLeave(table, row, field, input)) {
    event.preventDefault();
    take(below(table, input, key === "ArrowUp" ? -1 : 1));
  } else if (aside && atEdge(input, key)) {
    event.preventDefault();
    goAside(row, input, aside);
  }
}

// A list to pick from and a choice use the arrows themselves.
function mayLeave(table, row, field, input) {
  return input.tagName === "INPUT" && !(LISTS[field] && table.drafts.get(draftKey(row, field)));
}

function atEdge(input, key) {
  if (input.tagName !== "INPUT") return true;
  const { selectionStart: start, selectionEnd: end, value } = input;
  const all = start === 0 && end === value.length;
  return all || (key === "ArrowLeft" ? end === 0 : start === value.length);
}

function reachable(root, selector) {
  return [...root.querySelectorAll(selector)].filter((input) => !input.disabled && input.getClientRects().length);
}

function below(table, input, by) {
  const column = reachable(table.root, `[data-field="${input.dataset.field}"]`);
  return column[column.indexOf(input) + by];
}

// A new row begins with its name, without which nothing in it is saved.
function firstOf(input) {
  return input?.closest(".entry").matches(".new:not(.begun)") ? input.closest(".row").querySelector("[data-field='name']") : input;
}

function goAside(row, input, by) {
  const cells = reachable(row.line, "[data-field], .ends button");
  take(cells[cells.indexOf(input) + by]);
}

export function take(input) {
  if (!input) return;
  input.focus();
  input.select?.();
}
