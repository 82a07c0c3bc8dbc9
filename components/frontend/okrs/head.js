// The head of the table: what the coach says of all objectives, and what is done with them at once.

/** @import { Head, OkrsData, Table } from "./types" */

import { button, element } from "../shared/elements.js";
import { focusOn, focused } from "./focus.js";
import { act } from "./sending.js";
import { quietAll } from "./state.js";

/** @returns {Head} */
export function createHead() {
  const head = /** @type {Head} */ ({ key: "head", target: "objective", id: 0, facts: {}, cells: new Map(), complaints: new Map() });
  head.kids = [];
  head.about = element("ul", { class: "remarks team about" });
  head.state = element("span", { class: "unseen", role: "status" });
  head.does = element("div", { class: "do" });
  head.message = element("p", { class: "message", role: "alert", id: "about-head" });
  head.asked = element("div", { class: "actions" });
  head.panel = element("div", { class: "panel", hidden: true });
  head.node = element("div", { class: "head" }, head.about, head.does, head.state, head.message, head.asked, head.panel);
  return head;
}

/** @param {Table} table */
export function showHead(table) {
  const { head, data } = table;
  // What stood in the way may be gone.
  if (head.since !== data.version) quietAll(head);
  const signature = JSON.stringify([data.start, data.ending, data.editable]);
  if (head.signature === signature) return;
  head.signature = signature;
  const ending = data.editable ? data.ending : null;
  const does = [];
  if (data.editable && data.start) does.push(startButton(table));
  if (ending) does.push(button(ending.button, { class: does.length ? null : "primary", onclick: () => turn(head, !head.panel.hidden) }));
  const active = focused(table);
  const lost = active && head.node.contains(active);
  head.does.replaceChildren(...does);
  head.panel.replaceChildren(...(ending ? asksToEnd(table, ending) : []));
  if (!ending) head.panel.hidden = true;
  if (!lost) return;
  if (does.length) does[0].focus();
  else focusOn(table.body, "[data-field]:enabled");
}

/** @param {Table} table */
function startButton(table) {
  const start = () => act(table, table.head, { do: "steps", step: "start" });
  return button(table.data.start, { class: "primary", title: "Every draft here becomes active today", onclick: start });
}

/** @param {Head} head @param {boolean} isHidden */
function turn(head, isHidden) {
  head.panel.hidden = isHidden;
  if (isHidden) focusOn(head.does, "button:last-of-type");
  else focusOn(head.panel, "button");
}

/** @param {Table} table @param {NonNullable<OkrsData["ending"]>} ending */
function asksToEnd(table, { question: text, rows, yes, no, ids }) {
  const { head } = table;
  const close = () => {
    turn(head, true);
    act(table, head, { do: "steps", step: "close", ids });
  };
  return [
    element("p", { class: "question" }, text),
    element("ul", {}, ...rows.map((row) => element("li", {}, row))),
    button(no, { onclick: () => turn(head, true) }),
    button(yes, { class: "primary", onclick: close }),
  ];
}
