// The table of a team's objectives: each with its key results below it, and an empty row at the end
// of each kind to type a new one into.

/** @import { Draft } from "../editing/types" */
/** @import { Mounted } from "../shared/types" */
/** @import { OkrFacts, OkrsData, Target } from "./types" */

import { Grid } from "../grid/grid.js";
import { button, element, focusedIn, reveal } from "../shared/elements.js";
import { mounted } from "../shared/shown.js";
import { turnDetails } from "./details.js";
import { Head } from "./head.js";
import { showRemarks, watchFocus } from "./remarks.js";
import { OkrRow, isNewKey, newKey } from "./row.js";

export const styles = ["shared/shared.css", "grid/grid.css", "editing/editor.css", "decisions/form.css", "okrs/okrs.css"];

const COLUMNS = ["Key result", "Kind", "From", "To", "Unit", "Weight", "Owner", "Fed by KPI", "Now", ""];
/** @type {Record<string, string[]>} */
const NEEDED = { metric: ["start", "target"], milestone: ["steps"], hold: ["hold_periods"] };

/** @extends {Grid<OkrsData, OkrRow>} */
export class Okrs extends Grid {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, element("div", { class: "objectives" }));
    /** @type {OkrRow[]} */
    this.order = [];
    this.goesAside = true;
    this.hasBlanks = true;
    this.head = new Head(this);
    this.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...COLUMNS.map((name) => element("span", {}, name)));
    /** @type {string | null} */
    this.pointed = null;
    this.isPressed = false;
    this.fold = button("", { class: "fold", onclick: () => this.send("unfold", !this.data.unfolded) });
    root.append(this.lists, this.empty, this.head.node, this.columns, this.body);
    watchFocus(this);
  }

  /** @param {Mounted<OkrsData>} component */
  show(component) {
    super.show(component);
    const { agreed } = this.data;
    if (agreed) for (const { todo } of this.rows.values()) todo.editor?.hear(agreed);
    this.point();
    return this.leave;
  }

  /** @param {string} person */
  storeOf(person) {
    return `${super.storeOf(person)} ${this.data.place}`;
  }

  // New rows that were typed before a reload come back from what the tab kept.
  begin() {
    super.begin();
    this.head.settle();
    this.revive((draft) => draft.target === "objective", null);
  }

  /** @param {(draft: Draft) => boolean} isHere @param {OkrRow | null} under */
  revive(isHere, under) {
    for (const draft of [...this.edits.drafts.held.values()]) {
      if (isNewKey(draft.row) && isHere(draft) && !this.rows.has(draft.row)) this.adopt(draft.row, under);
    }
  }

  render() {
    this.columns.hidden = !this.data.rows.length;
    super.render();
    this.head.show();
    showRemarks(this);
  }

  /** @param {string} key @param {OkrFacts} facts */
  createRow(key, facts) {
    return new OkrRow(this, key, facts, this.rows.get(`objective ${facts.under}`) ?? null);
  }

  /** @param {OkrRow} row */
  add(row) {
    super.add(row);
    this.revive(({ under }) => under === row.key, row);
    return row;
  }

  /** @param {OkrFacts} facts */
  seat(facts) {
    const row = super.seat(facts);
    row.under = this.rows.get(`objective ${facts.under}`) ?? null;
    return row;
  }

  /** @param {string} key @param {OkrRow | null} under */
  adopt(key, under) {
    const target = under ? "key result" : "objective";
    const row = this.add(new OkrRow(this, key, newFacts(target, under), under));
    this.beside(row).push(row);
    return row;
  }

  /** @param {OkrRow} row */
  beside({ under }) {
    return under ? under.kids : this.order;
  }

  // Rows of the data stand in its order; those that are new or gone, behind them.
  /** @param {OkrRow[]} rows */
  place(rows) {
    const others = this.missing(rows);
    const before = new Set([...this.order, ...[...rows, ...this.order].flatMap(({ kids }) => kids)]);
    const all = [...rows, ...[...before].filter((row) => others.includes(row))];
    this.order = all.filter(({ under }) => !under);
    for (const row of this.order) row.kids = all.filter(({ under }) => under === row);
  }

  /** @param {OkrRow} row */
  isKept(row) {
    return row.isAwaited || row.kids.some((kid) => super.isKept(kid)) || super.isKept(row);
  }

  /** @param {OkrRow} row */
  askGone(row) {
    row.isGone = true;
    row.ask(
      "Somebody took this row away meanwhile. What you typed is still here.",
      [
        button("Let it go", { onclick: () => this.letGo(row) }),
        button("Add it as a new row", { class: "primary", onclick: () => row.addAgain() }),
      ],
      "! Not saved",
    );
  }

  /** @param {OkrRow} row */
  letGo(row) {
    for (const kid of row.kids) kid.drop();
    row.drop();
    const place = this.beside(row);
    place.splice(place.indexOf(row), 1);
  }

  // Below the last row of each kind there is always an empty one to type into.
  settle() {
    const may = this.data.editable && Boolean(this.data.cycle);
    for (const row of this.order) {
      const isOpen = may && !row.isOver && !row.isGone && (!row.isNew || row.isNamed);
      row.kids = this.withBlank("key result", row.kids, row, isOpen);
    }
    this.order = this.withBlank("objective", this.order, null, may);
    for (const row of this.order) {
      for (const one of [row, ...row.kids]) one.settleDown();
      if (row.results) this.inOrder(row.results, row.kids.map(({ node }) => node));
    }
    this.inOrder(this.body, this.folded());
  }

  // Those that are over stand below, behind a button; one that was closed just now, where it was.
  folded() {
    const over = this.order.filter(({ isPast }) => isPast);
    const others = this.order.filter(({ isPast }) => !isPast);
    const { closed, unfolded } = this.data;
    const count = closed - others.filter(({ isOver }) => isOver).length;
    this.fold.textContent = `${unfolded ? "▾" : "▸"} ${count} closed`;
    this.fold.setAttribute("aria-expanded", String(unfolded));
    for (const { node } of over) node.hidden = !unfolded;
    return [...others, { node: this.fold }, ...over].map(({ node }) => node).filter((node) => node !== this.fold || count > 0);
  }

  // The empty row stays the same one: who goes to it while another cell is saved must find it.
  /** @param {Target} target @param {OkrRow[]} rows @param {OkrRow | null} under @param {boolean} isOpen */
  withBlank(target, rows, under, isOpen) {
    const empty = rows.filter((row) => row.isNew && !row.isGone && !row.drafts().length);
    const active = focusedIn(this.root);
    const spare = isOpen ? (empty.find(({ line }) => active && line.contains(active)) ?? empty.at(-1)) : undefined;
    for (const row of empty) if (row !== spare) this.drop(row);
    const kept = rows.filter((row) => !empty.includes(row));
    if (spare) return [...kept, spare];
    const last = kept.at(-1);
    if (!isOpen || (last?.isNew && !last.isNamed)) return kept;
    return [...kept, this.add(new OkrRow(this, newKey(target), newFacts(target, under), under))];
  }

  /** @param {OkrRow} row @param {number} count */
  rowsFrom(row, count) {
    const rows = this.beside(row);
    return rows.slice(rows.indexOf(row)).filter((one) => !one.isGone && !one.isOver).slice(0, count);
  }

  /** @param {OkrRow} row */
  addedBelow({ facts: { target }, under }) {
    return this.adopt(newKey(target), under);
  }

  // What was just made is shown, and one goes on in it where something is still to be typed.
  point() {
    const { focus } = this.data;
    const row = this.rows.get(focus ?? "");
    if (!row || this.pointed === focus) return;
    this.pointed = focus;
    reveal(row.line);
    if (!isTyping()) this.goOn(row);
  }

  /** @param {OkrRow} row */
  goOn(row) {
    const rows = row.facts.target === "objective" ? row.kids : [row];
    const needed = rows.filter(({ isNew }) => !isNew).flatMap((one) => NEEDED[one.kind].map((name) => ({ one, name, input: one.cells.get(name)?.input })));
    const lacking = needed.find(({ input }) => input && !input.value && !input.disabled);
    if (lacking) turnDetails(lacking.one, true);
    (lacking?.input ?? row.cells.get("name")?.input)?.focus({ preventScroll: true });
  }
}

/** @param {Target} target @param {OkrRow | null} under @returns {OkrFacts} */
function newFacts(target, under) {
  return { target, id: 0, under: under?.facts.id ?? null, name: "", cells: {} };
}

function isTyping() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return Boolean(active?.matches("input, textarea, select, [contenteditable='true']"));
}

export default mounted(Okrs);
