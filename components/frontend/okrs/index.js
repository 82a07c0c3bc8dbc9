// The table of a team's objectives: cells keyed by row, so that whatever others add or remove
// in the meantime, what is typed stays in its own row.

/** @import { Mounted } from "../shared/types" */
/** @import { OkrsData, Row, Table } from "./types" */

import { Drafts } from "../editing/drafts.js";
import { Edits } from "../editing/edits.js";
import { NO_ANSWER } from "../editing/outbox.js";
import { isRefused } from "../editing/protocol.js";
import { element, emptiness, instance, keepKeys, leaveAtTouch, reveal } from "../shared/elements.js";
import { LISTS, NEEDED } from "./fields.js";
import { entryAt, focused, steadily } from "./focus.js";
import { createHead, showHead } from "./head.js";
import { offer } from "./lists.js";
import { placeRows, revive } from "./places.js";
import { showRemarks, watchFocus } from "./remarks.js";
import { kindOf } from "./rows.js";
import { nextChanges, object, renamed, saved } from "./sending.js";
import { quietAll, tellStanding, tellState } from "./state.js";

export const styles = ["shared/shared.css", "okrs/okrs.css"];
const COLUMNS = ["Key result", "Kind", "From", "To", "Unit", "Weight", "Owner", "Fed by KPI", "Now", ""];

/** @param {HTMLElement} root @returns {Table} */
function createTable(root) {
  const table = /** @type {Table} */ ({ root, rows: new Map(), offered: new Map(), typedIn: null, pointed: null });
  table.lists = new Map(Object.keys(LISTS).map((field) => [field, element("datalist", { id: `names-${field}` })]));
  table.order = [];
  table.orphans = [];
  table.head = createHead();
  table.empty = element("div");
  table.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...COLUMNS.map((name) => element("span", {}, name)));
  table.body = element("div", { class: "objectives" });
  table.edits = new Edits({
    post: (changes, token) => table.send("edit", { edits: changes.map(({ edit }) => edit), token }),
    late: (changes) => changes.forEach(({ row }) => tellState(row, NO_ANSWER)),
    isHere: () => root.isConnected,
    mayEdit: () => table.data.editable,
    version: () => table.data.version,
    next: () => nextChanges(table),
    renamed: (change, verdict) => renamed(table, change, verdict),
    saved: (change) => saved(table, change),
    refused: (change, verdict) => object(table, change, verdict),
    overtaken: ({ row }) => tellStanding(table, row),
  });
  root.append(...table.lists.values(), table.empty, table.head.node, table.columns, table.body);
  keepKeys(root);
  leaveAtTouch(root);
  watchFocus(table);
  return table;
}

/** @param {Table} table */
function render(table) {
  const { data } = table;
  if (table.place !== placeOf(data)) begin(table);
  for (const field of table.lists.keys()) offer(table, field, typedNow(table, field));
  table.empty.replaceChildren(...emptiness(data.empty));
  table.columns.hidden = !data.objectives.length;
  placeRows(table);
  showHead(table);
  if (!entryAt(table)) showRemarks(table);
}

/** @param {Table} table @param {string} field */
function typedNow(table, field) {
  const active = focused(table);
  return active instanceof HTMLInputElement && active.dataset.field === field ? active.value : "";
}

/** @param {OkrsData} data */
function placeOf({ person, place }) {
  return `${person} ${place}`;
}

/** @param {Table} table */
function begin(table) {
  const { data } = table;
  table.edits.begin(draftsOf(table));
  table.place = placeOf(data);
  table.nameless = data.person ? null : data.place;
  quietAll(table.head);
  table.rows.clear();
  table.order = [];
  table.orphans = [];
  table.body.replaceChildren();
  revive(table);
}

// What was typed before a name was picked is that person's, and saved now if it was left.
/** @param {Table} table */
function draftsOf(table) {
  const { data } = table;
  const drafts = new Drafts(`${placeOf(data)} okrs`);
  if (!data.person) return drafts;
  const nameless = table.nameless === data.place ? table.edits.drafts : new Drafts(`${placeOf({ ...data, person: "" })} okrs`);
  for (const [key, draft] of [...nameless.held]) {
    drafts.set(key, { ...draft, left: draft.left || isRefused(draft), refused: null });
    nameless.drop(key);
  }
  return drafts;
}

// What was just made is shown, and one goes on in it where something is still to be typed.
/** @param {Table} table */
function point(table) {
  const { focus } = table.data;
  if (!focus || table.pointed === focus) return;
  const row = table.rows.get(focus);
  if (!row) return;
  table.pointed = focus;
  reveal(row.line);
  if (!isTyping()) wanting(table, row)?.focus({ preventScroll: true });
}

/** @param {Table} table @param {Row} row */
function wanting(table, row) {
  const rows = row.target === "objective" ? row.kids : [row];
  const needed = rows.filter(({ id }) => id !== null).flatMap((one) => NEEDED[kindOf(table, one)].map((field) => one.cells.get(field)));
  return (needed.find((cell) => cell && !cell.input.value && !cell.input.disabled) ?? row.cells.get("name"))?.input;
}

function isTyping() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return Boolean(active?.matches("input, textarea, select, [contenteditable='true']"));
}

/** @param {Mounted<OkrsData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const table = instance(parentElement, createTable);
  table.data = data;
  table.send = setTriggerValue;
  if (table.place === placeOf(data)) table.edits.hear(data.answer);
  steadily(table, () => render(table));
  table.edits.hurry();
  point(table);
}
