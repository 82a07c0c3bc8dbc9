// What was typed and done goes to the server one after the other; what is not taken is asked about.

/** @import { Draft, Entry, Verdict } from "../editing/types" */
/** @import { Change, Row, Table } from "./types" */

import { isRefused } from "../editing/protocol.js";
import { objectionTo } from "../editing/questions.js";
import { focusedIn } from "../shared/elements.js";
import { heardArchived, heardHanded } from "./away.js";
import { heardNew } from "./new_row.js";
import { dropDraft } from "./row.js";
import { NOT_YET, complain, draftsOf, isAsked, keyOf, quiet, tellState } from "./state.js";

/** @param {Table} table @returns {Change[]} */
export function nextChange(table) {
  const change = table.edits.acts.shift() ?? typedChange(table);
  if (!change) return [];
  table.typing = false;
  if (change.row) tellState(change.row, "Saving…");
  return [change];
}

/** @param {Table} table @returns {Change | null} */
function typedChange(table) {
  for (const [key, draft] of table.edits.drafts.left()) {
    const row = table.rows.get(draft.row);
    if (!row || key !== keyOf(table, draft.row, draft.cell)) continue;
    const drafts = beside(table, row, key, draft);
    const cells = Object.fromEntries(drafts.map(([, { cell, typed }]) => [cell, typed.trim()]));
    const seen = Math.min(...drafts.map(([, one]) => one.seen));
    return { act: "cells", row, drafts, edit: { id: row.facts.id, cells, seen } };
  }
  return null;
}

// Cells that bound each other are saved together: a low above the old high is no mistake yet.
/** @param {Table} table @param {Row} row @param {string} key @param {Draft} draft @returns {Entry[]} */
function beside(table, row, key, draft) {
  /** @param {string} cell */
  const group = (cell) => table.data.columns.find(({ name }) => name === cell)?.together || cell;
  return draftsOf(table, row.key).filter(([other, { cell }]) => other === key || group(cell) === group(draft.cell));
}

/** @param {Table} table @param {Change} change @param {Verdict} verdict */
export function saved(table, { act, row }, verdict) {
  if (!row) return heardNew(table, verdict);
  if (act === "hand over") return heardHanded(table, row, verdict);
  if (act === "archive") return heardArchived(table, row, verdict);
  row.saved = true;
  const drafts = draftsOf(table, row.key);
  // What was refused beside it stays marked until it is put right.
  if (drafts.some(([, draft]) => isRefused(draft))) return tellState(row, "! Not saved");
  // What is asked about meanwhile waits for its answer.
  if (!isAsked(row)) quiet(row);
  tellState(row, drafts.length ? NOT_YET : "✓ Saved");
}

/** @param {Table} table @param {Change} change @param {Verdict} verdict */
export function refused(table, { act, row, drafts }, verdict) {
  if (!row) return heardNew(table, verdict);
  if (act === "hand over") return heardHanded(table, row, verdict);
  if (act === "archive") return heardArchived(table, row, verdict);
  const about = verdict.theirs?.field ?? verdict.field;
  const [key, draft] = drafts.find(([, { cell }]) => cell === about) ?? drafts[0];
  const { cell } = draft;
  const keep = () => {
    quiet(row);
    dropDraft(table, row, cell);
    tellState(row, "");
  };
  const acts = { key: () => key, keep, changed: () => quiet(row), focus: () => row.cells.get(cell)?.focus() };
  const { text, answers } = objectionTo(table.edits, draft, verdict, acts);
  complain(row, cell, text, answers);
  comeBack(table, row, cell);
}

// Back to what was not taken, unless something else is typed or done meanwhile.
/** @param {Table} table @param {Row} row @param {string} cell */
function comeBack(table, row, cell) {
  const at = focusedIn(table.root);
  const free = at ? at.closest(".row") : document.activeElement === document.body;
  if (free && !table.typing) row.cells.get(cell)?.focus();
}
