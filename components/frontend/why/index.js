// Why a KPI changed: what else moved then, and where the change comes from.

/** @import { Child, Mounted } from "../shared/types" */
/** @import { Bar, Moved, Why, WhyData } from "./types" */

import { button, element, heading, instance, marked, turning } from "../shared/elements.js";
import { open } from "../shared/opening.js";

export const styles = ["shared/shared.css", "why/why.css"];

const HEADINGS = { What: "", When: "", Change: "In standard deviations (σ) of one reading", Where: "" };

/** @param {HTMLElement} root @returns {Why} */
function createWhy(root) {
  const held = /** @type {Why} */ ({ root, all: false });
  held.render = () => render(held);
  return held;
}

/** @param {string} title @param {string} question @param {Child[]} parts */
function box(title, question, ...parts) {
  return element("section", { class: "box" }, heading(title, question), ...parts);
}

/** @param {string} text */
function said(text) {
  return element("p", { class: "lead" }, ...marked(text));
}

/** @param {Why} held @param {Moved | Bar} shown */
function nameOf(held, { id, name }) {
  if (id === undefined) return element("span", { class: "name" }, name);
  return button(name, { class: "name", onclick: () => open(held.send, "kpi", id) });
}

/** @param {Why} held @param {Moved} row */
function movedRow(held, row) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, nameOf(held, row)),
    element("td", { class: "when" }, row.when),
    element("td", { class: "much" }, row.much),
    element("td", { class: "where" }, row.where),
  );
}

/** @param {Why} held */
function moved(held) {
  const { question, lead, rows, few } = held.data.moved;
  const shown = held.all ? rows : rows.slice(0, few);
  const titles = Object.entries(HEADINGS).map(([text, title]) => element("th", { scope: "col", title: title || null }, text));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...titles)),
    element("tbody", {}, ...shown.map((row) => movedRow(held, row))),
  );
  return box("What else moved then", question, said(lead), rows.length ? table : "", rest(held, rows.length - few));
}

/** @param {Why} held @param {number} more */
function rest(held, more) {
  return more > 0 ? turning(held, held.all ? "Show fewer" : `Show ${more} more`) : "";
}

/** @param {Why} held @param {Bar} row @param {boolean} isTotal */
function bar(held, row, isTotal) {
  const place = `left: ${row.from}%; width: max(${row.width}%, 2px)`;
  return element(
    "li",
    { class: isTotal ? "bar total" : "bar" },
    element("div", { class: "what" }, nameOf(held, row), element("span", { class: "detail" }, row.detail)),
    element(
      "div",
      { class: "track", "aria-hidden": "true" },
      element("i", { class: row.along ? "along" : "against", style: place }),
    ),
    element("span", { class: "part" }, row.text),
  );
}

/** @param {Why} held */
function split(held) {
  const { question, lead, bars, sum } = held.data.split;
  const list = element("ul", {}, ...bars.map((row, index) => bar(held, row, index === bars.length - 1)));
  const end = sum ? element("p", { class: "lead" }, sum) : "";
  return box("Where the change comes from", question, said(lead), bars.length ? list : "", end);
}

/** @param {Why} held */
function render(held) {
  held.root.replaceChildren(element("div", { class: "boxes" }, moved(held), split(held)));
}

/** @param {Mounted<WhyData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, createWhy);
  held.data = data;
  held.send = setTriggerValue;
  render(held);
}
