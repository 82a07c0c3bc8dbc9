// Carries “open this” across the elements of a page.

/** @import { Opening, Trigger } from "./types" */

const OPEN = "milepost:open";

// Whoever shows the thing takes the event; where nobody does, the page is asked.
/** @param {Trigger} send @param {string} target @param {number} id */
export function open(send, target, id, edit = false) {
  const event = new CustomEvent(OPEN, { detail: { target, id, edit }, cancelable: true });
  if (window.dispatchEvent(event)) send("open", { target, id });
}

/** @param {string} target @param {(id: number, edit: boolean) => boolean} act @returns {() => void} */
export function onOpen(target, act) {
  /** @param {Event} event */
  const hear = (event) => {
    const { detail } = /** @type {CustomEvent<Opening>} */ (event);
    if (detail.target === target && act(detail.id, detail.edit)) event.preventDefault();
  };
  window.addEventListener(OPEN, hear);
  return () => window.removeEventListener(OPEN, hear);
}
