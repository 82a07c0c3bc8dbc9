// What was typed into the list goes to the server, a row's number and its comment together.

/** @import { Change, Draft, Entry, Verdict } from "../editing/types" */
/** @import { Cell, List, Row } from "./types" */

import { objectionTo } from "../editing/questions.js";
import { showRow } from "./row.js";
import { complain, quiet, tellState } from "./state.js";

/** @param {List} list @returns {Change<Row>[]} */
export function nextChange(list) {
  for (const [key, draft] of list.edits.drafts.left()) {
    const row = list.rows.get(draft.row);
    const change = row && changeOf(list, row, key, draft);
    if (!change) continue;
    tellState(row, "Saving…");
    return [change];
  }
  return [];
}

/** @param {List} list @param {Row} row @param {string} key @param {Draft} draft @returns {Change<Row> | null} */
function changeOf(list, row, key, draft) {
  /** @type {Entry[]} */
  const drafts = [[key, draft]];
  if (draft.cell === "step")
    return { row, drafts, edit: { target: "step", id: draft.id, done: draft.typed === "done", base_version: draft.base_version } };
  if (row.facts.target === "kpi") {
    const other = draft.cell === "note" ? "typed" : "note";
    const beside = list.edits.drafts.of(row.key).find(([, { cell, day }]) => cell === other && day === draft.day);
    if (draft.cell === "note" && !hasValue(list, row, draft.day)) return waitForValue(list, row, key, draft, beside);
    if (beside?.[1].waits) drafts.push(beside);
  }
  const cells = Object.fromEntries(drafts.map(([, { cell, typed }]) => [cell, typed.trim()]));
  const base_version = Math.min(...drafts.map(([, one]) => one.base_version));
  const confirmed = draft.confirmed === draft.typed;
  return { row, drafts, edit: { target: row.facts.target, id: row.facts.id, day: draft.day, cells, base_version, confirmed } };
}

/** @param {List} list @param {Row} row @param {string | undefined} day */
function hasValue(list, row, day) {
  const at = list.data.days[row.facts.days].findIndex((one) => one.day === day);
  return Boolean(row.facts.told[at]);
}

/** @param {List} list @param {Row} row @param {string} key @param {Draft} draft @param {Entry | undefined} value */
function waitForValue(list, row, key, draft, value) {
  list.edits.drafts.set(key, { ...draft, left: false, waits: true });
  if (!value) tellState(row, "◌ Kept here: saved with its number.");
  return null;
}

/** @param {List} list @param {Change<Row>} change @param {Verdict} verdict */
export function object(list, { row, drafts: [[key, draft]] }, verdict) {
  const input = row.cells.get(/** @type {Cell} */ (draft.cell));
  const keep = () => {
    list.edits.drafts.drop(key);
    quiet(row);
    row.signature = null;
    showRow(list, row, row.facts);
    tellState(row, row.facts.waits);
  };
  const acts = { key: () => key, keep, changed: () => quiet(row), focus: input && (() => input.focus()) };
  const { text, answers } = objectionTo(list.edits, draft, verdict, acts);
  complain(row, draft.cell, text, answers);
}
