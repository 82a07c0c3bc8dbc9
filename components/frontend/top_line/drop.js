// A button with what drops down from it: one at a time is open, Esc and a click elsewhere close it.

import { button, element, focusedIn } from "../shared/elements.js";

let count = 0;

export class Drop {
  /** @param {string} name @param {string} kind */
  constructor(name, kind) {
    this.name = name;
    const id = `drop-${++count}`;
    this.words = element("span", { class: "words" });
    this.button = button("", { class: "opens", "aria-haspopup": kind, "aria-expanded": "false", "aria-controls": id });
    this.button.append(this.words);
    this.panel = element("div", { class: "panel", id, hidden: true });
    this.root = element("div", { class: `drop ${name}` }, this.button, this.panel);
    this.button.addEventListener("click", () => (this.panel.hidden ? this.open() : this.close()));
    // Before the panel, which keeps its keys to itself.
    /** @param {KeyboardEvent} event */
    const leaveByKey = (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault();
      this.close();
    };
    this.root.addEventListener("keydown", leaveByKey, true);
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.root.contains(relatedTarget)) this.close(false);
    });
    /** @param {PointerEvent} event */
    const elsewhere = (event) => {
      if (!event.composedPath().includes(this.root)) this.close(false);
    };
    window.addEventListener("pointerdown", elsewhere, true);
    this.leave = () => window.removeEventListener("pointerdown", elsewhere, true);
  }

  open() {
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    // What would run over the edge of a narrow window begins further to the left.
    this.panel.style.translate = "";
    const over = this.panel.getBoundingClientRect().right + 8 - document.documentElement.clientWidth;
    if (over > 0) this.panel.style.translate = `${-over}px`;
  }

  // The focus goes back to the button, where it would be lost with what it was in.
  close(keepsFocus = true) {
    if (this.panel.hidden) return;
    const held = focusedIn(this.root);
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (keepsFocus && held instanceof Node && this.root.contains(held)) this.button.focus({ preventScroll: true });
  }
}
