// Cells copied from a spreadsheet: they go to the right and down, each saved like a typed one.

/** @import { Row, Table, Target } from "./types" */

import { chosen, copiedCells, copiedText, isSpread } from "../grid/clipboard.js";
import { take } from "../grid/focus.js";
import { button } from "../shared/elements.js";
import { FIELDS, LABELS } from "./fields.js";
import { adopt, settleBlanks } from "./places.js";
import { first, forget, keepDraft, kindOf, newKey } from "./rows.js";
import { complain, letBe, tellStanding } from "./state.js";

const MOST_ROWS = 50;
/** @type {Record<string, (string | null)[]>} */
const COLUMNS = {
  objective: FIELDS.objective,
  metric: ["name", "kind", "start", "target", "unit", "weight", "owner", "kpi"],
  milestone: ["name", "kind", "steps", null, null, "weight", "owner", "kpi"],
  hold: ["name", "kind", "hold_periods", null, null, "weight", "owner", "kpi"],
};

/** @param {Table} table @param {Row} row @param {ClipboardEvent} event */
export function pasted(table, row, event) {
  const input = event.target instanceof HTMLElement ? event.target : null;
  const field = input?.dataset.field;
  const text = copiedText(event);
  if (!input || !field || row.gone || !(isSpread(text) || (table.data.options[field] && text.trim()))) return;
  event.preventDefault();
  const lines = copiedCells(text);
  const rows = rowsFrom(table, row);
  const places = lines.map((line, at) => placesOf(table, rows[at], row.target, columnOf(row, field), line));
  const tooMany = lines.length > MOST_ROWS ? `That is ${lines.length} rows: paste up to ${MOST_ROWS} at a time.` : null;
  const wrong = tooMany ?? places.find((one) => typeof one === "string");
  if (wrong) return turnDown(table, row, input, wrong);
  const filled = places.map((cells, at) => ({ row: rows[at] ?? added(table, row), cells: typeof cells === "string" ? [] : cells }));
  for (const { row: one, cells } of filled) for (const [name, typed] of cells) put(table, one, name, typed);
  settleBlanks(table);
  for (const { row: one } of filled) tellStanding(table, one);
  table.edits.pump();
}

/** @param {Table} table @param {Row} row */
function added(table, { target, under }) {
  return adopt(table, target, newKey(target), under);
}

/** @param {Table} table @param {Row} row @param {HTMLElement} input @param {string} wrong */
function turnDown(table, row, input, wrong) {
  const close = () => {
    letBe(table, row);
    take(input);
  };
  complain(row, null, `${wrong} Nothing was pasted.`, [button("Close", { onclick: close })], "! Not pasted");
}

/** @param {Table} table @param {Row} row @returns {(Row | undefined)[]} */
function rowsFrom(table, row) {
  const rows = row.under ? row.under.kids : table.order;
  return rows.slice(rows.indexOf(row)).filter((one) => !one.gone && !one.facts.over);
}

/** @param {Row} row @param {string} field */
function columnOf({ node }, field) {
  return COLUMNS[node.dataset.kind || "objective"].indexOf(field);
}

// A milestone and a hold have one cell under From, To and Unit: what is copied may have it so too.
// Gives the fields with their texts, or why they do not fit.
/**
 * @param {Table} table @param {Row | undefined} row @param {Target} target @param {number} from @param {string[]} line
 * @returns {[string, string][] | string}
 */
function placesOf(table, row, target, from, line) {
  const kind = target === "objective" ? target : kindFor(table, row, line[1 - from] ?? "");
  const wide = COLUMNS[kind].slice(from);
  const isWide = wide.every((field, at) => field || !line[at]);
  if (!isWide && from > 2) return `A ${kind} has no “${LABELS[COLUMNS.metric[from] ?? ""]}”: not all of this fits here.`;
  const fields = isWide ? wide : wide.filter(Boolean);
  if (line.slice(fields.length).some(Boolean)) return `${line.length} columns do not fit: from here there is room for ${fields.length}.`;
  return fields.flatMap((field, at) => (field && line[at] !== undefined ? [/** @type {[string, string]} */ ([field, line[at]])] : []));
}

/** @param {Table} table @param {string} field @param {string} text */
function choiceOf(table, field, text) {
  return chosen(table.data.options[field].map(({ value, label }) => [value, label]), text);
}

/** @param {Table} table @param {Row | undefined} row @param {string} said */
function kindFor(table, row, said) {
  const told = choiceOf(table, "kind", said);
  if (table.data.options.kind.some(({ value }) => value === told)) return told;
  return row ? kindOf(table, row) : first(table, "kind");
}

// An empty cell empties one, but nothing can be without a name, or be none of its choices.
/** @param {Table} table @param {Row} row @param {string} field @param {string} text */
function put(table, row, field, text) {
  const isChoice = table.data.options[field] !== undefined;
  const typed = isChoice ? choiceOf(table, field, text) : text.replaceAll(/\s+/g, " ");
  if (!typed && (row.id === null || isChoice || field === "name")) return;
  if (typed === (row.facts[field] ?? first(table, field))) return forget(table, row, field);
  keepDraft(table, row, field, typed, true);
}
