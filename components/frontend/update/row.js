// One row of the list: what is there, and the cells to type into.

/** @import { Cell, Facts, List, Row, Step } from "./types" */

import { typedInto } from "../editing/protocol.js";
import { sparkline } from "../gauges/sparkline.js";
import { button, element, present } from "../shared/elements.js";
import { number, typed } from "../shared/numbers.js";
import { NOT_YET, quiet, tellState } from "./state.js";

const LABELS = { typed: "Value", confidence: "Confidence", note: "Comment", blocked_by: "Blocked by" };

/** @param {List} list @param {string} key @param {Facts} facts @returns {Row} */
export function createRow(list, key, facts) {
  const row = /** @type {Row} */ ({ key, facts, place: facts.section, cells: new Map(), at: 0, days: "", choice: null, signature: null, saved: false });
  row.node = element("article", { class: "row" });
  row.what = element("div", { class: "what" });
  row.last = element("div", { class: "last" });
  row.steps = element("ul", { class: "steps" });
  row.state = element("div", { class: "state", role: "status" });
  row.message = element("p", { class: "message", role: "alert", id: `about ${key}`.replaceAll(" ", "-") });
  row.asked = element("div", { class: "actions" });
  row.node.addEventListener("keydown", (event) => pressed(list, row, event));
  return row;
}

/** @param {Row} row @param {Cell} cell */
function cellKey(row, cell) {
  return `${row.key}|${row.day}|${cell}`;
}

/** @param {Row} row @param {Cell} cell */
function told(row, cell) {
  const there = row.facts.told[row.at];
  if (!there) return "";
  return cell === "typed" ? typed(there.value) : there[cell];
}

// Built once; later runs only fill in what nobody is typing.
/** @param {List} list @param {Row} row */
function build(list, row) {
  const { facts } = row;
  const choice = element("select", { class: "day", "aria-label": `${facts.name}: for` });
  choice.addEventListener("change", () => choose(list, row, choice.selectedIndex));
  const fresh = element("div", { class: "new" });
  for (const cell of facts.cells) {
    const input = cell === "confidence" ? confidenceInput(list) : textInput(cell);
    const label = cell === "typed" && facts.unit ? `Value, ${facts.unit}` : LABELS[cell];
    input.setAttribute("aria-label", `${facts.name}: ${label.toLowerCase()}`);
    input.addEventListener("input", () => keepDraft(list, row, cell, input.value));
    input.addEventListener(cell === "confidence" ? "change" : "focusout", () => leave(list, row, cell));
    row.cells.set(cell, input);
    const node = element("label", { class: `cell ${cell}` }, element("span", { "aria-hidden": "true" }, label), input);
    if (cell === "typed") fresh.append(node, same(list, row));
    else row.node.append(node);
  }
  fresh.append(choice);
  const openIt = button("Edit", { class: "open", "aria-label": `Edit ${facts.name}`, onclick: () => unfold(row) });
  row.node.prepend(row.what, row.last, row.steps, fresh);
  row.node.append(row.state, openIt, row.message, row.asked);
  return choice;
}

/** @param {Cell} cell */
function textInput(cell) {
  if (cell === "typed") return element("input", { class: "value", inputmode: "decimal", maxlength: 40, autocomplete: "off" });
  return element("input", { maxlength: 2000, placeholder: cell === "note" ? "a word, if it is odd" : "what holds it up" });
}

/** @param {List} list */
function confidenceInput(list) {
  const options = list.data.confidences.map((word) => element("option", { value: word }, word));
  return element("select", {}, element("option", { value: "" }, "not given"), ...options);
}

// For thumbs; whoever has keys types “=”.
/** @param {List} list @param {Row} row */
function same(list, row) {
  const take = () => {
    keepDraft(list, row, "typed", "=");
    leave(list, row, "typed");
  };
  return button("= no change", { class: "same", tabindex: -1, title: "Take the last value: or type =", onclick: take });
}

/** @param {List} list @param {Row} row @param {Facts} facts */
export function showRow(list, row, facts) {
  row.facts = facts;
  if (!row.choice) {
    row.choice = build(list, row);
    const [, draft] = list.edits.drafts.of(row.key).at(-1) ?? [];
    row.day = draft?.day;
    row.node.classList.toggle("closed", facts.section === "early" && !draft);
    if (draft) tellState(row, NOT_YET);
  }
  const days = list.data.days[facts.days];
  row.at = Math.max(days.findIndex(({ day }) => day === row.day), 0);
  row.day = days[row.at]?.day ?? "";
  const signature = JSON.stringify(days);
  if (row.days !== signature) row.choice.replaceChildren(...days.map(({ day, name }) => element("option", { value: day }, name)));
  row.days = signature;
  row.choice.selectedIndex = row.at;
  face(list, row);
  fill(list, row);
  for (const input of [row.choice, ...row.cells.values()]) input.disabled = !list.data.editable;
}

/** @param {List} list @param {Row} row */
function face(list, row) {
  const { facts } = row;
  const signature = JSON.stringify([facts, list.data.editable]);
  if (row.signature === signature) return;
  row.signature = signature;
  const name = facts.target === "kpi" ? opener(list, facts, facts.name) : facts.name;
  row.what.replaceChildren(element("h4", {}, name), element("p", { class: "small" }, facts.place));
  const line = facts.series.filter((value) => value !== null).length > 1 ? sparkline(facts.series) : null;
  const about = present([facts.when, facts.dismissed]).map((words) => element("small", {}, words));
  const last = facts.last ? element("b", {}, facts.last) : null;
  const fed = facts.fed ? opener(list, facts, facts.fed) : null;
  row.last.replaceChildren(...present([line, element("p", {}, last, ...about, fed)]));
  row.steps.replaceChildren(...facts.steps.map((step) => stepItem(list, row, step)));
  row.node.dataset.section = facts.section;
  row.node.dataset.target = facts.target;
  if (!row.saved && !list.edits.drafts.of(row.key).length) tellState(row, facts.waits);
}

/** @param {List} list @param {Facts} facts @param {string} text */
function opener(list, { kpi: id }, text) {
  return id === null ? text : button(text, { class: "link", onclick: () => list.send("open", { target: "kpi", id }) });
}

/** @param {List} list @param {Row} row @param {Step} step */
function stepItem(list, row, { id, name, done, when }) {
  const key = `${row.key}|step ${id}`;
  const box = element("input", { type: "checkbox", disabled: !list.data.editable });
  const draft = list.edits.drafts.get(key);
  box.checked = draft ? draft.typed === "done" : done;
  box.addEventListener("change", () => {
    const place = { row: row.key, cell: "step", id };
    const change = typedInto(undefined, place, box.checked ? "done" : "open", list.data.version);
    list.edits.drafts.set(key, { ...change, left: true });
    list.edits.pump();
  });
  return element("li", {}, element("label", {}, box, name, when ? element("small", {}, when) : null));
}

/** @param {List} list @param {Row} row */
function fill(list, row) {
  for (const [cell, input] of row.cells) {
    const text = list.edits.drafts.get(cellKey(row, cell))?.typed ?? told(row, cell);
    if (input.value !== text) input.value = text;
  }
  const value = row.cells.get("typed");
  const { before } = row.facts;
  if (value instanceof HTMLInputElement) value.placeholder = before === null ? "" : `was ${number(before)}`;
}

/** @param {List} list @param {Row} row @param {number} at */
function choose(list, row, at) {
  for (const cell of row.cells.keys()) leave(list, row, cell);
  row.at = at;
  row.day = list.data.days[row.facts.days][at].day;
  quiet(row);
  fill(list, row);
}

/** @param {List} list @param {Row} row @param {Cell} cell @param {string} said */
function keepDraft(list, row, cell, said) {
  const input = row.cells.get(cell);
  const text = cell === "typed" && said.includes("=") ? typed(row.facts.before) : said;
  if (input && input.value !== text) input.value = text;
  list.edits.type(cellKey(row, cell), { row: row.key, day: row.day, cell }, text);
  quiet(row);
  tellState(row, NOT_YET);
}

/** @param {List} list @param {Row} row @param {Cell} cell */
function leave(list, row, cell) {
  const became = list.edits.leave(cellKey(row, cell), (text) => text === told(row, cell) || (cell === "typed" && !text));
  if (became === "dropped") {
    fill(list, row);
    if (!list.edits.drafts.of(row.key).length) tellRest(row);
  } else if (became === "left") {
    tellState(row, "Saving…");
    list.edits.pump();
  }
}

/** @param {Row} row */
function tellRest(row) {
  tellState(row, row.saved ? "✓ Saved" : row.facts.waits);
}

/** @param {List} list @param {Row} row @param {KeyboardEvent} event */
function pressed(list, row, event) {
  event.stopPropagation();
  const cell = [...row.cells].find(([, input]) => input === event.target)?.[0];
  if (!cell) return;
  if (event.key === "Escape") {
    list.edits.drafts.drop(cellKey(row, cell));
    quiet(row);
    fill(list, row);
    tellRest(row);
  }
  if (event.key !== "Enter") return;
  event.preventDefault();
  leave(list, row, cell);
  const question = row.asked.querySelector("button");
  if (question) question.focus();
  else onward(list, row);
}

/** @param {List} list @param {Row} row */
function onward(list, row) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const values = list.root.querySelectorAll(".row:not(.closed) input.value");
  /** @param {Node} input */
  const isBelow = (input) => row.node.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = [...values].find((input) => !row.node.contains(input) && isBelow(input));
  next?.focus();
  next?.select();
}

/** @param {Row} row */
function unfold(row) {
  row.node.classList.remove("closed");
  const [first] = row.cells.values();
  first.focus();
  if (first instanceof HTMLInputElement) first.select();
}
