// The leader's list and, beside it, teams by weeks. Drawn anew only when its data changed.

/** @import { Mark } from "../gauges/types" */
/** @import { Mounted } from "../shared/types" */
/** @import { Drift, DriftData, Row, Team } from "./types" */

import { sparkline, valuesOf } from "../gauges/sparkline.js";
import { button, element, emptiness, heading, instance, present, turning } from "../shared/elements.js";
import { records } from "../shared/records.js";

export const styles = ["shared/shared.css", "drift/drift.css"];

/** @param {HTMLElement} root @returns {Drift} */
function createDrift(root) {
  const held = /** @type {Drift} */ ({ root, all: false, signature: "" });
  held.render = () => render(held);
  return held;
}

/** @param {string} name @param {Mark} mark */
function mark(name, { kind, shape, text }) {
  const named = { class: `mark ${name}`, "data-kind": kind };
  return element("span", named, element("i", { "aria-hidden": "true" }, shape), text);
}

/** @param {Drift} held @param {Row} row */
function kpiRow(held, row) {
  const act = { class: "name", onclick: () => held.send("open", { target: "kpi", id: row.id }) };
  return element(
    "tr",
    { "data-signal": row.signal?.kind ?? "" },
    element("th", { scope: "row" }, button(row.name, act), element("small", {}, row.path)),
    element("td", { class: "marks" }, mark("health", row.state), row.signal && mark("signal", row.signal)),
    element("td", { class: "value" }, element("b", {}, row.value), ...lines(row.ideal, row.leaves)),
    element("td", {}, ...lines(row.since), element("span", { class: row.waits ? "waits" : "" }, row.decision)),
    element("td", { class: "trend" }, sparkline(valuesOf(row.series), row.limits, row.unusual)),
  );
}

/** @param {string[]} texts */
function lines(...texts) {
  return present(texts).map((text) => element("small", {}, text));
}

/** @param {Drift} held */
function list(held) {
  const rows = records(held.data.rows);
  if (!rows.length) return emptiness(held.data.empty);
  const names = ["KPI", "Health and signal", "Value", "Since and decision", "Last 26 readings"];
  const head = names.map((name) => element("th", { scope: "col" }, name));
  return [
    element(
      "table",
      { class: "list" },
      element("caption", { class: "unseen" }, "KPIs that drift, are out of range or are to be watched"),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows.map((row) => kpiRow(held, row))),
    ),
    ...rest(held),
  ];
}

/** @param {Drift} held */
function rest(held) {
  const { more } = held.data;
  return more ? [button(`Show ${more} more`, { class: "more", onclick: () => held.send("more", true) })] : [];
}

/** @param {Drift} held @param {Team} team @param {number} week */
function weekCell(held, team, week) {
  const [drifting, judged] = [team.drifting[week], team.judged[week]];
  const said = judged ? `${drifting} of ${judged} drifted` : "nothing to tell yet";
  const label = `${team.name}, week of ${held.data.weeks[week]}: ${said}`;
  const heat = judged ? Math.ceil((drifting / judged) * 4) : -1;
  const long = drifting > 99 ? "long" : null;
  const told = { class: long, "data-heat": heat, title: label, "aria-label": label };
  return element("td", told, drifting ? String(drifting) : "");
}

/** @param {Drift} held @param {Team} team */
function teamRow(held, team) {
  const { name, depth } = team;
  const act = { class: "team", title: `Look at ${name}`, onclick: () => held.send("team", name) };
  const said = depth === 0 ? element("span", { class: "team" }, name) : button(name, act);
  const cells = team.drifting.map((_, week) => weekCell(held, team, week));
  return element("tr", {}, element("th", { scope: "row", "data-depth": depth }, said), ...cells);
}

/** @param {Drift} held */
function strip(held) {
  const { teams, months, weeks, shown } = held.data;
  if (!teams.length) return [];
  const kept = held.all ? teams : shown.map((at) => teams[at]);
  const head = weeks.map((week, at) => element("th", { scope: "col", "aria-label": `week of ${week}` }, months[at]));
  const recent = element("span", { class: "recent" }, "last 13 weeks · ");
  const section = element(
    "section",
    { class: "strip" },
    element("h3", {}, "Teams by week", element("small", {}, recent, "how many KPIs drifted; darker is a larger share")),
    element(
      "table",
      { class: "heat" },
      element("caption", { class: "unseen" }, "How many KPIs of each team drifted in each of the last 26 weeks"),
      element("thead", {}, element("tr", {}, element("td", {}), ...head)),
      element("tbody", {}, ...kept.map((team) => teamRow(held, team))),
    ),
    ...others(held),
  );
  return [section];
}

/** @param {Drift} held */
function others(held) {
  const hidden = held.data.teams.length - held.data.shown.length;
  if (hidden <= 0) return [];
  const text = held.all ? "Show fewer teams" : `Show ${hidden} more team${hidden === 1 ? "" : "s"}`;
  return [turning(held, text, "more turn")];
}

/** @param {DriftData} data */
function facts({ besides, chance }) {
  return present([besides, chance]).map((text) => element("p", { class: "fact" }, text));
}

/** @param {Drift} held */
function render(held) {
  const { data } = held;
  held.root.replaceChildren(
    heading("Drift", data.question),
    ...facts(data),
    element("div", { class: "parts" }, element("section", { class: "rows" }, ...list(held)), ...strip(held)),
  );
}

/** @param {Mounted<DriftData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, createDrift);
  held.send = setTriggerValue;
  const signature = JSON.stringify(data);
  if (held.signature === signature) return;
  held.signature = signature;
  held.data = data;
  render(held);
}
