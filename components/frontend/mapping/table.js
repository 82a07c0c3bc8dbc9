// The first rows of a sheet, with the role of each column above them.

/** @import { Cell, Choice, Column, Line, Sheet } from "./types" */

import { button, element, select } from "../shared/elements.js";

/** @typedef {{ data: { roles: Choice[] }, isWide: boolean, render: () => void, correct: (what: string, about: string, said: string, column?: number) => void }} Held */

/** @param {Sheet} sheet @param {Held} held */
export function table(sheet, held) {
  const count = held.isWide ? sheet.columns.length : sheet.first;
  const columns = sheet.columns.slice(0, count);
  const rest = sheet.columns.length - columns.length;
  const roles = element("tr", { class: "roles" }, ...columns.map((column, at) => element("th", { scope: "col" }, role(column, at, sheet, held))), more(rest, sheet, held));
  const headings = element("tr", {}, ...columns.map((column) => element("td", { class: column.role === "KPI" ? "called" : "" }, column.heading || "–")), rest ? element("td", {}, "…") : null);
  const body = sheet.rows.map((row) => line(row, columns, rest > 0));
  const scrolled = element("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": "The first rows" });
  scrolled.append(element("table", { class: sheet.read ? "" : "out" }, element("thead", {}, roles, headings), element("tbody", {}, ...body)));
  return scrolled;
}

/** @param {Column} column @param {number} at @param {Sheet} sheet @param {Held} held */
function role(column, at, sheet, held) {
  const named = (/** @type {Choice} */ { value, label }) => (value === "value" ? column.value : label);
  return select(held.data.roles.map((each) => [each.value, named(each)]), column.role, {
    class: column.asked ? "role asked" : column.role === "leave out" ? "role out" : "role",
    "aria-label": `What column ${column.letter} holds, ${column.heading || "without a heading"}`,
    "data-key": `role ${sheet.title} ${at}`,
    disabled: !sheet.read,
    onchange: (/** @type {any} */ event) => held.correct("role", sheet.title, event.target.value, at),
  });
}

/** @param {number} rest @param {Sheet} sheet @param {Held} held */
function more(rest, sheet, held) {
  const turn = () => {
    held.isWide = !held.isWide;
    held.render();
  };
  if (rest > 0) return element("th", { scope: "col" }, button(`+ ${rest}`, { class: "link", title: `Show ${rest} more columns`, "data-key": "wide", onclick: turn }));
  if (!held.isWide) return null;
  const beyond = sheet.more ? `and ${sheet.more} more ` : "";
  return element("th", { scope: "col" }, beyond, button("fewer", { class: "link", title: "Show fewer columns", "data-key": "wide", onclick: turn }));
}

/** @param {Line} row @param {Column[]} columns @param {boolean} goesOn */
function line(row, columns, goesOn) {
  const cells = columns.map((column, at) => cell(row.cells[at] ?? { text: "", stands: "text" }, column));
  return element("tr", {}, ...cells, goesOn ? element("td", {}, "…") : null);
}

/** @param {Cell} shown @param {Column} column */
function cell(shown, column) {
  const isName = column.role === "KPI";
  const out = column.role === "leave out" ? "out" : "";
  const attributes = { class: [isName ? "called" : shown.stands, out].join(" ").trim(), title: shown.stands === "missing" ? "No number: it stays missing" : null };
  return isName ? element("th", { scope: "row", ...attributes }, shown.text) : element("td", attributes, shown.text);
}
