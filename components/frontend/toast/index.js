// A message at the bottom of the screen that goes away by itself and is told only once.

/** @typedef {{ message: string, command: number | null, nonce: string }} ToastData */

import { button, element } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "toast/toast.css"];

const STAY = 10000;
const told = new Set();

/** @extends {Shown<ToastData>} */
class Toast extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.status = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.box = element("div", { class: "toast", popover: "manual", role: "group", "aria-label": "Message" });
    root.append(this.status, this.box);
    this.leave = () => clearTimeout(this.timer);
    for (const kind of ["mouseenter", "focusin"]) this.box.addEventListener(kind, this.leave);
    for (const kind of ["mouseleave", "focusout"]) this.box.addEventListener(kind, () => this.linger());
  }

  render() {
    const { message, nonce } = this.data;
    if (!message || told.has(nonce)) return;
    told.add(nonce);
    this.tell();
  }

  tell() {
    const { message, command } = this.data;
    this.hide();
    const undo = () => {
      this.hide();
      this.send("undo", command);
    };
    this.box.replaceChildren(
      element("span", {}, message),
      ...(command === null ? [] : [button("Undo", { class: "undo", onclick: undo })]),
      button("×", { class: "close", "aria-label": "Close", onclick: () => this.hide() }),
    );
    this.box.showPopover();
    this.status.textContent = message;
    this.linger();
  }

  linger() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), STAY);
  }

  hide() {
    clearTimeout(this.timer);
    if (this.box.matches(":popover-open")) this.box.hidePopover();
    this.status.textContent = "";
  }
}

export default mounted(Toast);
