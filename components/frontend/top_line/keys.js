// All keys that do something, in a dialog that “?” opens; until then there is none.

import { button, element } from "../shared/elements.js";
import { onShortcut } from "./shortcut.js";

/** @type {[string, string][]} */
const KEYS = [
  ["/", "Search KPIs, teams, objectives and key results"],
  ["?", "Show these keys"],
  ["Tab", "Go to the next link, button or field"],
  ["Enter", "Save what is typed; in a list, go on to the next"],
  ["↑ ↓", "In a list, go to the line above or below"],
  ["=", "Under Update, take the value before"],
  ["Esc", "Leave a field as it was, or close what is open"],
];

export class Keys {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.leave = onShortcut("?", () => this.open());
  }

  // A browser takes the focus back to where it was, and closes it on Esc.
  open() {
    if (this.root.querySelector("dialog")) return;
    const lines = KEYS.map(([key, does]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)));
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "keys", "aria-label": "Keys" }));
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(element("h2", {}, "Keys"), element("dl", {}, ...lines), button("Close", { class: "done", onclick: () => dialog.close() }));
    this.root.append(dialog);
    dialog.showModal();
  }
}
