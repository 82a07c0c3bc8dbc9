// The coach's remarks: those of what is stored, as soon as it is. Only a row that somebody is still
// filling in for the first time has none yet, so that none comes and goes with each of its cells.

/** @import { Okrs } from "./index.js" */

import { element } from "../shared/elements.js";
import { entryAt, steadily } from "../grid/focus.js";

/** @type {WeakMap<HTMLElement, string>} */
const said = new WeakMap();

/** @param {Okrs} okrs */
export function watchFocus(okrs) {
  const { root } = okrs;
  const moveOn = () => {
    okrs.isPressed = false;
    steadily(root, () => showRemarks(okrs));
  };
  for (const kind of ["keyup", "click", "pointercancel"]) root.addEventListener(kind, moveOn);
  // A row that moves between press and release loses the click.
  root.addEventListener("pointerdown", () => (okrs.isPressed = true));
  root.addEventListener("pointerup", () => setTimeout(moveOn));
  root.addEventListener("focusout", ({ relatedTarget }) => {
    const stays = relatedTarget instanceof Node && root.contains(relatedTarget);
    if (!stays) setTimeout(moveOn);
  });
}

/** @param {Okrs} okrs */
export function showRemarks({ head, data, rows, root, isPressed }) {
  if (isPressed) return;
  const here = entryAt(root);
  remark(head.remarks, data.remarks);
  for (const row of rows.values()) {
    if (row.isFresh && row.node === here) continue;
    row.isFresh = row.isNew;
    remark(row.remarks, row.facts.remarks ?? []);
  }
}

/** @param {HTMLElement} list @param {string[]} reasons */
function remark(list, reasons) {
  const signature = reasons.join("\n");
  if ((said.get(list) ?? "") === signature) return;
  said.set(list, signature);
  const mark = () => element("i", { "aria-hidden": "true" }, "✎");
  list.replaceChildren(...reasons.map((reason) => element("li", {}, mark(), element("span", { class: "unseen" }, "The coach: "), reason)));
}
