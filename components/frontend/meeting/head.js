// What a check-in or the wall speaks of, large: its name and whose it is, its marks, its value.

/** @import { Head } from "./types" */

import { element, mark } from "../shared/elements.js";

const LONG = 8;

/** @param {Head} shown */
export function head({ name, whose, value = "", unit, beside, marks = [], reason, stale }) {
  const look = `number${value.length > LONG ? " long" : ""}${stale ? " stale" : ""}`;
  const signs = [reason ? element("span", { class: "reason" }, reason) : null, ...marks.map((each) => mark("", each))];
  const number = element("div", { class: look }, element("b", {}, value), unit ? element("small", {}, unit) : null);
  return element(
    "div",
    { class: "head" },
    element(
      "div",
      { class: "what" },
      element("h1", {}, name),
      whose ? element("p", { class: "whose" }, whose) : null,
      reason || marks.length ? element("div", { class: "marks" }, ...signs) : null,
    ),
    value ? element("div", { class: "now" }, number, beside ? element("p", { class: "beside" }, beside) : null) : null,
  );
}
