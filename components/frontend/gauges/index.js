// Gauges. A card is drawn anew only when its data changed; an open editor never is.

/** @import { Mounted } from "../shared/types" */
/** @import { Card, Gauge, Gauges, GaugesData, Indicator, Mark } from "./types" */

import { hearAnswer, openEditor, tick } from "../editing/editor.js";
import { arrange, button, element, emptiness, focusedIn, found, heading, instance, present, reveal } from "../shared/elements.js";
import { onOpen } from "../shared/opening.js";
import { records } from "../shared/records.js";
import { dial } from "./dial.js";
import { gaugeEditor } from "./reading_editor.js";
import { sparkline, valuesOf } from "./sparkline.js";

export const styles = ["shared/shared.css", "editing/editor.css", "gauges/gauges.css"];

/** @param {HTMLElement} root @returns {Gauges} */
function createGauges(root) {
  const held = /** @type {Gauges} */ ({ root, cards: new Map(), editors: new Map(), list: null });
  held.grid = element("div", { class: "gauges" });
  held.parts = element("div");
  root.append(held.parts, held.grid);
  held.leave = onOpen("kpi", (id, edit) => visit(held, id, edit));
  return held;
}

/** @param {Gauges} held @param {number} id @param {boolean} edit */
function visit(held, id, edit) {
  const card = held.cards.get(id);
  if (!card) return false;
  reveal(card.node);
  if (edit && held.data.editable) edited(held, id);
  else card.node.focus({ preventScroll: true });
  return true;
}

/** @param {Gauges} held */
function render(held) {
  const { data } = held;
  const gauges = records(data.gauges);
  const kept = [...held.editors].filter(([, editor]) => editor.touched).map(([id]) => id);
  const shown = new Set([...gauges.map((gauge) => gauge.id), ...kept]);
  for (const [id, card] of [...held.cards]) if (!shown.has(id)) forget(held, id, card);
  for (const gauge of gauges) update(held, gauge);
  const order = [...shown].flatMap((id) => held.cards.get(id)?.node ?? []);
  if (!held.editors.size || order.length !== held.grid.children.length) arrange(held.grid, order);
  held.parts.replaceChildren(heading(data.heading, data.question), ...emptiness(data.empty));
  held.list?.remove();
  held.list = indicators(held, data.indicators);
  if (held.list) held.root.append(held.list);
}

/** @param {Gauges} held @param {number} id @param {Card} card */
function forget(held, id, card) {
  held.editors.get(id)?.close();
  card.node.remove();
  held.cards.delete(id);
}

/** @param {Gauges} held @param {Gauge} gauge */
function update(held, gauge) {
  const { data } = held;
  const signature = JSON.stringify([gauge, data.editable, data.opens]);
  const card = held.cards.get(gauge.id) ?? { node: element("article", { class: "card", tabindex: -1 }), gauge, signature: "" };
  held.cards.set(gauge.id, card);
  card.gauge = gauge;
  if (card.signature === signature) return;
  card.signature = signature;
  const focused = card.node.contains(focusedIn(held.root));
  const editor = held.editors.get(gauge.id)?.form;
  for (const child of [...card.node.children]) if (child !== editor) child.remove();
  card.node.prepend(...face(held, gauge));
  card.node.dataset.state = gauge.state.kind;
  card.node.dataset.decided = String(Number(gauge.decided));
  card.node.dataset.signal = gauge.signal?.kind ?? "";
  card.node.setAttribute("aria-label", spoken(gauge));
  if (focused && !editor) found(card.node, ".number").focus({ preventScroll: true });
}

/** @param {Gauges} held @param {Gauge} gauge */
function face(held, gauge) {
  return [
    element("h3", { title: `${gauge.name} — ${gauge.whose}` }, nameOf(held, gauge)),
    element(
      "div",
      { class: "marks" },
      mark("mark", gauge.state),
      gauge.signal && mark("mark behaviour", gauge.signal),
    ),
    element(
      "div",
      { class: "scale" },
      dial(gauge.needle, gauge.off, gauge.band),
      element("span", { class: "lower" }, gauge.lower),
      element("span", { class: "upper" }, gauge.upper),
    ),
    element("div", { class: "reading" }, reading(held, gauge)),
    element("div", { class: "ideal" }, `ideal ${withUnit(gauge.ideal, gauge.unit)}`),
    sparkline(valuesOf(gauge.series), gauge.limits, gauge.unusual),
    element("p", { class: "words" }, gauge.line),
  ];
}

/** @param {string} name @param {Mark} mark */
function mark(name, { shape, text }) {
  return element("span", { class: name }, element("i", { "aria-hidden": "true" }, shape), text);
}

/** @param {string} text @param {string} unit */
function withUnit(text, unit) {
  return unit ? `${text}\u00a0${unit}` : text;
}

/** @param {Gauges} held @param {Gauge | Indicator} shown */
function nameOf(held, { id, name }) {
  if (!held.data.opens) return element("span", { class: "name" }, name);
  return button(name, { class: "name", onclick: () => held.send("open", { target: "kpi", id }) });
}

/** @param {Gauges} held @param {Gauge} gauge */
function reading(held, { id, name, shown, unit }) {
  const long = shown.length > 6 ? " long" : "";
  const parts = [element("b", {}, shown), unit ? element("small", {}, unit) : null];
  if (!held.data.editable) return element("span", { class: `number${long}` }, ...parts);
  const label = `${name}: ${withUnit(shown, unit)}. Enter a reading`;
  const act = { onclick: () => edited(held, id), "aria-label": label, title: "Enter a reading" };
  return element("button", { type: "button", class: `number${long}`, ...act }, ...parts);
}

/** @param {Gauge} gauge */
function spoken({ name, whose, shown, unit, ideal, line, state, signal }) {
  const facts = [withUnit(shown, unit), state.text, signal?.text];
  const said = present([...facts, `ideal ${withUnit(ideal, unit)}`]).join(", ");
  return `${name}, ${whose}: ${said}. ${line}.`;
}

/** @param {Gauges} held @param {number} id */
function edited(held, id) {
  const card = held.cards.get(id);
  if (card) openEditor(held.editors, id, (forgotten) => gaugeEditor(held, card, forgotten));
}

/** @param {Gauges} held @param {Indicator[]} rows */
function indicators(held, rows) {
  if (!rows.length) return null;
  const items = rows.map((row) =>
    element(
      "li",
      {},
      nameOf(held, row),
      element("b", {}, row.value),
      element("small", {}, present([row.change, row.period]).join(" · ")),
    ),
  );
  return element(
    "section",
    { class: "indicators" },
    element("h3", {}, "Indicators", element("small", {}, "◇ no range, never green")),
    element("ul", {}, ...items),
  );
}

/** @param {Mounted<GaugesData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, createGauges);
  held.data = data;
  held.send = setTriggerValue;
  render(held);
  hearAnswer(held.editors, data.answer, (id) => tick(held.cards.get(id)?.node));
  if (data.focus !== null && data.focus !== held.focus) visit(held, data.focus, false);
  held.focus = data.focus;
  return held.leave;
}
