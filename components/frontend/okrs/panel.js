// What else can be done with a row: its place, where it belongs, putting it away.

/** @import { Row, Table } from "./types" */

import { button, element } from "../shared/elements.js";
import { focusOn, focused } from "./focus.js";
import { title } from "./rows.js";
import { act } from "./sending.js";

const DOES = { closing: { do: "step", step: "close" }, archiving: { do: "archive" } };

/** @param {Table} table @param {Row} row */
export function toggle(table, row) {
  if (row.panel.hidden) unfold(table, row);
  else fold(table, row);
}

/** @param {Table} table @param {Row} row @param {"closing" | "archiving" | null} asking */
export function unfold(table, row, asking = null) {
  if (row.panel.hidden) row.cameFrom = focused(table);
  row.asking = asking;
  row.panel.hidden = false;
  row.more.setAttribute("aria-expanded", "true");
  row.panel.replaceChildren(...panel(table, row));
  focusOn(row.panel, "button");
}

/** @param {Table} table @param {Row} row */
export function fold(table, row) {
  const isIn = row.panel.contains(focused(table));
  row.asking = null;
  row.panel.hidden = true;
  row.more.setAttribute("aria-expanded", "false");
  if (!isIn) return;
  const { cameFrom } = row;
  if (cameFrom instanceof HTMLElement && row.line.contains(cameFrom)) cameFrom.focus();
  else row.more.focus();
}

/** @param {Table} table @param {Row} row */
export function panel(table, row) {
  const asked = row.asking && row.facts[row.asking];
  if (row.asking && asked) return question(table, row, asked, DOES[row.asking]);
  const parts = [];
  if (!row.facts.fixed) {
    parts.push(button("↑ Up", { title: "Alt + ↑", onclick: () => shift(table, row, -1) }));
    parts.push(button("↓ Down", { title: "Alt + ↓", onclick: () => shift(table, row, 1) }));
    parts.push(...(row.target === "objective" ? toPlace(table, row) : toObjective(table, row)));
  }
  for (const { step, label } of row.facts.steps_aside ?? []) parts.push(button(label, { onclick: () => act(table, row, { do: "step", step }) }));
  if (row.facts.archiving) parts.push(button("Archive", { onclick: () => unfold(table, row, "archiving") }));
  parts.push(button("Done", { onclick: () => fold(table, row) }));
  return parts;
}

// What cannot be done by mistake: the panel asks before it is done.
/**
 * @param {Table} table @param {Row} row @param {import("./types").Question} asked
 * @param {Record<string, unknown>} edit
 */
function question(table, row, { question: text, yes, no }, edit) {
  const go = () => {
    fold(table, row);
    act(table, row, edit);
  };
  const id = `${row.message.id}-asks`;
  return [
    element("p", { class: "question", id }, text),
    button(no, { "aria-describedby": id, onclick: () => fold(table, row) }),
    button(yes, { class: "primary", "aria-describedby": id, onclick: go }),
  ];
}

/** @param {string} label @param {string[]} options @param {string} value */
function choice(label, options, value) {
  const made = options.map((text) => element("option", { value: text }, text));
  const select = element("select", { "aria-label": label }, ...made);
  select.value = value;
  return select;
}

/** @param {Table} table @param {Row} row @returns {HTMLElement[]} */
function toPlace(table, row) {
  const { teams, cycles, team, cycle } = table.data;
  const [toTeam, toCycle] = [choice("Team", teams, team), choice("Cycle", cycles, cycle)];
  const move = () => act(table, row, { do: "move", team: toTeam.value, cycle: toCycle.value });
  return [element("span", {}, "Move to"), toTeam, toCycle, button("Move", { onclick: move })];
}

/** @param {Table} table @param {Row} row @returns {HTMLElement[]} */
function toObjective(table, row) {
  const others = table.order.filter((one) => one.id !== null && one !== row.under && !one.facts.over);
  if (!others.length) return [];
  const select = element("select", { "aria-label": "Objective" }, ...others.map((one) => element("option", { value: one.id }, title(one))));
  const move = () => act(table, row, { do: "move", under: Number(select.value) });
  return [element("span", {}, "Move to"), select, button("Move", { onclick: move })];
}

// The row goes at once and asks the server after: it is put back where the answer is no.
/** @param {Table} table @param {Row} row @param {number} by */
export function shift(table, row, by) {
  const rows = (row.under ? row.under.kids : table.order).filter((one) => one.id !== null);
  const to = rows.indexOf(row) + by;
  if (row.facts.fixed || to < 0 || to >= rows.length) return;
  const others = rows.filter((one) => one !== row);
  act(table, row, { do: "place", after: to === 0 ? null : others[to - 1].id });
}
