// What else can be done with a row: its place, where it belongs, putting it away.

/** @import { OkrRow } from "./row.js" */

import { focusOn } from "../grid/focus.js";
import { button, element, focusedIn, select } from "../shared/elements.js";

const DOES = { closing: { do: "step", step: "close" }, archiving: { do: "archive" } };

/** @param {OkrRow} row */
export function toggle(row) {
  if (row.panel.hidden) unfold(row);
  else fold(row);
}

/** @param {OkrRow} row @param {"closing" | "archiving" | null} asking */
export function unfold(row, asking = null) {
  if (row.panel.hidden) row.cameFrom = focusedIn(row.node);
  row.asking = asking;
  row.panel.hidden = false;
  row.more.setAttribute("aria-expanded", "true");
  row.panel.replaceChildren(...panel(row));
  row.todo.node.hidden = asking !== null;
  focusOn(row.panel, "button");
}

/** @param {OkrRow} row */
export function fold(row) {
  const active = focusedIn(row.node);
  const isIn = [row.panel, row.todo.node].some((node) => node.contains(active));
  row.asking = null;
  row.panel.hidden = row.todo.node.hidden = true;
  row.more.setAttribute("aria-expanded", "false");
  if (!isIn) return;
  const { cameFrom } = row;
  if (cameFrom instanceof HTMLElement && row.line.contains(cameFrom)) cameFrom.focus();
  else row.more.focus();
}

/** @param {OkrRow} row */
export function panel(row) {
  const asked = row.asking && row.facts[row.asking];
  if (row.asking && asked) return question(row, asked, DOES[row.asking]);
  const parts = [];
  if (!row.isOver) {
    parts.push(button("↑ Up", { title: "Alt + ↑", onclick: () => shift(row, -1) }));
    parts.push(button("↓ Down", { title: "Alt + ↓", onclick: () => shift(row, 1) }));
    parts.push(...(row.facts.target === "objective" ? toPlace(row) : toObjective(row)));
  }
  for (const { step, label } of row.facts.steps_aside ?? []) parts.push(button(label, { onclick: () => row.act({ do: "step", step }) }));
  if (row.facts.archiving) parts.push(button("Archive", { onclick: () => unfold(row, "archiving") }));
  parts.push(button("Done", { onclick: () => fold(row) }));
  return parts;
}

// What cannot be done by mistake: the panel asks before it is done.
/**
 * @param {OkrRow} row @param {import("./types").Question} asked
 * @param {Record<string, unknown>} edit
 */
function question(row, { question: text, yes, no }, edit) {
  const go = () => {
    fold(row);
    row.act(edit);
  };
  const id = `${row.complaints.message.id}-asks`;
  return [
    element("p", { class: "question", id }, text),
    button(no, { "aria-describedby": id, onclick: () => fold(row) }),
    button(yes, { class: "primary", "aria-describedby": id, onclick: go }),
  ];
}

/** @param {OkrRow} row @returns {HTMLElement[]} */
function toPlace(row) {
  const { teams, cycles, team, cycle } = row.okrs.data;
  const [toTeam, toCycle] = [select(teams, team, { "aria-label": "Team" }), select(cycles, cycle, { "aria-label": "Cycle" })];
  const move = () => row.act({ do: "move", team: toTeam.value, cycle: toCycle.value });
  return [element("span", {}, "Move to"), toTeam, toCycle, button("Move", { onclick: move })];
}

/** @param {OkrRow} row @returns {HTMLElement[]} */
function toObjective(row) {
  const others = row.okrs.order.filter((one) => !one.isNew && one !== row.under && !one.isOver);
  if (!others.length) return [];
  const under = select(others.map((one) => [one.facts.id, one.title()]), null, { "aria-label": "Objective" });
  const move = () => row.act({ do: "move", under: Number(under.value) });
  return [element("span", {}, "Move to"), under, button("Move", { onclick: move })];
}

/** @param {OkrRow} row @param {number} by */
export function shift(row, by) {
  const rows = row.okrs.beside(row).filter((one) => !one.isNew && !one.isPast);
  const to = rows.indexOf(row) + by;
  if (row.isOver || to < 0 || to >= rows.length) return true;
  const others = rows.filter((one) => one !== row);
  row.act({ do: "place", after: to === 0 ? null : others[to - 1].facts.id });
  return true;
}
