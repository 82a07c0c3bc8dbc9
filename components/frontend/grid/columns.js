// The heads of the columns, how wide they are, and what can be picked in them.

/** @import { Table } from "./types" */

import { element } from "../shared/elements.js";
import { fillList } from "./inputs.js";
import { buildNew, face } from "./new_row.js";

const LAST = "12rem";

/** @param {Table} table */
export function showColumns(table) {
  const { columns, add } = table.data;
  for (const { name, kind, names } of columns) if (kind === "pick") fillList(table, name, names);
  const signature = JSON.stringify([columns.map((column) => ({ ...column, names: null })), add]);
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
/** @param {Table} table */
function widen(table) {
  const { columns } = table.data;
  const widths = columns.map(({ width, grows }) => element("col", { style: grows ? null : `width: ${width}` }));
  const grows = columns.some((column) => column.grows);
  table.widths.replaceChildren(...widths, element("col", { style: grows ? `width: ${LAST}` : null }));
  table.scroll.style.setProperty("--least", `calc(${columns.map(({ width }) => width).join(" + ")} + ${LAST})`);
}
