// A message at the bottom of the screen that goes away by itself and is told only once.

/** @import { Mounted, Trigger } from "../shared/types" */
/** @typedef {{ message: string, command: number | null, nonce: string }} ToastData */
/**
 * @typedef {{
 *   root: HTMLElement, status: HTMLElement, box: HTMLElement, send: Trigger,
 *   timer?: ReturnType<typeof setTimeout>,
 * }} Toast
 */

import { button, element, instance } from "../shared/elements.js";

export const styles = ["shared/shared.css", "toast/toast.css"];

const STAY = 10000;
const told = new Set();

/** @param {HTMLElement} root @returns {Toast} */
function createToast(root) {
  const held = /** @type {Toast} */ ({ root });
  held.status = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
  held.box = element("div", { class: "toast", popover: "manual", role: "group", "aria-label": "Message" });
  held.root.append(held.status, held.box);
  for (const kind of ["mouseenter", "focusin"]) held.box.addEventListener(kind, () => clearTimeout(held.timer));
  for (const kind of ["mouseleave", "focusout"]) held.box.addEventListener(kind, () => linger(held));
  return held;
}

/** @param {Toast} held */
function linger(held) {
  clearTimeout(held.timer);
  held.timer = setTimeout(() => hide(held), STAY);
}

/** @param {Toast} held */
function hide(held) {
  clearTimeout(held.timer);
  if (held.box.matches(":popover-open")) held.box.hidePopover();
  held.status.textContent = "";
}

/** @param {Toast} held @param {ToastData} data */
function tell(held, { message, command }) {
  hide(held);
  const undo = () => {
    hide(held);
    held.send("undo", command);
  };
  held.box.replaceChildren(
    element("span", {}, message),
    ...(command === null ? [] : [button("Undo", { class: "undo", onclick: undo })]),
    button("×", { class: "close", "aria-label": "Close", onclick: () => hide(held) }),
  );
  held.box.showPopover();
  held.status.textContent = message;
  linger(held);
}

/** @param {Mounted<ToastData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, createToast);
  held.send = setTriggerValue;
  const leave = () => clearTimeout(held.timer);
  if (!data.message || told.has(data.nonce)) return leave;
  told.add(data.nonce);
  tell(held, data);
  return leave;
}
