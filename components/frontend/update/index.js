// The list of what is one's own. Rows stay where they are until the page is opened anew.

/** @import { Section, UpdateData, UpdateFacts } from "./types" */

import { reachable } from "../grid/focus.js";
import { Grid } from "../grid/grid.js";
import { arrange, button, element, focusedIn } from "../shared/elements.js";
import { mounted } from "../shared/shown.js";
import { UpdateLine } from "./line.js";
import { UpdateRow } from "./row.js";

export const styles = ["shared/shared.css", "grid/grid.css", "gauges/sparkline.css", "update/update.css", "update/narrow.css"];

/** @type {[Section, string][]} */
const SECTIONS = [["due", "Due"], ["late", "Late"], ["later", "Later"]];
const HEADS = ["", "Good is", "Last", "New", "Confidence", "Comment", "Blocked by", ""];
const KEYS = "Type a number, press Enter, and you are at the next. What is saved stays where it is until you come back.";
const THUMBS = "Type a number, tap Save, and you are at the next. What is saved stays where it is until you come back.";

/** @extends {Grid<UpdateData, UpdateLine>} */
export class UpdateList extends Grid {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, element("div", { class: "sections" }));
    this.isTouched = window.matchMedia("(pointer: coarse)").matches;
    this.sentence = element("span", { role: "status" });
    this.hint = element("p", { class: "small" });
    this.names = element("div", { class: "names" });
    const head = element("div", { class: "head" }, element("h2", { class: "sentence" }, this.sentence), this.hint);
    this.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...HEADS.map((name) => element("span", {}, name)));
    this.sections = SECTIONS.map(([section, title]) => {
      const [name, body] = [element("h3", {}, title), element("div", { class: "rows surface" })];
      const node = element("section", { class: section, "aria-label": title }, name, body);
      this.body.append(node);
      return { section, title, name, body, node };
    });
    this.isFocused = false;
    root.append(head, this.empty, this.names, this.columns, this.body, this.lists);
  }

  render() {
    const { sentence, names, otherwise, rows } = this.data;
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    this.hint.textContent = rows.length ? (this.isTouched ? THUMBS : KEYS) : otherwise;
    this.names.replaceChildren(...names.map(({ name, text }) => button(text, { onclick: () => this.send("pick", name) })));
    this.columns.hidden = !rows.length;
    super.render();
    if (rows.length && !this.isFocused) this.focusFirst();
  }

  /** @param {string} key @param {UpdateFacts} facts */
  createRow(key, facts) {
    return new UpdateRow(this, key, facts);
  }

  // A period that was missing keeps its line, and so does one that something was typed for.
  /** @param {UpdateFacts} facts */
  seat(facts) {
    const row = /** @type {UpdateRow} */ (super.seat(facts));
    const before = `${row.key} `;
    const typed = [...this.edits.drafts.held.values()].filter((draft) => draft.row.startsWith(before)).map(({ at = "" }) => at);
    const there = row.earlier.map(({ day }) => day);
    const days = new Set([...there, ...facts.missing.slice(0, -1), ...typed]);
    for (const day of [...days].sort()) {
      const line = row.earlier.find((one) => one.day === day) ?? row.addEarlier(this.add(new UpdateLine(this, before + day, facts, day)));
      line.show(facts);
    }
    if (days.size > there.length) row.settleIn();
    return row;
  }

  /** @param {UpdateLine[]} rows */
  place(rows) {
    super.place(rows.flatMap(linesOf));
  }

  /** @param {UpdateLine} row */
  isKept(row) {
    return linesOf(row).some((line) => super.isKept(line));
  }

  // Order is that of the first sight: a saved row does not jump away under one's fingers.
  settle() {
    const all = [...this.rows.values()].filter((row) => row instanceof UpdateRow);
    for (const { section, title, name, body, node } of this.sections) {
      const rows = all.filter((row) => row.section === section);
      const open = rows.filter(({ facts }) => section === "later" || facts.section !== "later").length;
      name.textContent = rows.length && !open ? `${title}: all done ✓` : `${title} (${open})`;
      node.hidden = !rows.length;
      arrange(body, rows.map((row) => row.node));
    }
  }

  // The number after a line that is still awaited, from the top again after the last.
  /** @param {UpdateLine} line @param {number} by */
  beside(line, by) {
    const inputs = reachable(this.body, "input.value");
    const here = inputs.findIndex((input) => line.line.contains(input));
    if (by < 0) return inputs[here - 1];
    const others = here < 0 ? inputs.filter((input) => isAfter(line.line, input)) : [...inputs.slice(here + 1), ...inputs.slice(0, here)];
    return others.find((input) => this.lineAt(input)?.waits && input.closest(".later") === null);
  }

  /** @param {Element | null} input */
  lineAt(input) {
    return [...this.rows.values()].find((one) => one.line.contains(input));
  }

  // Whoever says of one that it is as it was has done with what they were typing in another.
  /** @param {UpdateLine} line */
  goOnFrom(line) {
    const typed = this.lineAt(focusedIn(this.root));
    typed?.leaveAll();
    if (typed && !typed.waits) this.land(line.onward());
  }

  focusFirst() {
    this.isFocused = true;
    const isFree = document.activeElement === document.body || document.activeElement === null;
    const first = this.root.querySelector(".entry:not(.closed) input.value");
    if (isFree && this.data.editable && !this.isTouched && first instanceof HTMLElement) first.focus();
  }
}

/** @param {UpdateLine} row @returns {UpdateLine[]} */
function linesOf(row) {
  return row instanceof UpdateRow ? row.lines : [row];
}

/** @param {Node} one @param {Node} other */
function isAfter(one, other) {
  return Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
}

export default mounted(UpdateList);
