// The coach's remarks: they stay as they are while somebody types in a row, so that no line moves
// under their hands, and are brought up to date as they go to another one.

/** @import { Okrs } from "./index.js" */

import { element } from "../shared/elements.js";
import { entryAt, steadily } from "../grid/focus.js";

/** @type {WeakMap<HTMLElement, string>} */
const said = new WeakMap();

/** @param {Okrs} okrs */
export function watchFocus(okrs) {
  const { root } = okrs;
  /** @type {Element | null} */
  let typedIn = null;
  const moveOn = () => {
    const entry = entryAt(root);
    if (entry && entry === typedIn) return;
    typedIn = entry;
    steadily(root, () => showRemarks(okrs));
  };
  // Not as the focus comes: a row that moves between press and release loses the click.
  for (const kind of ["keyup", "click"]) root.addEventListener(kind, moveOn);
  root.addEventListener("focusout", ({ relatedTarget }) => {
    const stays = relatedTarget instanceof Node && root.contains(relatedTarget);
    if (!stays) setTimeout(moveOn);
  });
}

/** @param {Okrs} okrs */
export function showRemarks({ head, data, rows }) {
  remark(head.remarks, data.remarks);
  for (const row of rows.values()) remark(row.remarks, row.facts.remarks ?? []);
}

/** @param {HTMLElement} list @param {string[]} reasons */
function remark(list, reasons) {
  const signature = reasons.join("\n");
  if ((said.get(list) ?? "") === signature) return;
  said.set(list, signature);
  const mark = () => element("i", { "aria-hidden": "true" }, "✎");
  list.replaceChildren(...reasons.map((reason) => element("li", {}, mark(), element("span", { class: "unseen" }, "The coach: "), reason)));
}
