// The table of a team's objectives: cells keyed by row, so that whatever others add or remove
// in the meantime, what is typed stays in its own row.

import { Drafts } from "../editing/drafts.js";
import { arrange, button, element, emptiness, instance, keepKeys, leaveAtTouch, reveal } from "../shared/elements.js";
import { createHead, showHead } from "./head.js";
import { LISTS, offer } from "./lists.js";
import { entryAt, showRemarks, steadily, watchFocus } from "./remarks.js";
import { createRow, draftKey, face, fill, keepDraft, kindOf, newKey, shown } from "./rows.js";
import { HURRY, hear, pump, recall, sendIt } from "./sending.js";
import { GONE, complain, quiet, quietAll, tellStanding } from "./state.js";

export const styles = ["shared/shared.css", "okrs/okrs.css"];

const NEEDED = { metric: ["start", "target"], milestone: ["steps"], hold: ["hold_periods"] };

function createTable(root) {
  const table = { root, rows: new Map(), order: [], acts: [], blank: null };
  table.lists = new Map(Object.keys(LISTS).map((field) => [field, element("datalist", { id: `names-${field}` })]));
  table.head = createHead();
  table.empty = element("div");
  const columns = ["Key result", "Kind", "From", "To", "Unit", "Weight", "Owner", "Fed by KPI", "Now", ""];
  table.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...columns.map((name) => element("span", {}, name)));
  table.body = element("div", { class: "objectives" });
  table.root.append(...table.lists.values(), table.empty, table.head.node, table.columns, table.body);
  keepKeys(table.root);
  leaveAtTouch(table.root);
  watchFocus(table);
  return table;
}

function render(table) {
  const { data } = table;
  if (table.place !== placeOf(data)) begin(table);
  for (const field of table.lists.keys()) offer(table, field, focused(table)?.dataset.field === field ? focused(table).value : "");
  table.empty.replaceChildren(...emptiness(data.empty));
  table.columns.hidden = !data.objectives.length;
  const here = new Set();
  const order = data.objectives.map((facts) => {
    const row = seat(table, "objective", facts, null, here);
    const kids = facts.key_results.map((each) => seat(table, "key result", each, row, here));
    row.kids = [...kids, ...unplaced(row.kids, here)];
    return row;
  });
  table.order = [...order, ...unplaced(table.order, here)];
  for (const row of [...table.rows.values()]) if (row.id !== null && !here.has(row)) missing(table, row);
  settleBlanks(table);
  showHead(table);
  if (!entryAt(table)) showRemarks(table);
}

function placeOf({ person, place }) {
  return `${person} ${place}`;
}

function begin(table) {
  const { data } = table;
  table.drafts = draftsOf(table);
  table.place = placeOf(data);
  table.nameless = data.person ? null : data.place;
  table.sending = null;
  table.acts = [];
  quietAll(table.head);
  table.rows.clear();
  table.order = [];
  table.blank = null;
  table.body.replaceChildren();
  revive(table);
}

// What was typed before a name was picked is that person's, and saved now if it was left.
function draftsOf(table) {
  const { data } = table;
  const drafts = new Drafts(`${placeOf(data)} okrs`);
  if (!data.person) return drafts;
  const nameless = table.nameless === data.place ? table.drafts : new Drafts(`${placeOf({ ...data, person: "" })} okrs`);
  for (const [key, draft] of [...nameless.held]) {
    const waits = draft.left || draft.refused === draft.typed;
    drafts.set(key, { ...draft, left: waits, refused: null });
    nameless.drop(key);
  }
  return drafts;
}

// New rows that were typed before a reload come back from what the tab kept.
function revive(table) {
  for (const [, draft] of table.drafts.held) {
    if (!draft.row?.startsWith("new ") || table.rows.has(draft.row)) continue;
    const under = draft.under ? table.rows.get(draft.under) ?? null : null;
    if (draft.target === "key result" && !under) {
      (table.waiting ??= []).push(draft);
      continue;
    }
    adopt(table, draft, under);
  }
}

export function adopt(table, draft, under) {
  const row = createRow(table, draft.target, draft.row, null, under);
  table.rows.set(row.key, row);
  (under ? under.kids : table.order).push(row);
  recall(table, row);
  return row;
}

function seat(table, target, facts, under, here) {
  const key = `${target} ${facts.id}`;
  let row = table.rows.get(key);
  if (!row) {
    row = createRow(table, target, key, facts.id, under);
    table.rows.set(key, row);
    recall(table, row);
    for (const draft of (table.waiting ?? []).filter((one) => one.under === key)) if (!table.rows.has(draft.row)) adopt(table, draft, row);
  }
  row.under = under;
  row.facts = facts;
  here.add(row);
  if (row.gone) comeBack(table, row);
  face(table, row);
  return row;
}

function comeBack(table, row) {
  row.gone = false;
  quiet(row, GONE);
  tellStanding(table, row);
}

function unplaced(rows, here) {
  return rows.filter((row) => !here.has(row) && (row.id === null || row.waits || row.gone));
}

// A row that somebody took away keeps what was typed into it, and asks.
function missing(table, row) {
  if (row.waits === table.data.version || row.gone) return;
  row.waits = null;
  const typedHere = table.drafts.of(row.key);
  const kids = row.kids.some((kid) => table.drafts.of(kid.key).length);
  if (!typedHere.length && !kids) return drop(table, row);
  row.gone = true;
  const place = row.under ? row.under.kids : table.order;
  if (!place.includes(row)) place.push(row);
  complain(row, GONE, "Somebody took this row away meanwhile. What you typed is still here.", [
    button("Let it go", { onclick: () => letGo(table, row) }),
    button("Add it as a new row", { class: "primary", onclick: () => addAgain(table, row) }),
  ]);
}

// Who was in a row that goes is taken to the one beside it.
export function drop(table, row) {
  const beside = row.node.contains(focused(table)) && (row.node.nextElementSibling ?? row.node.previousElementSibling);
  table.rows.delete(row.key);
  row.node.remove();
  if (beside) beside.querySelector("[data-field]:enabled")?.focus();
}

function letGo(table, row) {
  for (const one of [row, ...row.kids]) for (const [key] of table.drafts.of(one.key)) table.drafts.drop(key);
  (row.under ? row.under.kids : table.order).splice((row.under ? row.under.kids : table.order).indexOf(row), 1);
  drop(table, row);
}

function addAgain(table, row) {
  const texts = [...row.cells.keys()].map((field) => [field, shown(table, row, field)]);
  for (const [key] of table.drafts.of(row.key)) table.drafts.drop(key);
  table.rows.delete(row.key);
  Object.assign(row, { key: newKey(row.target), id: null, facts: {}, gone: false, signature: null });
  table.rows.set(row.key, row);
  quietAll(row);
  for (const [field, text] of texts) if (text) keepDraft(table, row, field, text, true);
  settleBlanks(table);
  tellStanding(table, row);
  pump(table);
}

// Below the last row of each kind there is always an empty one to type into.
export function settleBlanks(table) {
  const may = table.data.editable && table.data.cycle;
  for (const row of table.order) {
    const open = may && !row.facts.over && !row.gone && (row.id !== null || named(table, row));
    row.kids = withBlank(table, "key result", row.kids, row, open);
  }
  table.order = withBlank(table, "objective", table.order, null, may);
  for (const row of table.order) {
    for (const one of [row, ...row.kids]) {
      fill(table, one);
      face(table, one);
    }
    inOrder(table, row.body, row.kids);
  }
  inOrder(table, table.body, table.order);
}

// The empty row stays the same one: who goes to it while another cell is saved must find it.
function withBlank(table, target, rows, under, open) {
  const isEmpty = (row) => row.id === null && !row.gone && !table.drafts.of(row.key).length;
  const empty = rows.filter(isEmpty);
  const spare = open ? empty.find((row) => row.line.contains(focused(table))) ?? empty.at(-1) : null;
  for (const row of empty) if (row !== spare) drop(table, row);
  const kept = rows.filter((row) => !isEmpty(row));
  const begun = kept.at(-1)?.id === null && !named(table, kept.at(-1));
  if (spare) return [...kept, spare];
  if (!open || begun) return kept;
  const row = createRow(table, target, newKey(target), null, under);
  table.rows.set(row.key, row);
  return [...kept, row];
}

function named(table, row) {
  const draft = table.drafts.get(draftKey(row, "name"));
  return Boolean(draft?.left && draft.typed.trim());
}

export function focused(table) {
  return table.root.getRootNode().activeElement;
}

// A moved field loses its focus: it gets it back where it went.
function inOrder(table, body, rows) {
  const nodes = rows.map((row) => row.node);
  if (body.children.length === nodes.length && nodes.every((node, at) => body.children[at] === node)) return;
  const active = focused(table);
  const range = active?.selectionStart === undefined ? null : [active.selectionStart, active.selectionEnd];
  table.moving = true;
  arrange(body, nodes);
  table.moving = false;
  if (active && active !== focused(table) && body.contains(active)) {
    active.focus();
    if (range) active.setSelectionRange?.(...range);
  }
}

// What was just made is shown, and one goes on in it where something is still to be typed.
function point(table) {
  const { focus } = table.data;
  if (!focus || table.pointed === focus) return;
  const row = table.rows.get(focus);
  if (!row) return;
  table.pointed = focus;
  reveal(row.line);
  if (!isTyping()) wanting(table, row)?.focus({ preventScroll: true });
}

function wanting(table, row) {
  const rows = row.target === "objective" ? row.kids : [row];
  const empty = rows.filter(({ id }) => id !== null).flatMap((one) => NEEDED[kindOf(table, one)].map((field) => one.cells.get(field).input));
  return empty.find(({ value, disabled }) => !value && !disabled) ?? row.cells.get("name").input;
}

function isTyping() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return Boolean(active?.matches("input, textarea, select, [contenteditable='true']"));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const table = instance(parentElement, createTable);
  table.data = data;
  table.send = setTriggerValue;
  if (table.place === placeOf(data)) hear(table, data.answer);
  steadily(table, () => render(table));
  if (table.sending && Date.now() - table.sending.at > HURRY) sendIt(table);
  pump(table);
  point(table);
}
