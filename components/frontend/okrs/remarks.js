// The coach's remarks: they stay as they are while somebody types in a row, so that no line moves
// under their hands, and are brought up to date as they go to another one.

import { element } from "../shared/elements.js";
import { focused } from "./index.js";

export function watchFocus(table) {
  // Not as the focus comes: a row that moves between press and release loses the click.
  for (const kind of ["keyup", "click"]) table.root.addEventListener(kind, () => moveOn(table));
  table.root.addEventListener("focusout", ({ relatedTarget }) => {
    if (!table.root.contains(relatedTarget)) setTimeout(() => moveOn(table));
  });
}

function moveOn(table) {
  const entry = entryAt(table);
  if (entry && entry === table.typedIn) return;
  table.typedIn = entry;
  steadily(table, () => showRemarks(table));
}

export function entryAt(table) {
  const active = focused(table);
  return table.root.contains(active) ? active.closest(".entry") : null;
}

export function showRemarks(table) {
  remark(table.head.about, table.data.remarks);
  for (const row of table.rows.values()) remark(row.remarks, row.facts.remarks ?? []);
}

function remark(list, reasons) {
  const signature = reasons.join("\n");
  if (list.signature === signature) return;
  list.signature = signature;
  const mark = () => element("i", { "aria-hidden": "true" }, "✎");
  list.replaceChildren(...reasons.map((reason) => element("li", {}, mark(), element("span", { class: "unseen" }, "The coach: "), reason)));
}

// Whatever comes or goes above, the cell that is being typed in stays where it is on screen.
export function steadily(table, change) {
  const active = entryAt(table) && focused(table);
  const before = active?.getBoundingClientRect().top;
  change();
  const moved = active?.isConnected ? active.getBoundingClientRect().top - before : 0;
  if (moved) scrollerOf(table.root)?.scrollBy({ top: moved, behavior: "instant" });
}

function scrollerOf(node) {
  if (!node) return null;
  const scrolls = node.scrollHeight > node.clientHeight && /auto|scroll/.test(getComputedStyle(node).overflowY);
  return scrolls ? node : scrollerOf(node.parentElement ?? node.getRootNode().host);
}
