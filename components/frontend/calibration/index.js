// How often chances came true: a reliability plot and its numbers, for each who said them.

/** @import { AccountShown, CalibrationData, Point } from "./types" */

import { drawn, element, present } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "calibration/calibration.css"];

const SIZE = 240;
const EDGE = 34;
const HEADINGS = ["Said", "Came true", "Cases"];

/** @extends {Shown<CalibrationData>} */
class Calibration extends Shown {
  render() {
    const { lead, accounts } = this.data;
    this.root.replaceChildren(element("p", { class: "lead" }, lead), element("div", { class: "accounts" }, ...accounts.map(account)));
  }
}

/** @param {AccountShown} shown */
function account({ title, score, note, points }) {
  const parts = points.length ? [element("div", { class: "told" }, plot(title, points), table(points))] : [];
  return element("section", { class: "account surface" }, ...present([element("h3", {}, title), element("p", { class: "score" }, score), ...parts, element("p", { class: "note" }, note)]));
}

/** @param {Point[]} points */
function table(points) {
  const head = element("thead", {}, element("tr", {}, ...HEADINGS.map((text) => element("th", { scope: "col" }, text))));
  const rows = points.map(({ said, cameTrue, cases }) => element("tr", {}, element("th", { scope: "row" }, said), element("td", {}, cameTrue), element("td", {}, String(cases))));
  return element("table", {}, head, element("tbody", {}, ...rows));
}

// Above the line more came true than was said, below it less.
/** @param {string} title @param {Point[]} points */
function plot(title, points) {
  const far = SIZE - EDGE;
  /** @param {number} share */
  const across = (share) => EDGE + share * (far - EDGE / 2);
  /** @param {number} share */
  const up = (share) => far - share * (far - EDGE / 2);
  const largest = Math.max(...points.map(({ cases }) => cases));
  const ends = [0, 0.5, 1];
  return drawn(
    "svg",
    { viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", "aria-label": `${title}: what was said against what came true; the table has the numbers` },
    ...ends.map((end) => drawn("line", { class: "grid", x1: across(0), x2: across(1), y1: up(end), y2: up(end) })),
    ...ends.map((end) => drawn("line", { class: "grid", x1: across(end), x2: across(end), y1: up(0), y2: up(1) })),
    drawn("line", { class: "even", x1: across(0), x2: across(1), y1: up(0), y2: up(1) }),
    ...points.map(({ x, y, cases }) => drawn("circle", { cx: across(x), cy: up(y), r: 3 + 6 * Math.sqrt(cases / largest) })),
    ...ends.map((end) => drawn("text", { x: across(end), y: far + 16, "text-anchor": "middle" }, `${end * 100}`)),
    ...ends.map((end) => drawn("text", { x: EDGE - 4, y: up(end) + 4, "text-anchor": "end" }, `${end * 100}`)),
    drawn("text", { x: across(0.5), y: SIZE - 2, "text-anchor": "middle" }, "% said"),
    drawn("text", { x: across(0) + 4, y: up(1) + 14 }, "% came true"),
  );
}

export default mounted(Calibration);
