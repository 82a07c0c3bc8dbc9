// What was typed and done goes to the server one message after the other; each change in it is
// saved, logged and answered by itself.

/** @import { Draft, Entry, Theirs, Verdict } from "../editing/types" */
/** @import { Change, Head, Row, Table } from "./types" */

import { NOT_SAVED, isRefused } from "../editing/protocol.js";
import { objectionTo } from "../editing/questions.js";
import { take } from "../grid/focus.js";
import { button } from "../shared/elements.js";
import { FIELDS, LABELS } from "./fields.js";
import { drop, settleBlanks } from "./places.js";
import { forget, standing, tickOf } from "./rows.js";
import { complain, draftKey, letBe, quiet, tellStanding, tellState } from "./state.js";

/** @type {Verdict} */
const NOT_UNDERSTOOD = { kind: "refused", message: "" };

/** @param {Table} table @param {Row | Head} row @param {Record<string, unknown>} edit */
export function act(table, row, edit) {
  if (row.id === null) return;
  const whole = { ...edit, target: row.target, id: row.id, base_version: table.data.version };
  quiet(row, null);
  tellState(row, "Saving…");
  table.edits.act({ row, drafts: [], edit: whole, stood: { ...row.facts }, mine: new Set() });
}

/** @param {Table} table @param {Row} row @param {string} field */
export function leave(table, row, field) {
  if (row.gone) return;
  const isNew = row.id === null;
  const became = table.edits.leave(draftKey(row, field), (text) => (isNew ? field === "name" && !text : text === standing(row, field)));
  if (became === "dropped") forget(table, row, field);
  if (became !== "left") return;
  tellStanding(table, row);
  settleBlanks(table);
  table.edits.pump();
}

// What is done with a row comes after what was typed is answered: it is about what then stands.
/** @param {Table} table @returns {Change[]} */
export function nextChanges(table) {
  const typed = table.edits.drafts.left().flatMap(([key, draft]) => changeOf(table, key, draft));
  if (typed.length) return typed;
  const done = table.edits.acts.splice(0).filter((one) => !isHeld(table, one));
  return done.map((one) => stamped(table, one));
}

// No step is taken while something that was typed there was refused.
/** @param {Table} table @param {Change} change */
function isHeld(table, { row, edit }) {
  if (!edit.step) return false;
  const rows = row === table.head ? [...table.rows.values()] : [row, ...row.kids];
  if (!rows.some((one) => table.edits.drafts.of(one.key).some(([, draft]) => isRefused(draft)))) return false;
  row.since = table.data.version;
  if (row.complaints.size) tellStanding(table, row);
  else complain(row, null, "Something typed here is not saved yet: look at it first.");
  return true;
}

// What one saved oneself since the click is no rival's change; what anybody else did is.
/** @param {Table} table @param {Change} one @returns {Change} */
function stamped(table, one) {
  const { row, edit, stood = {}, mine } = one;
  const base_version = table.data.version;
  if (row === table.head && edit.step === "start") return { ...one, edit: { ...edit, ids: draftIds(table), base_version } };
  /** @param {string} field */
  const isRivals = (field) => field in stood && row.facts[field] !== stood[field] && !mine?.has(field);
  return [...FIELDS[row.target], "state"].some(isRivals) ? one : { ...one, edit: { ...edit, base_version } };
}

/** @param {Table} table */
function draftIds(table) {
  return table.order.filter(({ id, facts }) => id !== null && facts.state === "draft").map(({ id }) => id);
}

/** @param {Table} table @param {string} key @param {Draft} draft @returns {Change[]} */
function changeOf(table, key, draft) {
  const row = table.rows.get(draft.row);
  if (!row || row.gone) return [];
  const { target, id } = row;
  const { cell: field, base_version } = draft;
  const typed = draft.typed.trim();
  if (id !== null) return [{ row, drafts: [[key, draft]], edit: { do: "cell", target, id, field, typed, base_version } }];
  if (field !== "name" || (row.under && row.under.id === null)) return [];
  return [{ row, drafts: [[key, draft]], edit: { do: "add", target, name: typed, under: row.under?.id ?? null, base_version } }];
}

// A row that was added has a key of its own by now.
/** @param {Table} table @param {Change} change @param {Verdict} verdict @returns {Entry[] | undefined} */
export function renamed(table, { row, drafts, edit }, { kind, id }) {
  if (kind !== "saved" || edit.do !== "add" || !id) return undefined;
  name(table, /** @type {Row} */ (row), id);
  return drafts.map(([, draft]) => [draftKey(row, draft.cell), draft]);
}

/** @param {Table} table @param {Change} change */
export function saved(table, { row, edit }) {
  row.saved = true;
  const field = edit.do === "add" ? "name" : /** @type {string | undefined} */ (edit.field);
  // A KPI brings its unit, and a step its state.
  const touched = [field, field === "kpi" ? "unit" : null, edit.step ? "state" : null];
  for (const other of table.edits.acts) if (other.row === row) for (const each of touched) if (each) other.mine?.add(each);
  if (field) {
    tickOf(row, field, "✓");
    quiet(row, field);
  }
  tellStanding(table, row);
}

// A new row gets its key: its nodes stay, so that whoever types in it notices nothing.
/** @param {Table} table @param {Row} row @param {number} id */
function name(table, row, id) {
  const before = row.key;
  const drafts = table.edits.drafts.of(before);
  const key = `${row.target} ${id}`;
  const twin = table.rows.get(key);
  if (twin && twin !== row) drop(table, twin);
  table.rows.delete(before);
  Object.assign(row, { key, id, waits: table.data.version });
  table.rows.set(key, row);
  for (const [old, draft] of drafts) {
    table.edits.drafts.drop(old);
    table.edits.drafts.set(draftKey(row, draft.cell), { ...draft, row: key, base_version: table.data.version });
  }
  for (const [old, draft] of table.edits.drafts.held) if (draft.under === before) table.edits.drafts.set(old, { ...draft, under: key });
}

// What was refused before a reload is said again.
/** @param {Table} table @param {Row} row */
export function recall(table, row) {
  for (const entry of table.edits.drafts.of(row.key)) {
    const [, draft] = entry;
    if (isRefused(draft)) object(table, { row, drafts: [entry], edit: {} }, draft.answer ?? NOT_UNDERSTOOD);
  }
}

/** @param {Table} table @param {Change} change @param {Verdict} verdict */
export function object(table, { row, drafts: [sent], edit }, verdict) {
  const { kind, message, theirs } = verdict;
  row.since = table.data.version;
  if (sent) return objectToCell(table, /** @type {Row} */ (row), sent[1], verdict);
  if (kind !== "conflict" && edit.step) return complain(row, null, message ?? "", waysTo(table, verdict), "! Not done");
  if (kind !== "conflict" || !theirs) return complain(row, null, message || NOT_SAVED);
  const text = `${changed(theirs)} Look again before you go on.`;
  if (row === table.head) return complain(row, null, text);
  complain(row, null, text, [
    button("Let it be", { onclick: () => letBe(table, row) }),
    button("Do it all the same", { class: "primary", onclick: () => act(table, row, edit) }),
  ]);
}

/** @param {Table} table @param {Row} row @param {Draft} draft @param {Verdict} verdict */
function objectToCell(table, row, draft, verdict) {
  const { cell } = draft;
  const changedDraft = () => {
    quiet(row, cell);
    tellStanding(table, row);
  };
  const acts = {
    key: () => draftKey(row, cell),
    keep: () => forget(table, row, cell),
    changed: changedDraft,
    focus: () => take(row.cells.get(cell)?.input),
  };
  const told = { tell: (/** @type {Theirs} */ theirs, /** @type {string} */ mine) => `${changed(theirs)} You typed ${mine}.` };
  const { text, answers } = objectionTo(table.edits, draft, verdict, acts, told);
  complain(row, cell, text, answers);
}

// What a step still needs may stand far below what says so.
/** @param {Table} table @param {Verdict} verdict */
function waysTo(table, { target, id, field }) {
  const input = table.rows.get(`${target} ${id}`)?.cells.get(field ?? "")?.input;
  return input ? [button("Go to the first", { class: "primary", onclick: () => take(input) })] : [];
}

/** @param {Theirs} theirs */
function changed({ who, text, field }) {
  const cell = LABELS[field] ?? "something here";
  return `${who ?? "Somebody"} has changed “${cell.toLowerCase()}” to ${text || "nothing"} meanwhile.`;
}
