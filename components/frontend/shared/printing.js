// What prints a page, or saves it as a PDF: the browser does both.

import { button } from "./elements.js";

export function printButton() {
  return button("Print or PDF", { class: "print", onclick: () => window.print() });
}
