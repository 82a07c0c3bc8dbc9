// Cells copied from a spreadsheet: they go to the right and down, each saved like a typed one.

import { chosen, copiedCells, isSpread } from "../grid/clipboard.js";
import { button } from "../shared/elements.js";
import { adopt, settleBlanks } from "./index.js";
import { FIELDS, LABELS } from "./fields.js";
import { forget, keepDraft, kindOf, newKey, take } from "./rows.js";
import { letBe, pump } from "./sending.js";
import { complain, tellStanding } from "./state.js";

const MOST_ROWS = 50;
const COLUMNS = {
  objective: FIELDS.objective,
  metric: ["name", "kind", "start", "target", "unit", "weight", "owner", "kpi"],
  milestone: ["name", "kind", "steps", null, null, "weight", "owner", "kpi"],
  hold: ["name", "kind", "hold_periods", null, null, "weight", "owner", "kpi"],
};

export function pasted(table, row, event) {
  const field = event.target.dataset?.field;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field || row.gone || !(isSpread(text) || (table.data.options[field] && text.trim()))) return;
  event.preventDefault();
  const lines = copiedCells(text);
  const rows = rowsFrom(table, row);
  const places = lines.map((line, at) => placesOf(table, rows[at], row.target, columnOf(row, field), line));
  const wrong = lines.length > MOST_ROWS ? `That is ${lines.length} rows: paste up to ${MOST_ROWS} at a time.` : places.find((one) => typeof one === "string");
  if (wrong) return turnDown(table, row, event.target, wrong);
  const filled = places.map((cells, at) => [rows[at] ?? adopt(table, { target: row.target, row: newKey(row.target) }, row.under), cells]);
  for (const [one, cells] of filled) for (const [name, typed] of cells) put(table, one, name, typed);
  settleBlanks(table);
  for (const [one] of filled) tellStanding(table, one);
  pump(table);
}

function turnDown(table, row, input, wrong) {
  const close = () => {
    letBe(table, row);
    take(input);
  };
  complain(row, null, `${wrong} Nothing was pasted.`, [button("Close", { onclick: close })], "! Not pasted");
}

function rowsFrom(table, row) {
  const rows = row.under ? row.under.kids : table.order;
  return rows.slice(rows.indexOf(row)).filter((one) => !one.gone && !one.facts.over);
}

function columnOf({ node }, field) {
  return COLUMNS[node.dataset.kind || "objective"].indexOf(field);
}

// A milestone and a hold have one cell under From, To and Unit: what is copied may have it so too.
// Gives the fields with their texts, or why they do not fit.
function placesOf(table, row, target, from, line) {
  const kind = target === "objective" ? target : kindFor(table, row, line[1 - from] ?? "");
  const wide = COLUMNS[kind].slice(from);
  const isWide = wide.every((field, at) => field || !line[at]);
  if (!isWide && from > 2) return `A ${kind} has no “${LABELS[COLUMNS.metric[from]]}”: not all of this fits here.`;
  const fields = isWide ? wide : wide.filter(Boolean);
  if (line.slice(fields.length).some(Boolean)) return `${line.length} columns do not fit: from here there is room for ${fields.length}.`;
  return fields.map((field, at) => [field, line[at]]).filter(([field, text]) => field && text !== undefined);
}

function kindFor(table, row, said) {
  const { kind } = table.data.options;
  const told = chosen(kind.map(({ value, label }) => [value, label]), said);
  if (kind.some(({ value }) => value === told)) return told;
  return row ? kindOf(table, row) : kind[0].value;
}

// An empty cell empties one, but nothing can be without a name, or be none of its choices.
function put(table, row, field, text) {
  const options = table.data.options[field];
  const typed = options ? chosen(options.map(({ value, label }) => [value, label]), text) : text.replaceAll(/\s+/g, " ");
  if (!typed && (row.id === null || options || field === "name")) return;
  if (typed === (row.facts[field] ?? options?.[0].value ?? "")) return forget(table, row, field);
  keepDraft(table, row, field, typed, true);
}
