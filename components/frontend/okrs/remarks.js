// The coach's remarks: they stay as they are while somebody types in a row, so that no line moves
// under their hands, and are brought up to date as they go to another one.

/** @import { Table } from "./types" */

import { element } from "../shared/elements.js";
import { entryAt, steadily } from "./focus.js";

/** @type {WeakMap<HTMLElement, string>} */
const said = new WeakMap();

/** @param {Table} table */
export function watchFocus(table) {
  // Not as the focus comes: a row that moves between press and release loses the click.
  for (const kind of ["keyup", "click"]) table.root.addEventListener(kind, () => moveOn(table));
  table.root.addEventListener("focusout", ({ relatedTarget }) => {
    const stays = relatedTarget instanceof Node && table.root.contains(relatedTarget);
    if (!stays) setTimeout(() => moveOn(table));
  });
}

/** @param {Table} table */
function moveOn(table) {
  const entry = entryAt(table);
  if (entry && entry === table.typedIn) return;
  table.typedIn = entry;
  steadily(table, () => showRemarks(table));
}

/** @param {Table} table */
export function showRemarks(table) {
  remark(table.head.about, table.data.remarks);
  for (const row of table.rows.values()) remark(row.remarks, row.facts.remarks ?? []);
}

/** @param {HTMLElement} list @param {string[]} reasons */
function remark(list, reasons) {
  const signature = reasons.join("\n");
  if ((said.get(list) ?? "") === signature) return;
  said.set(list, signature);
  const mark = () => element("i", { "aria-hidden": "true" }, "✎");
  list.replaceChildren(...reasons.map((reason) => element("li", {}, mark(), element("span", { class: "unseen" }, "The coach: "), reason)));
}
