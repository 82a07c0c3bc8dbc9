// Gauges as cards or as rows of a table, each with its reading to type over.

/** @import { Card } from "../editing/cards.js" */
/** @import { Gauge, GaugesData, Indicator } from "./types" */

import { Cards } from "../editing/cards.js";
import { arrange, asking, button, element, emptiness, heading, keepingFocus, mark, present, sayMore } from "../shared/elements.js";
import { kpiLink } from "../shared/links.js";
import { ofTeam } from "../shared/naming.js";
import { onOpen } from "../shared/opening.js";
import { mounted } from "../shared/shown.js";
import { withChange } from "../shared/since.js";
import { dial } from "./dial.js";
import { gaugeEditor, keptReading } from "./reading_editor.js";
import { sparkline, valuesOf } from "./sparkline.js";

export const styles = [
  "shared/shared.css",
  "shared/marks.css",
  "editing/editor.css",
  "gauges/sparkline.css",
  "gauges/signals.css",
  "gauges/gauges.css",
  "gauges/table.css",
];
const COLUMNS = ["Last readings", "KPI", "Value", "Ideal", "Health and signal", "What happens"];

/** @extends {Cards<GaugesData, Gauge, number>} */
export class Gauges extends Cards {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "card surface");
    this.grid = element("div", { class: "gauges" });
    this.parts = element("div");
    this.list = element("div");
    this.isTable = false;
    this.head = element("div", { class: "head" });
    this.choice = element("div", { class: "choice", role: "group", "aria-label": "How to show them" }, this.view("Cards"), this.view("Table"));
    this.heads = element("div", { class: "heads", role: "row" }, ...COLUMNS.map((name) => element("span", { role: "columnheader" }, name)));
    this.more = asking(() => this.send("more", true));
    root.append(this.head, this.parts, this.grid, this.list, this.more);
    this.leave = onOpen("kpi", (id, isToEdit) => this.visit(id, isToEdit));
  }

  render() {
    const { heading: title, question, empty, gauges, indicators, moved } = this.data;
    this.keepOnly(new Set(gauges.map(({ id }) => id)));
    // A table without a row would be heads of nothing.
    const isTable = this.data.table === true && gauges.length + this.cards.size > 0;
    if (isTable !== this.isTable) for (const card of this.cards.values()) card.signature = "";
    this.isTable = isTable;
    this.arrangeParts();
    const nodes = gauges.map((gauge) => this.draw(gauge.id, withChange(gauge, moved)));
    const order = [...new Set([...nodes, ...[...this.cards.values()].map(({ node }) => node)])];
    this.grid.className = isTable ? "gauges table surface" : "gauges";
    this.lay(isTable ? [this.heads, ...order] : order);
    if (isTable) this.grid.setAttribute("role", "table");
    else this.grid.removeAttribute("role");
    this.showHead(title, question);
    this.parts.replaceChildren(...emptiness(empty));
    keepingFocus(this.list, () => this.list.replaceChildren(...this.indicators(indicators)));
    sayMore(this.more, this.data);
  }

  // The page is arranged together with what is new on it: what was shown before would jump.
  arrangeParts() {
    const { host } = /** @type {ShadowRoot} */ (this.root.getRootNode());
    const parts = /** @type {HTMLElement | null} */ (host.closest(".together"));
    if (parts) parts.dataset.arranged = this.data.beside === false ? "below" : "beside";
  }

  // What is typed on stays where it is, as long as nothing came or went.
  /** @param {HTMLElement[]} order */
  lay(order) {
    const children = [...this.grid.children];
    const isSame = order.length === children.length && order.every((node) => children.includes(node));
    if (!this.editors.size || !isSame) arrange(this.grid, order);
  }

  // The switch stays while it is looked at, or it would lose the focus.
  /** @param {string} title @param {string} question */
  showHead(title, question) {
    const { table, gauges } = this.data;
    this.head.hidden = !title;
    const choice = table === null || !gauges.length ? [] : [this.choice];
    for (const node of this.choice.children) node.setAttribute("aria-pressed", String((node === this.choice.lastElementChild) === table));
    if (!this.head.childElementCount) this.head.append(heading(title, question));
    else this.head.firstElementChild?.replaceWith(heading(title, question));
    arrange(this.head, [.../** @type {Element[]} */ ([this.head.firstElementChild]), ...choice]);
  }

  /** @param {HTMLElement} node @param {Gauge} gauge */
  face(node, gauge) {
    const { state, signal, decided } = gauge;
    const { isTable } = this;
    Object.assign(node.dataset, { state: state.kind, decided: String(Number(decided)), signal: signal?.kind ?? "" });
    node.setAttribute("aria-label", spoken(gauge));
    if (isTable) node.setAttribute("role", "row");
    else node.removeAttribute("role");
    return isTable ? this.row(gauge) : this.card(gauge);
  }

  /** @param {Gauge} gauge */
  card(gauge) {
    const { state, signal, needle, off, band, lower, upper, ideal, series, limits, unusual } = gauge;
    // A range stays in one line, whatever the room beside the dial.
    const whole = `ideal ${ideal.replace("–", "–\u2060")}`;
    return [
      element("header", {}, element("h3", {}, this.named(gauge)), ...whose(gauge)),
      element(
        "div",
        { class: "scale" },
        dial(needle, off, band),
        element("span", { class: "lower" }, lower),
        element("span", { class: "upper" }, upper),
      ),
      element("div", { class: "reading" }, this.reading(gauge)),
      element("p", { class: "ideal" }, whole),
      element("div", { class: "marks" }, mark("", state), signal && mark("behaviour", signal)),
      sparkline(valuesOf(series), limits, unusual),
      element("p", { class: "words" }, ...this.words(gauge)),
    ];
  }

  /** @param {Gauge} gauge */
  row(gauge) {
    const { state, signal, ideal, series, limits, unusual } = gauge;
    const cells = [
      sparkline(valuesOf(series), limits, unusual),
      element("header", {}, element("h3", {}, this.named(gauge)), ...whose(gauge)),
      this.reading(gauge),
      element("span", { class: "ideal" }, ideal),
      element("div", { class: "marks" }, mark("", state), signal && mark("behaviour", signal)),
      element("p", { class: "words" }, ...this.words(gauge)),
    ];
    return cells.map((cell) => element("div", { role: "cell" }, cell));
  }

  /** @param {string} name */
  view(name) {
    return button(name, { onclick: () => this.send("view", name.toLowerCase()) });
  }

  // A phone has room for the whole sentence and no pointer that could ask for it; the page of a KPI
  // says it beside its gauge.
  /** @param {Gauge} gauge */
  words({ line, sentence, changed }) {
    if (!this.data.opens) return [element("span", {}, line)];
    const news = changed ? [element("span", { class: "changed" }, changed)] : [];
    return [element("span", { class: "in-short", title: sentence }, line), element("span", { class: "in-full" }, sentence), ...news];
  }

  /** @param {Gauge | Indicator} shown */
  named({ id, name }) {
    if (!this.data.opens) return element("span", { class: "name" }, name);
    return kpiLink(name, id, () => this.send("open", { target: "kpi", id }));
  }

  /** @param {Gauge} gauge */
  reading({ id, name, team, shown, unit }) {
    const long = shown.length > 7 ? " long" : "";
    const parts = [element("b", {}, shown), unit ? element("small", {}, unit) : null];
    if (!this.data.editable) return element("span", { class: `number${long}` }, ...parts);
    const label = `${ofTeam(name, team)}: ${withUnit(shown, unit)}. Enter a reading`;
    const act = { onclick: () => this.edit(id), "aria-label": label, title: "Enter a reading" };
    return element("button", { type: "button", class: `number${long}`, ...act }, ...parts);
  }

  /** @param {Gauge} gauge */
  keptAs({ id }) {
    return keptReading(this.data.person, id);
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
      return element("li", {}, this.named(row), ...whose(row), element("b", {}, row.value), when);
    });
    const title = element("h3", {}, "Indicators", element("small", {}, "◇ no range, never green"));
    return [element("section", { class: "indicators" }, title, element("ul", {}, ...items))];
  }
}

/** @param {string} text @param {string} unit */
function withUnit(text, unit) {
  return unit ? `${text}\u00a0${unit}` : text;
}

/** @param {Gauge | Indicator} shown */
function whose({ team }) {
  return team ? [element("small", {}, team)] : [];
}

/** @param {Gauge} gauge */
function spoken({ name, team, owner, shown, unit, ideal, sentence, line, state, signal, changed }) {
  const facts = [withUnit(shown, unit), state.text, signal?.text];
  const said = present([...facts, `ideal ${ideal}`]).join(", ");
  return `${present([name, team, owner]).join(", ")}: ${said}. ${line}. ${sentence}${changed ? ` ${changed}.` : ""}`;
}

export default mounted(Gauges);
