// One row of a grid: what is typed in it and done with it goes to the server, and what became of it.

/** @import { Change, Facts } from "./types" */
/** @import { Draft, Entry, Theirs, Verdict } from "../editing/types" */

import { NOT_SAVED, NOT_UNDERSTOOD, isRefused } from "../editing/protocol.js";
import { objectionTo } from "../editing/questions.js";
import { button } from "../shared/elements.js";
import { Cells } from "./cells.js";
import { take } from "./focus.js";

export const SAVED = "✓ Saved";

/** @template {Facts} [F=Facts] @extends {Cells<F>} */
export class Row extends Cells {
  // What a row takes with it where it is sent: cells that bound each other go together.
  /** @param {string} key @param {Draft} draft @returns {Entry[]} */
  beside(key, draft) {
    /** @param {string} cell */
    const group = (cell) => this.cells.get(cell)?.column.together || cell;
    const others = this.drafts().filter(([other, { cell }]) => other !== key && group(cell) === group(draft.cell));
    return [[key, draft], ...others];
  }

  /** @param {string} key @param {Draft} draft @returns {Change | null} */
  change(key, draft) {
    if (!this.holds(draft) || this.waitsFor(draft)) return null;
    const { target, id } = this.facts;
    const drafts = this.beside(key, draft);
    const cells = Object.fromEntries(drafts.map(([, { cell, typed }]) => [cell, typed.trim()]));
    const base_version = Math.min(...drafts.map(([, one]) => one.base_version));
    const confirmed = drafts.some(([, one]) => one.confirmed === one.typed);
    return { row: this, drafts, edit: { do: "cells", target, id, at: draft.at, cells, base_version, confirmed } };
  }

  /** @param {Record<string, unknown>} edit */
  act(edit) {
    const { edits, data } = this.grid;
    const { target, id, cells, state } = this.facts;
    this.settle();
    const whole = { ...edit, target, id, base_version: data.version };
    edits.act({ row: this, drafts: [], edit: whole, stood: { ...cells, state } });
    this.tellState();
  }

  // Whether something that is to be done may be sent now.
  /** @param {Change} _change */
  mayGo(_change) {
    return true;
  }

  // Nothing is done past something that was typed there and refused.
  /** @param {Cells<any>[]} rows */
  isClear(rows) {
    if (!rows.some((row) => row.drafts().some(([, draft]) => isRefused(draft)))) return true;
    if (this.complaints.all.size) this.tellState();
    else this.complain(null, "Something typed here is not saved yet: look at it first.");
    return false;
  }

  // What one saved oneself since the click is no rival's change; what anybody else did is.
  /** @param {Change} change @returns {Change} */
  stamped(change) {
    /** @type {Record<string, string | undefined>} */
    const now = { ...this.facts.cells, state: this.facts.state };
    const isRivals = Object.entries(change.stood ?? {}).some(([name, text]) => now[name] !== text);
    return isRivals ? change : { ...change, edit: { ...change.edit, base_version: this.grid.data.version } };
  }

  // Gives the drafts of a change anew where saving it gave the row another name.
  /** @param {Change} _change @param {Verdict} _verdict @returns {Entry[] | undefined} */
  renamed(_change, _verdict) {
    return undefined;
  }

  /** @param {Change} change @param {Verdict} _verdict */
  saved(change, _verdict) {
    this.savedAs = SAVED;
    for (const name of this.touched(change)) {
      for (const { row, stood } of this.grid.edits.acts) if (row === this && stood) delete stood[name];
    }
    for (const [, { cell }] of change.drafts) {
      this.tick(cell, "✓");
      this.complaints.drop(cell, null);
    }
    this.tellState();
  }

  /** @param {Change} change @returns {string[]} */
  touched({ drafts }) {
    return drafts.map(([, { cell }]) => cell);
  }

  /** @param {Change} change @param {Verdict} verdict */
  refused({ drafts, edit }, verdict) {
    if (!drafts.length) return this.objectToAct(edit, verdict);
    const about = verdict.theirs?.field ?? verdict.field;
    const entry = drafts.find(([, { cell }]) => cell === about) ?? drafts[0];
    // Where something is asked, to the answer that changes nothing: a key on its way does no harm.
    this.grid.returnTo(this.object(entry, verdict) ?? this.cells.get(entry[1].cell)?.input);
  }

  // What was refused before a reload is said again.
  recall() {
    for (const entry of this.drafts()) if (isRefused(entry[1])) this.object(entry, entry[1].answer ?? NOT_UNDERSTOOD);
  }

  /** @param {Entry} entry @param {Verdict} verdict */
  object([key, draft], verdict) {
    const { cell } = draft;
    const changed = () => {
      this.complaints.drop(cell, null);
      this.tellState();
    };
    const keep = () => {
      this.grid.edits.drafts.drop(this.keyNow(key, draft));
      this.forget(cell);
      take(this.cells.get(cell)?.input);
    };
    const acts = { key: () => this.keyNow(key, draft), keep, changed, focus: () => this.goTo(cell) };
    const { text, answers, gentle } = objectionTo(this.grid.edits, draft, verdict, acts, { tell: this.tells });
    this.complain(cell, text, answers);
    return gentle;
  }

  // A row that was new when something was typed in it may have a key of its own by now.
  /** @param {string} key @param {Draft} draft */
  keyNow(key, { row, cell }) {
    return row === this.key ? key : this.keyOf(cell);
  }

  /** @type {((theirs: Theirs, mine: string) => string) | undefined} */
  tells = undefined;

  /** @param {Theirs} theirs */
  changed({ who, value, field }) {
    const cell = field === "state" ? "state" : this.cells.get(field)?.column.label ?? "something here";
    return `${who ?? "Somebody"} has changed “${cell.toLowerCase()}” to ${value || "nothing"} meanwhile.`;
  }

  /** @param {Record<string, unknown>} edit @param {Verdict} verdict */
  objectToAct(edit, { kind, message, theirs, target, id, field }) {
    const lacking = this.grid.rows.get(`${target} ${id}`);
    const ways = lacking?.cells.has(field ?? "") ? [button("Go to the first", { class: "primary", onclick: () => lacking.goTo(field ?? "") })] : [];
    if (kind !== "conflict" || !theirs) return this.complain(null, message || NOT_SAVED, ways, "! Not done");
    this.complain(null, `${this.changed(theirs)} Look again before you go on.`, [
      button("Let it be", { onclick: () => this.settle() }),
      button("Do it all the same", { class: "primary", onclick: () => this.act(edit) }),
    ]);
  }

  /** @param {string} name */
  goTo(name) {
    take(this.cells.get(name)?.input);
  }

  drop() {
    for (const [key] of this.grid.edits.drafts.of(this.key)) this.grid.edits.drafts.drop(key);
    this.remove();
  }

  remove() {
    this.grid.rows.delete(this.key);
    this.node.remove();
  }
}
