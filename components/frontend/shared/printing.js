// What prints a page, or saves it as a PDF: the browser does both.

import { button } from "./elements.js";

export function printButton() {
  return button("Print or PDF", { class: "print", onclick: () => window.print() });
}

// A field cuts what is longer than it is: on paper, cells are words.
/** @param {HTMLElement} root */
export function printWhole(root) {
  const write = () => {
    if (!root.isConnected) return window.removeEventListener("beforeprint", write);
    for (const field of root.querySelectorAll(".row :is(input:not([type=checkbox]), select, textarea)")) {
      const { value, selectedOptions } = /** @type {HTMLSelectElement} */ (field);
      /** @type {HTMLElement} */ (field.parentElement).dataset.typed = selectedOptions?.[0]?.text ?? value;
    }
  };
  window.addEventListener("beforeprint", write);
}
