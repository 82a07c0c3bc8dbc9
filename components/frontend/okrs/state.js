// What became of a row: what is safe, what waits, and each cell that was refused by itself.

import { arrange, element } from "../shared/elements.js";
import { LABELS } from "./fields.js";
import { shown } from "./rows.js";

export const GONE = "gone";
const UNSAVED = "! Not saved";

export function tellState(row, text) {
  if (row.state.textContent !== text) row.state.textContent = text;
  row.node.classList.toggle("saved", text.startsWith("✓"));
}

// What was refused outweighs what is on its way, and that what is safe.
export function tellStanding(table, row) {
  const drafts = table.drafts.of(row.key);
  const isNameless = row.id === null && !shown(table, row, "name").trim();
  if (row.complaints.size) tellState(row, worst(row));
  else if (drafts.some(([, { left }]) => left)) tellState(row, isNameless ? "◌ Kept here: saved with its name" : "Saving…");
  else if (drafts.length) tellState(row, "◌ Not saved yet");
  else tellState(row, row.saved ? "✓ Saved" : "");
}

function worst(row) {
  const states = [...row.complaints.values()].map(({ state }) => state);
  return states.includes(UNSAVED) ? UNSAVED : states[0];
}

export function isRefused({ typed, refused }) {
  return refused === typed;
}

// What is about the row as a whole has no field; it goes with the first cell that is put right.
export function complain(row, field, text, answers = [], state = UNSAVED) {
  row.complaints.set(field, { text, answers, state });
  showComplaints(row);
  tellState(row, worst(row));
}

export function quiet(row, field) {
  row.complaints.delete(field);
  row.complaints.delete(null);
  showComplaints(row);
}

export function quietAll(row) {
  row.complaints.clear();
  showComplaints(row);
}

// Each reason is said once, with the cells it is about; one question is asked at a time.
function showComplaints(row) {
  const all = [...row.complaints];
  const reasons = [...new Set(all.map(([, { text }]) => text))];
  const lines = reasons.map((reason) => {
    const labels = all.filter(([field, { text }]) => text === reason && LABELS[field]).map(([field]) => LABELS[field]);
    return all.length > 1 && labels.length ? `${labels.join(", ")}: ${reason}` : reason;
  });
  const id = (text) => `${row.message.id}-${reasons.indexOf(text)}`;
  const isTold = lines.length === row.message.children.length && lines.every((line, at) => row.message.children[at].textContent === line);
  if (!isTold) row.message.replaceChildren(...lines.map((line, at) => element("span", { id: id(reasons[at]) }, line)));
  const question = row.complaints.get(GONE) ?? [...row.complaints.values()].find(({ answers }) => answers.length);
  arrange(row.asked, question?.answers ?? []);
  for (const [field, { input }] of row.cells) mark(input, row.complaints.has(field) ? id(row.complaints.get(field).text) : null);
}

function mark(input, reason) {
  if (!reason) return ["aria-invalid", "aria-describedby"].forEach((name) => input.removeAttribute(name));
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", reason);
}
