// Gauges, each with its reading to type over.

/** @import { Card } from "../editing/cards.js" */
/** @import { Gauge, GaugesData, Indicator } from "./types" */

import { Cards } from "../editing/cards.js";
import { arrange, button, element, emptiness, heading, mark, present } from "../shared/elements.js";
import { onOpen } from "../shared/opening.js";
import { mounted } from "../shared/shown.js";
import { dial } from "./dial.js";
import { gaugeEditor } from "./reading_editor.js";
import { sparkline, valuesOf } from "./sparkline.js";

export const styles = ["shared/shared.css", "editing/editor.css", "gauges/sparkline.css", "gauges/gauges.css"];

/** @extends {Cards<GaugesData, Gauge, number>} */
export class Gauges extends Cards {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "card surface");
    this.grid = element("div", { class: "gauges" });
    this.parts = element("div");
    this.list = element("div");
    root.append(this.parts, this.grid, this.list);
    this.leave = onOpen("kpi", (id, isToEdit) => this.visit(id, isToEdit));
  }

  render() {
    const { heading: title, question, empty, gauges, indicators } = this.data;
    this.keepOnly(new Set(gauges.map(({ id }) => id)));
    const nodes = gauges.map((gauge) => this.draw(gauge.id, gauge));
    const order = [...new Set([...nodes, ...[...this.cards.values()].map(({ node }) => node)])];
    if (!this.editors.size || order.length !== this.grid.children.length) arrange(this.grid, order);
    this.parts.replaceChildren(heading(title, question), ...emptiness(empty));
    this.list.replaceChildren(...this.indicators(indicators));
  }

  /** @param {HTMLElement} node @param {Gauge} gauge */
  face(node, gauge) {
    const { name, whose, state, signal, decided, needle, off, band, lower, upper, ideal, series, limits, unusual } = gauge;
    Object.assign(node.dataset, { state: state.kind, decided: String(Number(decided)), signal: signal?.kind ?? "" });
    node.setAttribute("aria-label", spoken(gauge));
    return [
      element("h3", { title: `${name} — ${whose}` }, this.named(gauge)),
      element("div", { class: "marks" }, mark("", state), signal && mark("behaviour", signal)),
      element(
        "div",
        { class: "scale" },
        dial(needle, off, band),
        element("span", { class: "lower" }, lower),
        element("span", { class: "upper" }, upper),
      ),
      element("div", { class: "reading" }, this.reading(gauge)),
      element("div", { class: "ideal" }, `ideal ${ideal}`),
      sparkline(valuesOf(series), limits, unusual),
      element("p", { class: "words" }, ...this.words(gauge)),
    ];
  }

  // A phone has room for the whole sentence and no pointer that could ask for it; the page of a KPI
  // says it beside its gauge.
  /** @param {Gauge} gauge */
  words({ line, sentence }) {
    if (!this.data.opens) return [element("span", {}, line)];
    return [element("span", { class: "in-short", title: sentence }, line), element("span", { class: "in-full" }, sentence)];
  }

  /** @param {Gauge | Indicator} shown */
  named({ id, name }) {
    if (!this.data.opens) return element("span", { class: "name" }, name);
    return button(name, { class: "name", onclick: () => this.send("open", { target: "kpi", id }) });
  }

  /** @param {Gauge} gauge */
  reading({ id, name, shown, unit }) {
    const long = shown.length > 6 ? (shown.length > 9 ? " longest" : " long") : "";
    const parts = [element("b", {}, shown), unit ? element("small", {}, unit) : null];
    if (!this.data.editable) return element("span", { class: `number${long}` }, ...parts);
    const label = `${name}: ${withUnit(shown, unit)}. Enter a reading`;
    const act = { onclick: () => this.edit(id), "aria-label": label, title: "Enter a reading" };
    return element("button", { type: "button", class: `number${long}`, ...act }, ...parts);
  }

  /** @param {Card<Gauge>} card @param {() => void} forgotten */
  editor(card, forgotten) {
    return gaugeEditor(this, card, forgotten);
  }

  /** @param {Indicator[]} rows */
  indicators(rows) {
    if (!rows.length) return [];
    const items = rows.map((row) => {
      const when = element("small", {}, present([row.change, row.period]).join(" · "));
      return element("li", {}, this.named(row), element("b", {}, row.value), when);
    });
    const title = element("h3", {}, "Indicators", element("small", {}, "◇ no range, never green"));
    return [element("section", { class: "indicators" }, title, element("ul", {}, ...items))];
  }
}

/** @param {string} text @param {string} unit */
function withUnit(text, unit) {
  return unit ? `${text}\u00a0${unit}` : text;
}

/** @param {Gauge} gauge */
function spoken({ name, whose, shown, unit, ideal, sentence, line, state, signal }) {
  const facts = [withUnit(shown, unit), state.text, signal?.text];
  const said = present([...facts, `ideal ${ideal}`]).join(", ");
  return `${name}, ${whose}: ${said}. ${line}. ${sentence}`;
}

export default mounted(Gauges);
