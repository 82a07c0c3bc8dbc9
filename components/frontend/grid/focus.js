// Where the focus is, and where it goes.

import { focusedIn } from "../shared/elements.js";

/** @param {Element | null | undefined} input */
export function take(input) {
  if (!(input instanceof HTMLElement)) return;
  input.focus();
  if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) input.select();
}

/** @param {ParentNode} parent @param {string} selector */
export function focusOn(parent, selector) {
  const node = parent.querySelector(selector);
  if (node instanceof HTMLElement) node.focus();
}

/** @param {HTMLElement} root */
export function entryAt(root) {
  const active = focusedIn(root);
  return active && root.contains(active) ? active.closest(".entry") : null;
}

/** @param {HTMLElement} root @param {string} selector @returns {HTMLElement[]} */
export function reachable(root, selector) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const all = root.querySelectorAll(selector);
  return [...all].filter((input) => !input.disabled && input.getClientRects().length);
}

// What is made anew gives the focus back to the part that had it.
/** @param {HTMLElement} node @param {Element[]} children */
export function refill(node, children) {
  const active = focusedIn(node);
  const place = active ? [...node.children].indexOf(active) : -1;
  node.replaceChildren(...children);
  if (place < 0) return;
  const now = node.children[place];
  if (now instanceof HTMLElement) return now.focus();
  const entry = node.closest(".entry, .head");
  if (entry) focusOn(entry, "button, [data-field]:enabled");
}

// Whatever comes or goes above, the cell that is being typed in stays where it is on screen.
/** @param {HTMLElement} root @param {() => void} change */
export function steadily(root, change) {
  const active = entryAt(root) && focusedIn(root);
  const before = active?.getBoundingClientRect().top ?? 0;
  change();
  if (!active?.isConnected) return;
  const moved = active.getBoundingClientRect().top - before;
  if (moved) scrollerOf(active.parentElement)?.scrollBy({ top: moved, behavior: "instant" });
}

/** @param {Element | null} node @returns {Element | null} */
function scrollerOf(node) {
  if (!node) return null;
  const scrolls = node.scrollHeight > node.clientHeight && /auto|scroll/.test(getComputedStyle(node).overflowY);
  if (scrolls) return node;
  const root = node.getRootNode();
  return scrollerOf(node.parentElement ?? (root instanceof ShadowRoot ? root.host : null));
}
