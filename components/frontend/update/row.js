// What one looks after: what it is, what good looks like, how it went, and the line to type into.

/** @import { Change } from "../grid/types" */
/** @import { Draft } from "../editing/types" */
/** @import { UpdateList } from "./index.js" */
/** @import { Lead } from "../shared/types" */
/** @import { Step, UpdateFacts } from "./types" */

import { take } from "../grid/focus.js";
import { button, element } from "../shared/elements.js";
import { leadLink, teamLink } from "../shared/links.js";
import { UpdateLine } from "./line.js";
import { Trend } from "./trend.js";

const STEP = "step ";

export class UpdateRow extends UpdateLine {
  /** @param {UpdateList} list @param {string} key @param {UpdateFacts} facts */
  constructor(list, key, facts) {
    super(list, key, facts, "");
    this.section = facts.section;
    /** The lines of the periods before the last that are missing, the oldest first. @type {UpdateLine[]} */
    this.earlier = [];
    this.what = element("div", { class: "what" });
    this.aim = element("div", { class: "aim" });
    const trend = new Trend(this);
    this.trend = trend;
    this.steps = element("ul", { class: "steps" });
    const head = element("div", { class: "about-it" }, this.what, this.aim, trend.node);
    const open = button("Edit", { class: "open", "aria-label": `Edit ${facts.name}`, onclick: () => this.unfold() });
    this.line.prepend(this.steps);
    this.line.append(open);
    this.node.prepend(head);
    const [, draft] = this.drafts().at(-1) ?? [];
    this.day = draft?.at ?? "";
    this.node.classList.toggle("closed", facts.section === "later" && facts.kind !== "action" && !draft);
    this.node.dataset.target = facts.target;
  }

  /** @returns {UpdateLine[]} */
  get lines() {
    return [...this.earlier, this];
  }

  // What stands on a line of its own is not chosen here, nor said twice.
  settleIn() {
    this.face();
    this.fill();
    this.tellState();
  }

  chooser() {
    this.choice = element("select", { class: "day", "aria-label": `${this.facts.name}: for`, onchange: () => this.choose() });
    return this.choice;
  }

  title() {
    return this.facts.name;
  }

  /** @param {UpdateLine} line */
  addEarlier(line) {
    line.trend = this.trend;
    line.node.classList.add("earlier");
    this.earlier = [...this.earlier, line].sort((one, other) => one.day.localeCompare(other.day));
    for (const { node } of this.earlier) this.node.insertBefore(node, this.line);
    return line;
  }

  /** @param {string} name */
  at(name) {
    return name.startsWith(STEP) ? "" : this.day;
  }

  /** @param {string} name */
  standing(name) {
    const step = this.facts.steps.find(({ id }) => name === STEP + id);
    return step ? (step.done ? "yes" : "no") : super.standing(name);
  }

  /** @param {UpdateFacts} facts */
  show(facts) {
    this.facts = facts;
    if (!this.days.some(({ day }) => day === this.day)) this.day = this.days[0]?.day ?? "";
    super.show(facts);
  }

  face() {
    const { facts, earlier } = this;
    const own = new Set(earlier.map(({ day }) => day));
    const days = this.days.filter(({ day }) => !own.has(day));
    this.choice?.replaceChildren(...days.map(({ day, name }) => element("option", { value: day }, name)));
    const name = facts.leads ? this.lead(facts.leads) : facts.name;
    this.what.replaceChildren(element("h4", {}, name), element("p", { class: "small" }, ...this.whose()));
    this.aim.replaceChildren(...facts.aim.map((words) => element("p", {}, words)));
    this.trend?.face(facts.fed && this.lead(facts.fed));
    this.steps.replaceChildren(...facts.steps.map((step) => this.step(step)));
    this.node.dataset.section = facts.section;
  }

  whose() {
    const { team, objective } = this.facts;
    const named = teamLink(team, () => this.list.send("team", team));
    return objective ? [named, " · ", this.lead(objective, "name")] : [named];
  }

  /** @param {Lead} lead */
  lead(lead, look = "link") {
    return leadLink(lead, this.list, { class: look });
  }

  /** @param {Step} step */
  step({ id, name, when }) {
    const [column] = this.list.data.columns.step;
    const { input } = this.addCell({ ...column, name: STEP + id, label: name });
    return element("li", {}, element("label", {}, input, name, when ? element("small", {}, when) : null));
  }

  fill() {
    super.fill();
    if (!this.choice) return;
    this.choice.value = this.day;
    this.choice.disabled = !this.list.data.editable;
    if (this.told()?.note) this.node.classList.add("wordy");
  }

  choose() {
    this.leaveAll();
    this.day = this.choice?.value ?? "";
    this.complaints.drop(...this.complaints.all.keys());
    this.fill();
    this.tellState();
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

  /** @param {string} key @param {Draft} draft @returns {Change | null} */
  change(key, draft) {
    const change = super.change(key, draft);
    const isStep = draft.cell.startsWith(STEP);
    if (change && isStep) Object.assign(change.edit, { target: "step", id: Number(draft.cell.slice(STEP.length)), cells: { done: draft.typed } });
    return change;
  }
}
