// On a phone the cells of a row are folded behind a button, and said in a line.

/** @import { OkrRow } from "./row.js" */

import { present } from "../shared/elements.js";
import { number } from "../shared/numbers.js";

/** @param {OkrRow} row */
export function turnDetails(row, isOpen = !row.node.classList.contains("unfolded")) {
  row.node.classList.toggle("unfolded", isOpen);
  row.details.setAttribute("aria-expanded", String(isOpen));
  const verb = row.okrs.data.editable && !row.isOver ? "Edit" : "Show";
  row.details.textContent = isOpen ? "Hide details" : `${verb} details`;
}

// What stands in the cells that are folded.
/** @param {OkrRow} row */
export function gist(row) {
  const [start, target, unit, owner, ambition] = ["start", "target", "unit", "owner", "ambition"].map((name) => row.text(name));
  const ends = [start, target].map((text) => (Number.isFinite(Number(text)) ? number(text) : text));
  const way = start && target ? `${ends.join(" → ")} ${unit}`.trim() : row.kind === "metric" ? "" : row.kind;
  return present([row.results ? ambition : way, owner]).join(" · ");
}
