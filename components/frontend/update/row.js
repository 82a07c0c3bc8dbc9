// One row of the list: what is there, and the cells to type into for a period or a day.

/** @import { Change, Column } from "../grid/types" */
/** @import { Draft, Entry } from "../editing/types" */
/** @import { Grid } from "../grid/grid.js" */
/** @import { Step, UpdateData, UpdateFacts } from "./types" */

import { sparkline } from "../gauges/sparkline.js";
import { take } from "../grid/focus.js";
import { beyond } from "../grid/keys.js";
import { Row } from "../grid/row.js";
import { button, element, present } from "../shared/elements.js";

const STEP = "step ";
const WITH_ITS_NUMBER = "◌ Kept here: saved with its number.";

/** @extends {Row<UpdateFacts>} */
export class UpdateRow extends Row {
  /** @param {Grid<UpdateData, UpdateRow>} list @param {string} key @param {UpdateFacts} facts */
  constructor(list, key, facts) {
    super(list, key, facts);
    this.list = list;
    this.section = facts.section;
    this.what = element("div", { class: "what" });
    this.last = element("div", { class: "last" });
    this.steps = element("ul", { class: "steps" });
    this.choice = element("select", { class: "day", "aria-label": `${facts.name}: for`, onchange: () => this.choose() });
    const same = button("= no change", { class: "same", tabindex: -1, title: "Take the last value: or type =", onclick: () => this.takeSame() });
    const fresh = element("div", { class: "new" });
    const columns = list.data.columns[facts.kind];
    for (const column of columns.filter(({ name }) => name === "value")) fresh.append(this.number(column), same);
    fresh.append(this.choice);
    const words = columns.filter(({ name }) => name !== "value").map((column) => this.labelled(column));
    const open = button("Edit", { class: "open", "aria-label": `Edit ${facts.name}`, onclick: () => this.unfold() });
    this.line.append(this.what, this.last, this.steps, fresh, ...words, this.state, open, this.complaints.about);
    const [, draft] = this.drafts().at(-1) ?? [];
    this.day = draft?.at ?? "";
    this.node.classList.toggle("closed", facts.section === "early" && facts.kind !== "action" && !draft);
  }

  /** @param {Column} column */
  number(column) {
    const { unit } = this.facts;
    const label = this.labelled({ ...column, label: unit ? `${column.label}, ${unit}` : column.label });
    this.cells.get("value")?.input.classList.add("value");
    return label;
  }

  get days() {
    return this.list.data.days[this.facts.days];
  }

  /** @param {string} [day] */
  told(day = this.day) {
    return this.facts.told[this.days.findIndex((one) => one.day === day)];
  }

  /** @param {string} name */
  at(name) {
    return name.startsWith(STEP) ? "" : this.day;
  }

  // What was typed for another day is saved too.
  holds() {
    return true;
  }

  /** @param {string} name */
  standing(name) {
    const step = this.facts.steps.find(({ id }) => name === STEP + id);
    return step ? (step.done ? "yes" : "no") : (this.told()?.[name] ?? "");
  }

  /** @param {string} name @param {string} text */
  isNothing(name, text) {
    return super.isNothing(name, text) || (name === "value" && !text);
  }

  /** @param {UpdateFacts} facts */
  show(facts) {
    this.facts = facts;
    if (!this.days.some(({ day }) => day === this.day)) this.day = this.days[0]?.day ?? "";
    super.show(facts);
  }

  face() {
    const { facts } = this;
    this.choice.replaceChildren(...this.days.map(({ day, name }) => element("option", { value: day }, name)));
    const name = facts.target === "kpi" ? this.opener(facts.name) : facts.name;
    this.what.replaceChildren(element("h4", {}, name), element("p", { class: "small" }, facts.place));
    const line = facts.series.filter((value) => value !== null).length > 1 ? sparkline(facts.series) : null;
    const about = present([facts.when, facts.dismissed]).map((words) => element("small", {}, words));
    const last = facts.last ? element("b", {}, facts.last) : null;
    const fed = facts.fed ? this.opener(facts.fed) : null;
    this.last.replaceChildren(...present([line, element("p", {}, last, ...about, fed)]));
    this.steps.replaceChildren(...facts.steps.map((step) => this.step(step)));
    this.node.dataset.section = facts.section;
    this.node.dataset.target = facts.target;
    const value = this.cells.get("value")?.input;
    if (value instanceof HTMLInputElement) value.placeholder = facts.was;
  }

  /** @param {string} text */
  opener(text) {
    const { kpi: id } = this.facts;
    return id === null ? text : button(text, { class: "link", onclick: () => this.list.send("open", { target: "kpi", id }) });
  }

  /** @param {Step} step */
  step({ id, name, when }) {
    const [column] = this.list.data.columns.step;
    const { input } = this.addCell({ ...column, name: STEP + id, label: name });
    return element("li", {}, element("label", {}, input, name, when ? element("small", {}, when) : null));
  }

  fill() {
    super.fill();
    this.choice.value = this.day;
    this.choice.disabled = !this.list.data.editable;
  }

  rest() {
    return this.facts.waits;
  }

  /** @param {string} name @param {string} said */
  type(name, said, isLeft = false) {
    const text = name === "value" && said.includes("=") ? this.facts.before : said;
    super.type(name, text, isLeft);
    if (text !== said) this.fill();
  }

  // For thumbs; whoever has keys types “=”.
  takeSame() {
    this.type("value", "=");
    this.leave("value");
  }

  choose() {
    for (const name of this.cells.keys()) this.leave(name);
    this.day = this.choice.value;
    this.complaints.drop(...this.complaints.all.keys());
    this.fill();
  }

  onward(_field = "", by = 1) {
    return beyond(this, "value", by);
  }

  unfold() {
    this.node.classList.remove("closed");
    const [first] = this.cells.values();
    take(first.input);
  }

  /** @param {string | null} name @param {string} text @param {HTMLElement[]} [answers] @param {string} [state] */
  complain(name, text, answers, state) {
    super.complain(name, text, answers, state);
    this.node.classList.remove("closed");
  }

  // A reading's comment goes with its number where none stands yet.
  /** @param {Draft} draft */
  waitsFor({ cell, at }) {
    return this.facts.target === "kpi" && cell === "note" && !this.told(at) ? WITH_ITS_NUMBER : "";
  }

  /** @param {string} key @param {Draft} draft @returns {Entry[]} */
  beside(key, draft) {
    const waiting = this.drafts().filter(([, one]) => one.at === draft.at && this.waitsFor(one));
    return draft.cell === "value" ? [[key, draft], ...waiting] : [[key, draft]];
  }

  /** @param {string} key @param {Draft} draft @returns {Change | null} */
  change(key, draft) {
    const change = super.change(key, draft);
    const isStep = draft.cell.startsWith(STEP);
    if (change && isStep) Object.assign(change.edit, { target: "step", id: Number(draft.cell.slice(STEP.length)), cells: { done: draft.typed } });
    return change;
  }
}
