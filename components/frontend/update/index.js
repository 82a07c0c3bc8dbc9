// The list of what is one's own. Rows stay where they are until the page is opened anew.

/** @import { Mounted } from "../shared/types" */
/** @import { List, Row, Section, SectionParts, UpdateData } from "./types" */

import { Drafts } from "../editing/drafts.js";
import { Edits } from "../editing/edits.js";
import { NO_ANSWER } from "../editing/outbox.js";
import { arrange, element, emptiness, heading, instance, keepKeys, leaveAtTouch } from "../shared/elements.js";
import { createRow, showRow } from "./row.js";
import { nextChange, object } from "./sending.js";
import { NOT_YET, tellState } from "./state.js";

export const styles = ["shared/shared.css", "update/update.css"];

/** @type {[Section, string][]} */
const SECTIONS = [["due", "Due"], ["late", "Late"], ["early", "Early"]];
const COLUMNS = ["", "last", "new", "confidence", "comment", "blocked by", ""];

/** @param {HTMLElement} root @returns {List} */
function createList(root) {
  const list = /** @type {List} */ ({ root, rows: new Map(), sections: new Map() });
  list.head = element("div", { class: "head" });
  list.sentence = element("p", { class: "sentence", role: "status" });
  list.empty = element("div");
  list.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...COLUMNS.map((name) => element("span", {}, name)));
  for (const [section, title] of SECTIONS) {
    const head = element("h3", {}, title);
    const body = element("div", { class: "rows" });
    const node = element("section", { class: section, "aria-label": title }, head, body);
    list.sections.set(section, { title, head, body, node });
  }
  list.edits = new Edits({
    post: ([{ edit }], token) => list.send("edit", { ...edit, token }),
    late: ([{ row }]) => tellState(row, NO_ANSWER),
    isHere: () => root.isConnected,
    mayEdit: () => list.data.editable,
    version: () => list.data.version,
    next: () => nextChange(list),
    saved: ({ row }) => settleRow(list, row),
    refused: (change, verdict) => object(list, change, verdict),
    overtaken: ({ row }) => tellState(row, NOT_YET),
  });
  root.append(list.head, list.empty, list.columns, ...[...list.sections.values()].map(({ node }) => node));
  keepKeys(root);
  leaveAtTouch(root);
  return list;
}

/** @param {List} list */
function render(list) {
  const { data } = list;
  if (list.person !== data.person) begin(list);
  list.head.replaceChildren(heading("Update", "type, Enter, done"), list.sentence);
  if (list.sentence.textContent !== data.sentence) list.sentence.textContent = data.sentence;
  list.empty.replaceChildren(...emptiness(data.empty));
  list.columns.hidden = !data.rows.length;
  const shown = new Set();
  for (const facts of data.rows) {
    const key = `${facts.target} ${facts.id}`;
    const row = list.rows.get(key) ?? createRow(list, key, facts);
    list.rows.set(key, row);
    shown.add(row);
    showRow(list, row, facts);
  }
  for (const [key, row] of list.rows) if (!shown.has(row)) list.rows.delete(key);
  for (const [section, parts] of list.sections) arrangeSection(list, section, parts);
}

/** @param {List} list */
function begin(list) {
  list.person = list.data.person;
  list.edits.begin(new Drafts(list.person));
  for (const row of list.rows.values()) row.node.remove();
  list.rows.clear();
}

// Order is that of the first sight: a saved row does not jump away under one's fingers.
/** @param {List} list @param {Section} section @param {SectionParts} parts */
function arrangeSection(list, section, { title, head, body, node }) {
  const rows = [...list.rows.values()].filter((row) => row.place === section);
  const open = rows.filter((row) => row.facts.section === section).length;
  head.textContent = rows.length && !open ? `${title}: all done ✓` : `${title} (${open})`;
  node.hidden = !rows.length;
  const nodes = rows.map((row) => row.node);
  if (body.children.length !== nodes.length || nodes.some((one, at) => body.children[at] !== one)) arrange(body, nodes);
}

/** @param {List} list @param {Row} row */
function settleRow(list, row) {
  row.saved = true;
  tellState(row, list.edits.drafts.of(row.key).length ? NOT_YET : "✓ Saved");
}

/** @param {List} list */
function focusFirst(list) {
  if (list.focused || !list.data.rows.length) return;
  list.focused = true;
  const free = document.activeElement === document.body || document.activeElement === null;
  const first = /** @type {HTMLInputElement | null} */ (list.root.querySelector(".row:not(.closed) input.value"));
  if (free && first && list.data.editable && !window.matchMedia("(pointer: coarse)").matches) first.focus();
}

/** @param {Mounted<UpdateData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const list = instance(parentElement, createList);
  list.data = data;
  list.send = setTriggerValue;
  if (list.person === data.person) list.edits.hear(data.answer);
  render(list);
  list.edits.hurry();
  focusFirst(list);
}
