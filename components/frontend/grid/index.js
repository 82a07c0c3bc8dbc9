// A table to type in: a cell is sent as it is left, and rows are known by their key, so that
// whoever adds or removes one meanwhile takes nothing from what is being typed.

/** @import { Mounted } from "../shared/types" */
/** @import { Row, Table, TableData } from "./types" */

import { Drafts } from "../editing/drafts.js";
import { Edits } from "../editing/edits.js";
import { NO_ANSWER } from "../editing/outbox.js";
import { arrange, button, element, emptiness, instance, keepKeys, leaveAtTouch } from "../shared/elements.js";
import { dropRow } from "./away.js";
import { showColumns } from "./columns.js";
import { addRow, askNew, newKey, welcome } from "./new_row.js";
import { offer } from "./offer.js";
import { pastedInForm } from "./paste.js";
import { createRow, showRow } from "./row.js";
import { nextChange, refused, saved } from "./sending.js";
import { NOT_YET, complain, draftsOf, keyOf, note, tellState } from "./state.js";

export const styles = ["shared/shared.css", "grid/grid.css"];

/** @param {HTMLElement} root @returns {Table} */
function createTable(root) {
  const table = /** @type {Table} */ ({ root, rows: new Map(), lists: new Map(), nameless: false, typing: false, shown: "" });
  table.widths = element("colgroup");
  table.head = element("thead");
  table.body = element("tbody");
  table.empty = element("div");
  table.more = element("p", { class: "more" });
  table.held = element("p", { class: "more", role: "status" });
  table.told = element("p", { class: "message", role: "alert" });
  table.fresh = element("form", { class: "fresh", hidden: true, novalidate: true, autocomplete: "off" });
  table.adding = button("", { class: "add", onclick: () => askNew(table) });
  table.datalists = element("div", { hidden: true });
  table.scroll = element("div", { class: "scroll" }, element("table", {}, table.widths, table.head, table.body));
  table.edits = new Edits({
    post: ([{ edit }], token) => {
      const { table: name, place } = table.data;
      table.trigger("edit", { table: name, place, ...edit, token });
    },
    late: ([{ row }]) => row && tellState(row, NO_ANSWER),
    isHere: () => root.isConnected,
    mayEdit: () => table.data.editable,
    version: () => table.data.version,
    next: () => nextChange(table),
    saved: (change, verdict) => saved(table, change, verdict),
    refused: (change, verdict) => refused(table, change, verdict),
    overtaken: ({ row }) => row && tellState(row, NOT_YET),
  });
  root.append(table.adding, table.fresh, table.empty, table.scroll, table.held, table.more, table.datalists);
  table.fresh.addEventListener("paste", (event) => pastedInForm(table, event));
  table.fresh.addEventListener("submit", (event) => {
    event.preventDefault();
    addRow(table);
  });
  keepKeys(root);
  leaveAtTouch(root);
  new ResizeObserver(() => stayInSight(table)).observe(root);
  return table;
}

// It ends where the window does, so that its scrollbar is not to be looked for below.
/** @param {Table} table */
function stayInSight(table) {
  const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
  const above = Math.round(table.scroll.getBoundingClientRect().top + scrolled);
  table.scroll.style.setProperty("--above", `${above}px`);
}

/** @param {Table} table */
function begin(table) {
  const { data } = table;
  table.shown = shownOf(data);
  const nameless = table.nameless ? [...table.edits.drafts.held] : [];
  table.edits.begin(new Drafts(`table ${data.person}`));
  // What was typed before a name was picked is that person's.
  for (const [key, draft] of nameless) table.edits.drafts.set(key, { ...draft, left: false, refused: null });
  table.nameless = !data.person;
  table.body.replaceChildren();
  table.rows.clear();
  table.columns = null;
  table.fresh.hidden = true;
}

/** @param {TableData} data */
function shownOf({ person, table, place }) {
  return `${person} ${table} ${place}`;
}

/** @param {Table} table */
function render(table) {
  const { data } = table;
  if (table.shown !== shownOf(data)) begin(table);
  showColumns(table);
  table.empty.replaceChildren(...emptiness(data.empty));
  /** @type {HTMLElement[]} */
  const nodes = [];
  const waiting = new Map(table.rows);
  for (const facts of data.rows) {
    const key = `${data.table} ${facts.id}`;
    const row = table.rows.get(key) ?? createRow(table, key, facts);
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
/** @param {Table} table @param {Map<string, Row>} waiting @param {HTMLElement[]} nodes */
function lingering(table, waiting, nodes) {
  for (const [key, row] of waiting) {
    if (!draftsOf(table, key).length && !table.edits.isOnItsWay(key)) {
      table.rows.delete(key);
      continue;
    }
    const at = [...table.body.children].indexOf(row.node);
    nodes.splice(Math.min(at < 0 ? nodes.length : at, nodes.length), 0, ...row.nodes);
    const drop = () => {
      dropRow(table, row);
      holding(table);
    };
    if (!row.message.textContent)
      complain(row, null, "This row is no longer listed here. What you typed is kept.", [button("Drop what I typed", { onclick: drop })]);
  }
}

// What is typed stands in no cell that is shown: of a row behind the search, or of another team.
/** @param {Table} table */
function holding(table) {
  const kept = [...table.edits.drafts.held].filter(([, { row }]) => row.startsWith(`${table.data.table} `) && row !== newKey(table));
  const away = new Set(kept.filter(([key, { row, cell }]) => !table.rows.has(row) || key !== keyOf(table, row, cell)).map(([, { row }]) => row));
  table.held.textContent = away.size ? `◌ Typed and not saved yet in ${away.size} more not shown here.` : "";
}

/** @param {Table} table */
function tried(table) {
  const { tried: heard } = table.data;
  const row = heard && table.rows.get(`${table.data.table} ${heard.id}`);
  const draft = row && table.edits.drafts.get(keyOf(table, row.key, heard.cell));
  // Why it was refused is told once.
  if (draft && draft.typed === heard.typed && draft.refused !== heard.typed) note(row, heard.cell, heard);
}

/** @param {Mounted<TableData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const table = instance(parentElement, createTable);
  const same = table.shown === shownOf(data);
  table.data = data;
  table.trigger = setTriggerValue;
  if (same) table.edits.hear(data.answer);
  render(table);
  table.edits.hurry();
}
