// What was typed and done goes to the server one message after the other; each change in it is
// saved, logged and answered by itself.

import { button } from "../shared/elements.js";
import { drop } from "./index.js";
import { newToken } from "../editing/tokens.js";
import { FIELDS, LABELS } from "./fields.js";
import { draftKey, forget, take } from "./rows.js";
import { complain, isRefused, quiet, tellStanding, tellState } from "./state.js";

const ANSWER_WITHIN = 8000;
export const HURRY = 2500;

export function act(table, row, edit) {
  if (row.id === null) return;
  table.acts.push({ row, edit: { ...edit, target: row.target, id: row.id, seen: table.data.version }, stood: { ...row.facts }, mine: new Set() });
  quiet(row, null);
  tellState(row, "Saving…");
  pump(table);
}

// What is done with a row comes after what was typed is answered: it is about what then stands.
export function pump(table) {
  if (table.sending || !table.data.editable) return;
  let sent = table.drafts.left().map(([key, draft]) => editOf(table, key, draft)).filter(Boolean);
  if (!sent.length) sent = table.acts.splice(0).filter((one) => !isHeld(table, one)).map((one) => stamped(table, one));
  if (!sent.length) return;
  table.sending = { sent, token: newToken() };
  sendIt(table);
}

// No step is taken while something that was typed there was refused.
function isHeld(table, { row, edit }) {
  if (!edit.step) return false;
  const rows = row === table.head ? [...table.rows.values()] : [row, ...row.kids];
  if (!rows.some((one) => table.drafts.of(one.key).some(([, draft]) => isRefused(draft)))) return false;
  row.since = table.data.version;
  if (row.complaints.size) tellStanding(table, row);
  else complain(row, null, "Something typed here is not saved yet: look at it first.");
  return true;
}

// What one saved oneself since the click is no rival's change; what anybody else did is.
function stamped(table, one) {
  const { row, edit, stood, mine } = one;
  if (row === table.head && edit.step === "start") return { ...one, edit: { ...edit, ids: draftIds(table), seen: table.data.version } };
  const isRivals = (field) => field in stood && row.facts[field] !== stood[field] && !mine.has(field);
  if ([...FIELDS[row.target], "state"].some(isRivals)) return one;
  return { ...one, edit: { ...edit, seen: table.data.version } };
}

function draftIds(table) {
  return table.order.filter(({ id, facts }) => id !== null && facts.state === "draft").map(({ id }) => id);
}

function editOf(table, key, draft) {
  const row = table.rows.get(draft.row);
  if (!row || row.gone) return null;
  const text = draft.typed.trim();
  const { seen } = draft;
  if (row.id !== null) return { row, key, draft, edit: { do: "cell", target: row.target, id: row.id, field: draft.cell, typed: text, seen } };
  if (draft.cell !== "name" || (row.under && row.under.id === null)) return null;
  return { row, key, draft, edit: { do: "add", target: row.target, name: text, under: row.under?.id ?? null, seen } };
}

export function sendIt(table) {
  const { sent, token } = table.sending;
  table.sending.at = Date.now();
  clearTimeout(table.waitingFor);
  table.waitingFor = setTimeout(() => sendAgain(table), ANSWER_WITHIN);
  table.send("edit", { edits: sent.map(({ edit }) => edit), token });
}

// The same said twice is one change, so that to send it again is safe.
function sendAgain(table) {
  if (!table.sending || !table.root.isConnected) return;
  for (const { row } of table.sending.sent) tellState(row, "No answer yet: kept here, sent again by itself.");
  sendIt(table);
}

export function hear(table, answer) {
  if (!table.sending || answer?.token !== table.sending.token) return;
  clearTimeout(table.waitingFor);
  const { sent } = table.sending;
  table.sending = null;
  sent.forEach((one, at) => settle(table, one, answer.answers[at] ?? { kind: "refused", message: "" }));
}

function settle(table, one, answer) {
  const { row, key, draft, edit } = one;
  if (answer.kind === "saved" && edit.do === "add") name(table, row, answer.id);
  const place = key && draftKey(row, draft.cell);
  const held = key && (table.drafts.get(key) ?? table.drafts.get(place));
  const isSame = held?.typed === draft?.typed;
  if (answer.kind !== "saved") {
    if (!isSame) return tellStanding(table, row);
    if (held) table.drafts.set(place, { ...held, left: false, refused: draft.typed, answer });
    return object(table, one, answer);
  }
  if (held && isSame) table.drafts.drop(place);
  else if (held) table.drafts.set(place, { ...held, seen: table.data.version });
  row.saved = true;
  const field = edit.do === "add" ? "name" : edit.field;
  // A KPI brings its unit, and a step its state.
  const touched = [field, field === "kpi" && "unit", edit.step && "state"];
  for (const other of table.acts) if (other.row === row) touched.forEach((each) => other.mine.add(each));
  if (field) {
    row.cells.get(field).tick.textContent = "✓";
    quiet(row, field);
  }
  tellStanding(table, row);
}

// A new row gets its key: its nodes stay, so that whoever types in it notices nothing.
function name(table, row, id) {
  const before = row.key;
  const drafts = table.drafts.of(before);
  const key = `${row.target} ${id}`;
  const twin = table.rows.get(key);
  if (twin && twin !== row) drop(table, twin);
  table.rows.delete(before);
  Object.assign(row, { key, id, waits: table.data.version });
  table.rows.set(key, row);
  for (const [old, draft] of drafts) {
    table.drafts.drop(old);
    table.drafts.set(draftKey(row, draft.cell), { ...draft, row: key, seen: table.data.version });
  }
  for (const [old, draft] of table.drafts.held) if (draft.under === before) table.drafts.set(old, { ...draft, under: key });
}

// What was refused before a reload is said again.
export function recall(table, row) {
  for (const [key, draft] of table.drafts.of(row.key)) {
    if (isRefused(draft)) object(table, { row, key, draft, edit: {} }, draft.answer ?? { kind: "refused" });
  }
}

function object(table, { row, key, draft, edit }, answer) {
  const { kind, message, theirs } = answer;
  const field = draft?.cell ?? null;
  row.since = table.data.version;
  if (kind !== "conflict" && edit.step) return complain(row, field, message, waysTo(table, answer), "! Not done");
  if (kind !== "conflict" || !theirs) return complain(row, field, message || "This was not saved. Please try again.");
  if (row === table.head) return complain(row, field, `${contested(theirs)} Look again before you go on.`);
  if (!key) {
    const again = { ...edit, seen: theirs.version };
    return complain(row, field, `${contested(theirs)} Look again before you go on.`, [
      button("Let it be", { onclick: () => letBe(table, row) }),
      button("Do it all the same", { class: "primary", onclick: () => act(table, row, again) }),
    ]);
  }
  const place = draftKey(row, draft.cell);
  const mine = draft.typed.trim() || "nothing";
  const insist = () => {
    quiet(row, field);
    table.drafts.set(place, { ...table.drafts.get(place), refused: null, left: true, seen: theirs.version });
    tellStanding(table, row);
    pump(table);
  };
  const again = () => {
    quiet(row, field);
    table.drafts.set(place, { ...table.drafts.get(place), refused: null, seen: theirs.version });
    tellStanding(table, row);
    take(row.cells.get(field).input);
  };
  return complain(row, field, `${contested(theirs)} You typed ${mine}.`, [
    button(theirs.text ? `Keep ${theirs.text}` : "Keep it empty", { onclick: () => forget(table, row, field) }),
    button("Type another", { onclick: again }),
    button(`Save ${mine}`, { class: "primary", onclick: insist }),
  ]);
}

// What a step still needs may stand far below what says so.
function waysTo(table, { target, id, field }) {
  const input = table.rows.get(`${target} ${id}`)?.cells.get(field)?.input;
  return input ? [button("Go to the first", { class: "primary", onclick: () => take(input) })] : [];
}

export function letBe(table, row) {
  quiet(row, null);
  tellStanding(table, row);
}

function contested({ who, text, field }) {
  const cell = LABELS[field] ?? "something here";
  return `${who ?? "Somebody"} has changed “${cell.toLowerCase()}” to ${text || "nothing"} meanwhile.`;
}
