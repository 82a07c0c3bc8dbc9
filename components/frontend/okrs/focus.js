// Where the focus is, and where it goes.

/** @import { Table } from "./types" */

import { focusedIn } from "../shared/elements.js";

/** @param {Table} table */
export function focused(table) {
  return focusedIn(table.root);
}

/** @param {Table} table */
export function entryAt(table) {
  const active = focused(table);
  return active && table.root.contains(active) ? active.closest(".entry") : null;
}

/** @param {ParentNode} parent @param {string} selector */
export function focusOn(parent, selector) {
  const node = parent.querySelector(selector);
  if (node instanceof HTMLElement) node.focus();
}

// What is made anew gives the focus back to the part that had it.
/** @param {Table} table @param {HTMLElement} node @param {() => void} change */
export function keepFocus(table, node, change) {
  const active = focused(table);
  const place = active ? [...node.children].indexOf(active) : -1;
  change();
  if (place < 0) return;
  const now = node.children[place];
  if (now instanceof HTMLElement) return now.focus();
  const entry = node.closest(".entry, .head");
  if (entry) focusOn(entry, "button, [data-field]:enabled");
}

// Whatever comes or goes above, the cell that is being typed in stays where it is on screen.
/** @param {Table} table @param {() => void} change */
export function steadily(table, change) {
  const active = entryAt(table) && focused(table);
  const before = active?.getBoundingClientRect().top ?? 0;
  change();
  const moved = active?.isConnected ? active.getBoundingClientRect().top - before : 0;
  if (moved) scrollerOf(table.root)?.scrollBy({ top: moved, behavior: "instant" });
}

/** @param {Element | null} node @returns {Element | null} */
function scrollerOf(node) {
  if (!node) return null;
  const scrolls = node.scrollHeight > node.clientHeight && /auto|scroll/.test(getComputedStyle(node).overflowY);
  if (scrolls) return node;
  const root = node.getRootNode();
  return scrollerOf(node.parentElement ?? (root instanceof ShadowRoot ? root.host : null));
}
