// What became of a row: what is safe, what waits, and each cell that was refused by itself.

/** @import { Complaint, Input, Part, Table } from "./types" */

import { arrange, element } from "../shared/elements.js";
import { LABELS } from "./fields.js";

export const GONE = "gone";
const UNSAVED = "! Not saved";

/** @param {Part} row @param {string} text */
export function tellState(row, text) {
  if (row.state.textContent !== text) row.state.textContent = text;
  row.node.classList.toggle("saved", text.startsWith("✓"));
}

// What was refused outweighs what is on its way, and that what is safe.
/** @param {Table} table @param {Part} row */
export function tellStanding(table, row) {
  const drafts = table.edits.drafts.of(row.key);
  if (row.complaints.size) tellState(row, worst(row));
  else if (drafts.some(([, { left }]) => left)) tellState(row, isNameless(table, row) ? "◌ Kept here: saved with its name" : "Saving…");
  else if (drafts.length) tellState(row, "◌ Not saved yet");
  else tellState(row, row.saved ? "✓ Saved" : "");
}

/** @param {Table} table @param {Part} row */
function isNameless(table, row) {
  return row.id === null && !table.edits.drafts.get(draftKey(row, "name"))?.typed.trim();
}

/** @param {Part} row @param {string} field */
export function draftKey(row, field) {
  return `${row.key}|${field}`;
}

/** @param {Part} row */
function worst(row) {
  const states = [...row.complaints.values()].map(({ state }) => state);
  return states.includes(UNSAVED) ? UNSAVED : states[0];
}

// What is about the row as a whole has no field; it goes with the first cell that is put right.
/** @param {Part} row @param {string | null} field @param {string} text @param {HTMLElement[]} answers */
export function complain(row, field, text, answers = [], state = UNSAVED) {
  row.complaints.set(field, { text, answers, state });
  showComplaints(row);
  tellState(row, worst(row));
}

/** @param {Part} row @param {string | null} field */
export function quiet(row, field) {
  row.complaints.delete(field);
  row.complaints.delete(null);
  showComplaints(row);
}

/** @param {Part} row */
export function quietAll(row) {
  row.complaints.clear();
  showComplaints(row);
}

/** @param {Table} table @param {Part} row */
export function letBe(table, row) {
  quiet(row, null);
  tellStanding(table, row);
}

// Each reason is said once, with the cells it is about; one question is asked at a time.
/** @param {Part} row */
function showComplaints(row) {
  const all = [...row.complaints];
  const reasons = [...new Set(all.map(([, { text }]) => text))];
  const lines = reasons.map((reason) => lineOf(all, reason));
  /** @param {string} text */
  const id = (text) => `${row.message.id}-${reasons.indexOf(text)}`;
  const isTold = lines.length === row.message.children.length && lines.every((line, at) => row.message.children[at].textContent === line);
  if (!isTold) row.message.replaceChildren(...lines.map((line, at) => element("span", { id: id(reasons[at]) }, line)));
  const question = row.complaints.get(GONE) ?? [...row.complaints.values()].find(({ answers }) => answers.length);
  arrange(row.asked, question?.answers ?? []);
  for (const [field, { input }] of row.cells) {
    const complaint = row.complaints.get(field);
    mark(input, complaint ? id(complaint.text) : null);
  }
}

/** @param {[string | null, Complaint][]} all @param {string} reason */
function lineOf(all, reason) {
  const labels = all.flatMap(([field, { text }]) => (text === reason && field !== null && LABELS[field] ? [LABELS[field]] : []));
  return all.length > 1 && labels.length ? `${labels.join(", ")}: ${reason}` : reason;
}

/** @param {Input} input @param {string | null} reason */
function mark(input, reason) {
  if (!reason) return ["aria-invalid", "aria-describedby"].forEach((name) => input.removeAttribute(name));
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", reason);
}
