// Why a KPI changed: what else moved then, and where the change comes from.

/** @import { Child } from "../shared/types" */
/** @import { Bar, Moved, WhyData } from "./types" */

import { element, heading, marked, turning } from "../shared/elements.js";
import { kpiLink } from "../shared/links.js";
import { open } from "../shared/opening.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "why/why.css"];

const HEADINGS = { What: "", When: "", Change: "How many times the usual ups and downs of one reading", Where: "" };

/** @extends {Shown<WhyData>} */
class Why extends Shown {
  all = false;

  render() {
    this.root.replaceChildren(element("div", { class: "boxes" }, this.moved(), this.split()));
  }

  moved() {
    const { question, lead, rows, few } = this.data.moved;
    const shown = this.all ? rows : rows.slice(0, few);
    const titles = Object.entries(HEADINGS).map(([text, title]) => element("th", { scope: "col", title: title || null }, text));
    const head = element("thead", {}, element("tr", {}, ...titles));
    const table = element("table", {}, head, element("tbody", {}, ...shown.map((row) => this.movedRow(row))));
    const isMore = rows.length > few;
    const rest = isMore ? turning(this, this.all ? "Show fewer" : `Show ${rows.length - few} more`) : "";
    return box("What else moved then", question, said(lead), rows.length ? table : "", rest);
  }

  /** @param {Moved} row */
  movedRow(row) {
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, this.named(row)),
      element("td", { class: "when" }, row.when),
      element("td", { class: "much" }, row.much),
      element("td", { class: "where" }, row.where),
    );
  }

  /** @param {Moved | Bar} shown */
  named({ id, name }) {
    if (id === undefined) return element("span", { class: "name" }, name);
    return kpiLink(name, id, () => open(this.send, "kpi", id));
  }

  split() {
    const { question, lead, bars, sum } = this.data.split;
    const list = element("ul", {}, ...bars.map((row, index) => this.bar(row, index === bars.length - 1)));
    const end = sum ? element("p", { class: "lead" }, sum) : "";
    return box("Where the change comes from", question, said(lead), bars.length ? list : "", end);
  }

  /** @param {Bar} row @param {boolean} isTotal */
  bar(row, isTotal) {
    const style = `left: ${row.from}%; width: max(${row.width}%, 2px)`;
    const part = element("i", { class: row.along ? "along" : "against", style });
    return element(
      "li",
      { class: isTotal ? "bar total" : "bar" },
      element("div", { class: "what" }, this.named(row), element("span", { class: "detail" }, row.detail)),
      element("div", { class: "track", "aria-hidden": "true" }, part),
      element("span", { class: "part" }, row.text),
    );
  }
}

/** @param {string} title @param {string} question @param {Child[]} parts */
function box(title, question, ...parts) {
  return element("section", { class: "box surface" }, heading(title, question), ...parts);
}

/** @param {string} text */
function said(text) {
  return element("p", { class: "lead" }, ...marked(text));
}

export default mounted(Why);
