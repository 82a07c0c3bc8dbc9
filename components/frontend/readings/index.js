// The readings of a KPI as a table, the latest first; what they took the place of stands beside them.

/** @import { ReadingRow, ReadingsData } from "./types" */

import { element } from "../shared/elements.js";
import { records } from "../shared/records.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "readings/readings.css"];

/** @type {Record<keyof ReadingRow, string>} */
const HEADINGS = { period: "Period", value: "Value", who: "Who", when: "When", note: "Note", replaced: "Replaced" };

/** @extends {Shown<ReadingsData>} */
class Readings extends Shown {
  render() {
    if (!this.isNews()) return;
    const titles = Object.values(HEADINGS).map((text) => element("th", { scope: "col" }, text));
    const head = element("thead", {}, element("tr", {}, ...titles));
    const table = element("table", {}, head, element("tbody", {}, ...records(this.data.readings).map(row)));
    this.root.replaceChildren(element("div", { class: "scrolled", role: "region", "aria-label": "Readings", tabindex: 0 }, table));
  }
}

/** @param {ReadingRow} reading */
function row({ period, ...rest }) {
  const cells = Object.entries(rest).map(([name, text]) => element("td", { class: name }, text));
  return element("tr", {}, element("th", { scope: "row" }, period), ...cells);
}

export default mounted(Readings);
