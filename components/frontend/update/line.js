// A line to type into: what is said of a period or a day of one's own.

/** @import { Column } from "../grid/types" */
/** @import { Draft, Entry } from "../editing/types" */
/** @import { UpdateList } from "./index.js" */
/** @import { UpdateFacts } from "./types" */
/** @import { Trend } from "./trend.js" */

import { Row } from "../grid/row.js";
import { button, element, focusedIn } from "../shared/elements.js";
import { change, exactly, typedNumber } from "./numbers.js";

/** @type {Record<string, string>} */
const STATES = { "○": "due", "◔": "late" };
const WITH_ITS_NUMBER = "◌ Kept here: saved with its number.";

/** @extends {Row<UpdateFacts>} */
export class UpdateLine extends Row {
  /** @param {UpdateList} list @param {string} key @param {UpdateFacts} facts @param {string} day */
  constructor(list, key, facts, day) {
    super(list, key, facts);
    this.list = list;
    this.day = day;
    /** @type {Trend | undefined} */
    this.trend = undefined;
    // A tap on what saves leaves the cell where it is: no keyboard comes and goes on a phone.
    const stay = (/** @type {Event} */ event) => event.preventDefault();
    this.still = button("", { class: "still", tabindex: -1, title: "Saves the value before: or type =", onpointerdown: stay, onclick: () => this.takeSame() });
    this.save = button("Save", { class: "save primary", tabindex: -1, onpointerdown: stay, onclick: () => this.finish() });
    this.slot = element("div", { class: "slot" }, this.still, this.save);
    this.fresh = element("div", { class: "new" });
    const columns = list.data.columns[facts.kind];
    for (const column of columns) if (column.name === "value") this.fresh.append(this.number(column));
    this.fresh.append(this.slot, this.chooser());
    const words = columns.filter(({ name }) => name !== "value").map((column) => this.labelled(column));
    const say = button("Say more", { class: "say", "aria-label": `Say more of ${this.title()}`, onclick: () => this.openWords() });
    this.line.append(this.fresh, ...words, say, this.state);
    this.node.append(this.complaints.about);
  }

  /** @returns {HTMLElement} */
  chooser() {
    return element("span", { class: "day" }, this.dayName());
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

  dayName(day = this.day) {
    return this.days.find((one) => one.day === day)?.name ?? "";
  }

  title() {
    return `${this.facts.name}, ${this.dayName()}`;
  }

  /** @param {string} [day] */
  told(day = this.day) {
    return this.facts.told[this.days.findIndex((one) => one.day === day)];
  }

  // The last value before a day, and when that was.
  before() {
    const earlier = this.days.findIndex(({ day }) => day === this.day) + 1;
    const at = this.facts.told.findIndex((told, place) => place >= earlier && told?.value);
    return at < 0 ? { value: this.facts.before, name: "" } : { value: this.facts.told[at]?.value ?? "", name: this.days[at].name };
  }

  /** @param {string} _name */
  at(_name) {
    return this.day;
  }

  // What was typed for another day is saved too.
  holds() {
    return true;
  }

  /** @param {string} name */
  standing(name) {
    return this.told()?.[name] ?? "";
  }

  /** @param {string} name @param {string} text */
  isNothing(name, text) {
    return super.isNothing(name, text) || (name === "value" && !text);
  }

  // Whether its number is still awaited.
  get waits() {
    return !this.standing("value") && !this.draft("value")?.left;
  }

  get isTyped() {
    return [...this.cells.keys()].some((name) => {
      const draft = this.draft(name);
      return draft && !draft.left && draft.refused !== draft.typed;
    });
  }

  tellState() {
    super.tellState();
    this.node.dataset.state = STATES[this.state.textContent?.[0] ?? ""] ?? "";
    this.showSlot();
    this.trend?.show();
  }

  // One place for what can be done with a number, so that nothing moves as it is typed and saved.
  showSlot() {
    const { value } = this.before();
    const isFree = this.cells.has("value") && !this.standing("value") && !this.draft("value") && this.list.data.editable;
    this.save.hidden = !this.isTyped;
    this.still.hidden = !isFree || !value || this.isTyped;
    if (!this.still.hidden) this.still.textContent = `still ${exactly(value)}${this.facts.unit && `\u00a0${this.facts.unit}`}`;
  }

  // What the number that is typed would change, and whether it is where it should be.
  news() {
    const typed = typedNumber(this.draft("value")?.typed ?? "");
    if (typed === null) return null;
    const { value, name } = this.before();
    const [low, high] = this.facts.range;
    const odd = high !== null && typed > high ? "▲ above its range" : low !== null && typed < low ? "▼ below its range" : "";
    const moved = value ? change(typed, Number(value)) : "the first value";
    const since = value && name && !odd ? ` since ${name}` : "";
    return { text: `${odd && `${odd}, `}${moved}${since}`, isOdd: Boolean(odd) };
  }

  // “=” takes the value before, and never in the place of one that stands.
  /** @param {string} name @param {string} said */
  type(name, said, isLeft = false) {
    const isSame = name === "value" && said.includes("=");
    super.type(name, isSame ? this.standing("value") || this.before().value : said, isLeft);
    if (isSame) this.fill();
  }

  takeSame() {
    this.type("value", "=");
    this.leave("value");
    this.list.goOnFrom(this);
  }

  // For thumbs, which have no Enter: saves what is typed and goes on to the next that is due.
  finish() {
    this.leaveAll();
    const [active, next] = [focusedIn(this.node), this.onward()];
    if (next) this.list.land(next);
    else if (active instanceof HTMLElement) active.blur();
  }

  leaveAll() {
    for (const name of this.cells.keys()) this.leave(name);
  }

  rest() {
    return this.trend?.row.lines[0] === this ? this.facts.waits : this.waits ? "◌ missing" : "";
  }

  onward(_field = "", by = 1) {
    return this.list.beside(this, by);
  }

  openWords() {
    this.node.classList.add("wordy");
    const words = [...this.cells.values()].find(({ column }) => column.name !== "value" && column.kind !== "checkbox");
    words?.input.focus();
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
}
