// What importing a spreadsheet would do, and what can be set of the KPIs that are new.

/** @import { ChangesData, NewKpi } from "./types" */

import { element, focusedIn, keepKeys, select } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "changes/changes.css"];

/** @type {(keyof NewKpi)[]} */
const FIELDS = ["unit", "low", "high", "better", "cadence", "owner"];

/** @extends {Shown<ChangesData>} */
class Changes extends Shown {
  isOpen = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    keepKeys(root);
  }

  render() {
    const focused = focusedIn(this.root)?.getAttribute("data-key");
    const { title, facts, kpis } = this.data;
    const rows = facts.map(({ what, which }) => element("li", {}, element("span", {}, what), element("span", { class: "which" }, which)));
    this.root.replaceChildren(element("h3", {}, title), element("ul", { class: "facts" }, ...rows), kpis.length ? this.details() : "");
    const next = focused ? this.root.querySelector(`[data-key="${CSS.escape(focused)}"]`) : null;
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }

  details() {
    const { check, kpis, more, headings } = this.data;
    const head = element("tr", {}, element("th", { scope: "col" }, "KPI"), ...FIELDS.map((field) => element("th", { scope: "col" }, headings[field])));
    const body = element("tbody", {}, ...kpis.map((kpi) => this.row(kpi)));
    const scrolled = element("div", { class: "scrolled" }, element("table", {}, element("thead", {}, head), body));
    const toggled = (/** @type {any} */ event) => (this.isOpen = event.target.open);
    return element("details", { open: this.isOpen, ontoggle: toggled }, element("summary", { "data-key": "check" }, check), scrolled, more ? element("p", { class: "which" }, more) : null);
  }

  /** @param {NewKpi} kpi */
  row(kpi) {
    const cells = FIELDS.map((field) => element("td", { class: field }, this.field(kpi, field)));
    return element("tr", {}, element("th", { scope: "row" }, kpi.name), ...cells);
  }

  /** @param {NewKpi} kpi @param {keyof NewKpi} field */
  field(kpi, field) {
    const { headings, better, cadences } = this.data;
    const common = {
      "aria-label": `${headings[field]} of ${kpi.name}`,
      "data-key": `${field} ${kpi.name}`,
      onchange: (/** @type {any} */ event) => this.send("set", { kpi: kpi.name, column: field, said: event.target.value }),
    };
    const words = field === "better" ? better : field === "cadence" ? cadences : null;
    if (!words) return element("input", { type: "text", maxlength: 200, value: kpi[field], placeholder: headings[field], ...common });
    return select(words, kpi[field], common);
  }
}

export default mounted(Changes);
