// Names that lead somewhere: a link that opens in a new tab or is copied, as links do, and that on
// a plain click stays in the app.

/** @import { Attributes, Lead, Trigger } from "./types" */

import { element } from "./elements.js";

const LOOKED_AT = ["sample", "team", "cycle", "as_of"];

// An address in the app, of what is looked at now; as every page lies side by side, it is relative.
/** @param {string} page @param {Record<string, string | number>} query */
export function address(page, query = {}) {
  const here = new URLSearchParams(location.search);
  const kept = LOOKED_AT.filter((name) => here.has(name)).map((name) => [name, String(here.get(name))]);
  const said = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const all = new URLSearchParams([...said, ...kept.filter(([name]) => !(name in query))]);
  return `${page || "."}${all.size ? `?${all}` : ""}`;
}

/** @param {MouseEvent} event */
function goesElsewhere(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
}

/**
 * @param {string} text @param {{ page: string, query?: Record<string, string | number> }} to
 * @param {() => void} open @param {Attributes} attributes
 */
export function link(text, to, open, attributes = {}) {
  const onclick = (/** @type {MouseEvent} */ event) => {
    if (goesElsewhere(event)) return;
    event.preventDefault();
    open();
  };
  // What is looked at may have changed since it was drawn.
  const aim = (/** @type {Event} */ { currentTarget }) =>
    /** @type {Element} */ (currentTarget).setAttribute("href", address(to.page, to.query));
  const href = address(to.page, to.query);
  return element("a", { ...attributes, href, onclick, onpointerdown: aim, onfocus: aim }, text);
}

/** @param {string} name @param {number} id @param {() => void} open @param {Attributes} attributes */
export function kpiLink(name, id, open, attributes = { class: "name" }) {
  return link(name, { page: "kpi", query: { id } }, open, attributes);
}

/** @param {string} name @param {() => void} open @param {Attributes} attributes */
export function teamLink(name, open, attributes = { class: "team" }) {
  return link(name, { page: "", query: { team: name } }, open, attributes);
}

// What is neither a KPI nor a team stands on the cockpit of its team, in its cycle.
/** @param {Lead} lead @param {{ send: Trigger }} shown @param {Attributes} attributes */
export function leadLink({ target, id, text, team, cycle }, shown, attributes = { class: "name" }) {
  if (target === "team") return teamLink(text, () => shown.send("team", text), attributes);
  const open = () => shown.send("open", { target, id });
  if (target === "kpi") return kpiLink(text, id, open, attributes);
  return link(text, { page: "", query: { team, cycle, focus: `${target} ${id}` } }, open, attributes);
}
