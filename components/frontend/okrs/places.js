// Which rows there are and where they stand: those of the data, those that are new, and those that
// somebody took away while something was typed in them.

/** @import { Facts, ObjectiveFacts, Row, Table, Target } from "./types" */

import { arrange, button } from "../shared/elements.js";
import { focusOn, focused } from "./focus.js";
import { createRow, face, fill, keepDraft, newKey, shown } from "./rows.js";
import { recall } from "./sending.js";
import { GONE, complain, draftKey, quiet, quietAll, tellStanding } from "./state.js";

/** @param {Table} table */
export function placeRows(table) {
  const { data } = table;
  /** @type {Set<Row>} */
  const here = new Set();
  const order = data.objectives.map((facts) => seatObjective(table, facts, here));
  table.order = [...order, ...unplaced(table.order, here)];
  for (const row of [...table.rows.values()]) if (row.id !== null && !here.has(row)) missing(table, row);
  settleBlanks(table);
}

/** @param {Table} table @param {ObjectiveFacts} facts @param {Set<Row>} here */
function seatObjective(table, facts, here) {
  const row = seat(table, "objective", facts, null, here);
  const kids = facts.key_results.map((each) => seat(table, "key result", each, row, here));
  row.kids = [...kids, ...unplaced(row.kids, here)];
  return row;
}

/**
 * @param {Table} table @param {Target} target @param {Facts & { id: number }} facts
 * @param {Row | null} under @param {Set<Row>} here
 */
function seat(table, target, facts, under, here) {
  const key = `${target} ${facts.id}`;
  const row = table.rows.get(key) ?? add(table, createRow(table, target, key, facts.id, under));
  row.under = under;
  row.facts = facts;
  here.add(row);
  if (row.gone) {
    row.gone = false;
    quiet(row, GONE);
    tellStanding(table, row);
  }
  face(table, row);
  return row;
}

/** @param {Table} table @param {Row} row */
function add(table, row) {
  table.rows.set(row.key, row);
  recall(table, row);
  const orphans = table.orphans.filter(({ under }) => under === row.key);
  for (const { row: key } of orphans) if (!table.rows.has(key)) adopt(table, "key result", key, row);
  return row;
}

// New rows that were typed before a reload come back from what the tab kept.
/** @param {Table} table */
export function revive(table) {
  for (const [, draft] of table.edits.drafts.held) {
    if (!draft.row.startsWith("new ") || table.rows.has(draft.row)) continue;
    const under = draft.under ? table.rows.get(draft.under) ?? null : null;
    if (draft.target === "objective" || under) adopt(table, under ? "key result" : "objective", draft.row, under);
    else table.orphans.push(draft);
  }
}

/** @param {Table} table @param {Target} target @param {string} key @param {Row | null} under */
export function adopt(table, target, key, under) {
  const row = createRow(table, target, key, null, under);
  table.rows.set(key, row);
  placeOf(table, row).push(row);
  recall(table, row);
  return row;
}

/** @param {Table} table @param {Row} row */
function placeOf(table, { under }) {
  return under ? under.kids : table.order;
}

/** @param {Row[]} rows @param {Set<Row>} here */
function unplaced(rows, here) {
  return rows.filter((row) => !here.has(row) && (row.id === null || row.waits || row.gone));
}

// A row that somebody took away keeps what was typed into it, and asks.
/** @param {Table} table @param {Row} row */
function missing(table, row) {
  if (row.waits === table.data.version || row.gone) return;
  row.waits = null;
  const isTyped = [row, ...row.kids].some(({ key }) => table.edits.drafts.of(key).length);
  if (!isTyped) return drop(table, row);
  row.gone = true;
  const place = placeOf(table, row);
  if (!place.includes(row)) place.push(row);
  complain(row, GONE, "Somebody took this row away meanwhile. What you typed is still here.", [
    button("Let it go", { onclick: () => letGo(table, row) }),
    button("Add it as a new row", { class: "primary", onclick: () => addAgain(table, row) }),
  ]);
}

// Who was in a row that goes is taken to the one beside it.
/** @param {Table} table @param {Row} row */
export function drop(table, row) {
  const active = focused(table);
  const isIn = active && row.node.contains(active);
  const beside = isIn ? (row.node.nextElementSibling ?? row.node.previousElementSibling) : null;
  table.rows.delete(row.key);
  row.node.remove();
  if (beside) focusOn(beside, "[data-field]:enabled");
}

/** @param {Table} table @param {Row} row */
function letGo(table, row) {
  for (const one of [row, ...row.kids]) for (const [key] of table.edits.drafts.of(one.key)) table.edits.drafts.drop(key);
  const place = placeOf(table, row);
  place.splice(place.indexOf(row), 1);
  drop(table, row);
}

/** @param {Table} table @param {Row} row */
function addAgain(table, row) {
  const texts = [...row.cells.keys()].map((field) => ({ field, text: shown(table, row, field) }));
  for (const [key] of table.edits.drafts.of(row.key)) table.edits.drafts.drop(key);
  table.rows.delete(row.key);
  Object.assign(row, { key: newKey(row.target), id: null, facts: {}, gone: false, signature: null });
  table.rows.set(row.key, row);
  quietAll(row);
  for (const { field, text } of texts) if (text) keepDraft(table, row, field, text, true);
  settleBlanks(table);
  tellStanding(table, row);
  table.edits.pump();
}

// Below the last row of each kind there is always an empty one to type into.
/** @param {Table} table */
export function settleBlanks(table) {
  const may = table.data.editable && Boolean(table.data.cycle);
  for (const row of table.order) {
    const open = may && !row.facts.over && !row.gone && (row.id !== null || isNamed(table, row));
    row.kids = withBlank(table, "key result", row.kids, row, open);
  }
  table.order = withBlank(table, "objective", table.order, null, may);
  for (const row of table.order) {
    for (const one of [row, ...row.kids]) {
      fill(table, one);
      face(table, one);
    }
    if (row.body) inOrder(table, row.body, row.kids);
  }
  inOrder(table, table.body, table.order);
}

// The empty row stays the same one: who goes to it while another cell is saved must find it.
/** @param {Table} table @param {Target} target @param {Row[]} rows @param {Row | null} under @param {boolean} open */
function withBlank(table, target, rows, under, open) {
  /** @param {Row} row */
  const isEmpty = (row) => row.id === null && !row.gone && !table.edits.drafts.of(row.key).length;
  const empty = rows.filter(isEmpty);
  const active = focused(table);
  const spare = open ? (empty.find((row) => active && row.line.contains(active)) ?? empty.at(-1)) : null;
  for (const row of empty) if (row !== spare) drop(table, row);
  const kept = rows.filter((row) => !isEmpty(row));
  if (spare) return [...kept, spare];
  const last = kept.at(-1);
  if (!open || (last?.id === null && !isNamed(table, last))) return kept;
  const row = createRow(table, target, newKey(target), null, under);
  table.rows.set(row.key, row);
  return [...kept, row];
}

/** @param {Table} table @param {Row} row */
function isNamed(table, row) {
  const draft = table.edits.drafts.get(draftKey(row, "name"));
  return Boolean(draft?.left && draft.typed.trim());
}

// A moved field loses its focus: it gets it back where it went.
/** @param {Table} table @param {HTMLElement} body @param {Row[]} rows */
function inOrder(table, body, rows) {
  const nodes = rows.map((row) => row.node);
  if (body.children.length === nodes.length && nodes.every((node, at) => body.children[at] === node)) return;
  const active = focused(table);
  const range = active instanceof HTMLInputElement ? { start: active.selectionStart, end: active.selectionEnd } : null;
  arrange(body, nodes);
  if (!(active instanceof HTMLElement) || active === focused(table) || !body.contains(active)) return;
  active.focus();
  if (range && active instanceof HTMLInputElement) active.setSelectionRange(range.start, range.end);
}
