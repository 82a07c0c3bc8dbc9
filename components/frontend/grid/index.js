// A table to type in: a cell is sent as it is left, and rows are known by their key, so that
// whoever adds or removes one meanwhile takes nothing from what is being typed.

import { contested } from "../editing/questions.js";
import { Drafts } from "../editing/drafts.js";
import { newToken } from "../editing/tokens.js";
import { arrange, button, element, emptiness, instance, keepKeys, leaveAtTouch } from "../shared/elements.js";
import { dropRow, heardArchived, heardHanded } from "./away.js";
import { addRow, askNew, buildNew, face, heardNew, newKey, welcome } from "./new_row.js";
import { offer } from "./offer.js";
import { pastedInForm } from "./paste.js";
import { NOT_SAVED, complain, createRow, draftsOf, fill, keyOf, note, quiet, showRow, tellState } from "./row.js";

export const styles = ["shared/shared.css", "grid/grid.css"];

const ANSWER_WITHIN = 8000;
const HURRY = 2500;
const TRY_AFTER = 400;
const LAST = "12rem";

function createTable(root) {
  const table = { root, rows: new Map(), lists: new Map() };
  table.widths = element("colgroup");
  table.head = element("thead");
  table.body = element("tbody");
  table.empty = element("div");
  table.more = element("p", { class: "more" });
  table.held = element("p", { class: "more", role: "status" });
  table.fresh = element("form", { class: "fresh", hidden: true, novalidate: true, autocomplete: "off" });
  table.adding = button("", { class: "add", onclick: () => askNew(table) });
  table.datalists = element("div", { hidden: true });
  table.scroll = element("div", { class: "scroll" }, element("table", {}, table.widths, table.head, table.body));
  table.root.append(table.adding, table.fresh, table.empty, table.scroll, table.held, table.more, table.datalists);
  table.fresh.addEventListener("paste", (event) => pastedInForm(table, event));
  table.fresh.addEventListener("submit", (event) => {
    event.preventDefault();
    addRow(table);
  });
  keepKeys(table.root);
  leaveAtTouch(table.root);
  new ResizeObserver(() => stayInSight(table)).observe(table.root);
  return table;
}

// It ends where the window does, so that its scrollbar is not to be looked for below.
function stayInSight(table) {
  const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
  const above = Math.round(table.scroll.getBoundingClientRect().top + scrolled);
  table.scroll.style.setProperty("--above", `${above}px`);
}

function begin(table) {
  const { data } = table;
  table.shown = shownOf(data);
  const nameless = table.nameless ? [...table.drafts.held] : [];
  table.drafts = new Drafts(`table ${data.person}`);
  // What was typed before a name was picked is that person's.
  for (const [key, draft] of nameless) table.drafts.set(key, { ...draft, left: false, refused: null });
  table.nameless = !data.person;
  table.sending = null;
  table.body.replaceChildren();
  table.rows.clear();
  table.columns = null;
  table.fresh.hidden = true;
}

function shownOf({ person, table, place }) {
  return `${person} ${table} ${place}`;
}

function render(table) {
  const { data } = table;
  if (table.shown !== shownOf(data)) begin(table);
  columnsOf(table);
  table.empty.replaceChildren(...emptiness(data.empty));
  const nodes = [];
  const waiting = new Map(table.rows);
  for (const facts of data.rows) {
    const key = `${data.table} ${facts.id}`;
    const row = table.rows.get(key) ?? createRow(table, key);
    table.rows.set(key, row);
    waiting.delete(key);
    showRow(table, row, facts);
    nodes.push(...row.nodes);
  }
  table.scroll.hidden = !data.rows.length && !waiting.size;
  table.more.textContent = data.more;
  lingering(table, waiting, nodes);
  arrange(table.body, nodes);
  holding(table);
  stayInSight(table);
  welcome(table);
  offer(table);
  tried(table);
}

// A row that is no longer listed stays as long as something typed in it is not safe.
function lingering(table, waiting, nodes) {
  for (const [key, row] of waiting) {
    if (!draftsOf(table, key).length && table.sending?.row !== row) {
      table.rows.delete(key);
      continue;
    }
    const at = [...table.body.children].indexOf(row.node);
    nodes.splice(Math.min(at < 0 ? nodes.length : at, nodes.length), 0, ...row.nodes);
    if (!row.message.textContent)
      complain(row, null, "This row is no longer listed here. What you typed is kept.", [
        button("Drop what I typed", { onclick: () => dropRow(table, row) }),
      ]);
  }
}

// What is typed stands in no cell that is shown: of a row behind the search, or of another team.
export function holding(table) {
  const kept = [...table.drafts.held].filter(([, { row }]) => row.startsWith(`${table.data.table} `) && row !== newKey(table));
  const away = new Set(kept.filter(([key, { row, cell }]) => !table.rows.has(row) || key !== keyOf(table, row, cell)).map(([, { row }]) => row));
  table.held.textContent = away.size ? `◌ Typed and not saved yet in ${away.size} more not shown here.` : "";
}

function columnsOf(table) {
  const { columns, add } = table.data;
  for (const { name, kind, names } of columns) if (kind === "pick") fillList(table, name, names);
  const picked = columns.map((column) => ({ ...column, names: null }));
  const signature = JSON.stringify([picked, add]);
  face(table);
  if (table.columns === signature) return;
  table.columns = signature;
  const heads = columns.map(({ label, kind, hint, tip }) => element("th", { scope: "col", class: kind, title: tip || hint || null }, label));
  table.head.replaceChildren(element("tr", {}, ...heads, element("th", { scope: "col" }, element("span", { class: "unseen" }, "Saved?"))));
  widen(table);
  table.adding.textContent = add;
  buildNew(table);
}

// Some columns share what room is left; where none does, it stays empty at the end.
function widen(table) {
  const { columns } = table.data;
  const widths = columns.map(({ width, grows }) => element("col", { style: grows ? null : `width: ${width}` }));
  const grows = columns.some((column) => column.grows);
  table.widths.replaceChildren(...widths, element("col", { style: grows ? `width: ${LAST}` : null }));
  table.scroll.style.setProperty("--least", `calc(${columns.map(({ width }) => width).join(" + ")} + ${LAST})`);
}

export function fillList(table, name, choices) {
  const id = `choices-${table.data.table}-${name}`;
  let list = table.lists.get(id);
  if (!list) {
    list = element("datalist", { id });
    table.lists.set(id, list);
    table.datalists.append(list);
  }
  if (list.children.length === choices.length && choices.every((one, at) => list.children[at].value === one)) return;
  list.replaceChildren(...choices.map((choice) => element("option", { value: choice })));
}

export function pump(table) {
  if (table.sending || !table.data.editable) return;
  for (const [key, draft] of table.drafts.left()) {
    const row = table.rows.get(draft.row);
    if (!row || key !== keyOf(table, draft.row, draft.cell)) continue;
    const drafts = beside(table, row, key, draft);
    const cells = Object.fromEntries(drafts.map(([, one]) => [one.cell, one.typed.trim()]));
    const seen = Math.min(...drafts.map(([, one]) => one.seen));
    send(table, { row, drafts, edit: { id: row.facts.id, cells, seen } });
    return;
  }
}

// Cells that bound each other are saved together: a low above the old high is no mistake yet.
function beside(table, row, key, draft) {
  const group = (cell) => table.data.columns.find(({ name }) => name === cell)?.together || cell;
  return draftsOf(table, row.key).filter(([other, { cell }]) => other === key || group(cell) === group(draft.cell));
}

export function send(table, sending) {
  table.sending = { ...sending, token: newToken() };
  table.typing = false;
  if (sending.row) tellState(sending.row, "Saving…");
  sendIt(table);
}

function sendIt(table) {
  const { edit, token } = table.sending;
  table.sending.at = Date.now();
  clearTimeout(table.waiting);
  table.waiting = setTimeout(() => sendAgain(table), ANSWER_WITHIN);
  table.trigger("edit", { table: table.data.table, place: table.data.place, ...edit, token });
}

// The same said twice is one change, so that to send it again is safe.
function sendAgain(table) {
  if (!table.sending || !table.root.isConnected) return;
  if (table.sending.row) tellState(table.sending.row, "No answer yet: kept here, sent again by itself.");
  sendIt(table);
}

function hear(table, answer) {
  const sending = table.sending;
  if (!sending || answer?.token !== sending.token) return;
  clearTimeout(table.waiting);
  table.sending = null;
  if (sending.added) heardNew(table, answer);
  else if (sending.handed) heardHanded(table, sending.row, answer);
  else if (sending.archived) heardArchived(table, sending.row, answer);
  else heardCells(table, sending, answer);
}

function heardCells(table, sending, answer) {
  for (const [key, was] of sending.drafts) {
    const now = table.drafts.get(key);
    if (!now) continue;
    if (answer.kind !== "saved") table.drafts.set(key, { ...now, left: false, refused: was.typed });
    else if (now.typed === was.typed) table.drafts.drop(key);
  }
  if (answer.kind !== "saved") {
    object(table, sending, answer);
    return;
  }
  const { row } = sending;
  row.saved = true;
  const drafts = draftsOf(table, row.key);
  // What was refused beside it stays marked until it is put right.
  if (drafts.some(([, { typed, refused }]) => refused === typed)) {
    tellState(row, "! Not saved");
    return;
  }
  // What is asked about meanwhile waits for its answer.
  if (!row.asked.children.length) quiet(row);
  tellState(row, drafts.length ? "◌ Not saved yet" : "✓ Saved");
}

function object(table, { row, drafts }, { kind, message, field, theirs }) {
  const [key, draft] = drafts.find(([, one]) => one.cell === (theirs?.field ?? field)) ?? drafts[0];
  const mine = draft.typed.trim() || "nothing";
  const again = (changes) => () => {
    quiet(row);
    table.drafts.set(key, { ...table.drafts.get(key), refused: null, ...changes });
    if (changes.left) pump(table);
    else row.cells.get(draft.cell)?.focus();
  };
  const keep = () => {
    table.drafts.drop(key);
    quiet(row);
    fill(table, row);
    note(row, draft.cell, row.facts.notes[draft.cell]);
    tellState(row, "");
  };
  if (kind === "conflict" && theirs)
    complain(row, draft.cell, contested(theirs, mine), [
      button(theirs.value === null ? "Keep it empty" : `Keep ${theirs.value}`, { onclick: keep }),
      button("Type another", { onclick: again({ seen: theirs.version }) }),
      button(`Save ${mine}`, { class: "primary", onclick: again({ left: true, seen: theirs.version }) }),
    ]);
  else complain(row, draft.cell, message || NOT_SAVED);
  comeBack(table, row, draft.cell);
}

// Back to what was not taken, unless something else is typed or done meanwhile.
function comeBack(table, row, cell) {
  const at = table.root.getRootNode().activeElement;
  const free = at ? at.closest(".row") : document.activeElement === document.body;
  if (free && !table.typing) row.cells.get(cell)?.focus();
}

// Checked while it is typed, and saved only when the cell is left.
export function tryCell(table, row, cell) {
  clearTimeout(table.trying);
  table.trying = setTimeout(() => {
    const typed = table.drafts.get(keyOf(table, row.key, cell))?.typed;
    if (typed) table.trigger("try", { table: table.data.table, id: row.facts.id, cell, typed, nonce: newToken() });
  }, TRY_AFTER);
}

function tried(table) {
  const { tried: heard } = table.data;
  const row = heard && table.rows.get(`${table.data.table} ${heard.id}`);
  const draft = row && table.drafts.get(keyOf(table, row.key, heard.cell));
  // Why it was refused is told once.
  if (draft && draft.typed === heard.typed && draft.refused !== heard.typed) note(row, heard.cell, heard);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const table = instance(parentElement, createTable);
  const same = table.shown === shownOf(data);
  table.data = data;
  table.trigger = setTriggerValue;
  if (same) hear(table, data.answer);
  render(table);
  if (table.sending && Date.now() - table.sending.at > HURRY) sendIt(table);
  pump(table);
}
