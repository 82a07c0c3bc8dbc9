// A grid to type in: a cell is sent as it is left, and rows are known by their key, so that whoever
// adds or removes one meanwhile takes nothing from what is being typed.

/** @import { Change, Facts, GridData } from "./types" */
/** @import { Row } from "./row.js" */
/** @import { Mounted } from "../shared/types" */

import { NO_ANSWER } from "../editing/outbox.js";
import { isRefused } from "../editing/protocol.js";
import { arrange, button, element, emptiness, focusedIn, keepKeys, leaveAtTouch } from "../shared/elements.js";
import { printWhole } from "../shared/printing.js";
import { Shown } from "../shared/shown.js";
import { Drafts } from "./drafts.js";
import { Edits } from "./edits.js";
import { focusOn, steadily, take } from "./focus.js";

const MOST_AT_ONCE = 500;

/** @template {GridData} Data @template {Row<any>} R @extends {Shown<Data>} */
export class Grid extends Shown {
  /** @param {HTMLElement} root @param {HTMLElement} body */
  constructor(root, body) {
    super(root);
    printWhole(root);
    this.body = body;
    this.empty = element("div");
    this.lists = element("div", { hidden: true });
    /** @type {Map<string, R>} */
    this.rows = new Map();
    /** @type {R[]} */
    this.order = [];
    /** @type {string | null} */
    this.shown = null;
    /** @type {string | null} */
    this.nameless = null;
    /** Whether something has been typed since something was sent. */
    this.isTyping = false;
    /** Where whoever was done with a cell was taken. @type {Element | null} */
    this.landed = null;
    this.goesAside = false;
    this.hasBlanks = false;
    /** @type {Edits<Change>} */
    this.edits = new Edits({
      post: (changes, token) => this.post(changes, token),
      late: (changes) => changes.forEach(({ row }) => row.tell(NO_ANSWER)),
      isHere: () => root.isConnected,
      mayEdit: () => this.data.editable,
      version: () => this.data.version,
      next: () => this.next(),
      renamed: (change, verdict) => change.row.renamed(change, verdict),
      saved: (change, verdict) => change.row.saved(change, verdict),
      refused: (change, verdict) => change.row.refused(change, verdict),
      overtaken: ({ row }) => row.tellState(),
    });
    keepKeys(root);
    leaveAtTouch(root);
  }

  /** @param {Mounted<Data>} component */
  show({ data, setTriggerValue }) {
    this.data = data;
    this.send = setTriggerValue;
    const isSame = this.shown === this.placeOf(data);
    if (isSame) this.edits.hear(data.answer);
    steadily(this.root, () => {
      if (!isSame) this.begin();
      this.render();
    });
    this.edits.hurry();
    return this.leave;
  }

  /** @param {Change[]} changes @param {string} token */
  post(changes, token) {
    const { table, place } = this.data;
    this.isTyping = false;
    this.send("edit", { table, place, edits: changes.map(({ edit }) => edit), token });
  }

  /** @param {Data} data */
  placeOf({ person, table, place }) {
    return `${person} ${table} ${place}`;
  }

  // Where what is typed is kept in the tab.
  /** @param {string} person */
  storeOf(person) {
    return `${this.data.table} ${person}`;
  }

  begin() {
    const { person, place } = this.data;
    this.shown = this.placeOf(this.data);
    const before = this.nameless === place ? this.edits.drafts : new Drafts(this.storeOf(""));
    this.edits.begin(new Drafts(this.storeOf(person)));
    if (person) this.take(before);
    this.nameless = person ? null : place;
    for (const row of this.rows.values()) row.node.remove();
    this.rows.clear();
    this.order = [];
  }

  // What was typed before a name was picked is that person's.
  /** @param {Drafts} nameless */
  take(nameless) {
    for (const [key, draft] of [...nameless.held]) {
      this.edits.drafts.set(key, { ...draft, left: this.isSentAtOnce && (draft.left || isRefused(draft)), refused: null });
      nameless.drop(key);
    }
  }

  get isSentAtOnce() {
    return true;
  }

  render() {
    this.empty.replaceChildren(...emptiness(this.data.empty));
    this.place(this.data.rows.map((facts) => this.seat(facts)));
    this.settle();
  }

  // A row that is no longer listed stays where it was.
  /** @param {R[]} rows */
  place(rows) {
    for (const row of this.missing(rows)) rows.splice(this.order.indexOf(row), 0, row);
    this.order = rows;
  }

  /** @param {string} _key @param {Facts} _facts @returns {R} */
  createRow(_key, _facts) {
    throw new Error("Each page has rows of its own.");
  }

  /** @param {Facts} facts */
  seat(facts) {
    const key = `${facts.target} ${facts.id}`;
    const row = this.rows.get(key) ?? this.add(this.createRow(key, facts));
    row.show(facts);
    return row;
  }

  /** @param {R} row */
  add(row) {
    this.rows.set(row.key, row);
    row.recall();
    return row;
  }

  /** @param {R[]} rows */
  missing(rows) {
    const others = [...this.rows.values()].filter((row) => !rows.includes(row));
    const kept = others.filter((row) => this.isKept(row));
    for (const row of others) {
      if (!kept.includes(row)) this.drop(row);
      else if (!row.isGone && !row.isAwaited) this.askGone(row);
    }
    return kept;
  }

  // A row that is no longer listed stays as long as something typed in it is not safe.
  /** @param {R} row */
  isKept(row) {
    return row.drafts().length > 0 || this.edits.isOnItsWay(row.key);
  }

  /** @param {R} row */
  askGone(row) {
    row.isGone = true;
    const drop = () => {
      row.drop();
      this.render();
    };
    row.ask("This row is no longer listed here. What you typed is kept.", [button("Drop what I typed", { onclick: drop })], "! Not saved");
  }

  // Who was in a row that goes is taken to the one beside it.
  /** @param {R} row */
  drop(row) {
    const active = focusedIn(row.node);
    const beside = active && row.node.contains(active) ? (row.node.nextElementSibling ?? row.node.previousElementSibling) : null;
    row.remove();
    if (beside) focusOn(beside, "[data-field]:enabled");
  }

  settle() {
    this.inOrder(this.body, this.order.map(({ node }) => node));
  }

  // A moved field loses its focus: it gets it back where it went.
  /** @param {HTMLElement} body @param {HTMLElement[]} nodes */
  inOrder(body, nodes) {
    if (body.children.length === nodes.length && nodes.every((node, at) => body.children[at] === node)) return;
    const active = focusedIn(this.root);
    const range = active instanceof HTMLInputElement ? { start: active.selectionStart, end: active.selectionEnd } : null;
    arrange(body, nodes);
    if (!(active instanceof HTMLElement) || active === focusedIn(this.root) || !body.contains(active)) return;
    active.focus();
    if (range && active instanceof HTMLInputElement) active.setSelectionRange(range.start, range.end);
  }

  // What was done comes after what was typed is answered: it is about what then stands.
  /** @returns {Change[]} */
  next() {
    const taken = new Set();
    const typed = this.edits.drafts.left().flatMap(([key, draft]) => {
      const change = taken.has(key) ? null : this.rows.get(draft.row)?.change(key, draft);
      change?.drafts.forEach(([each]) => taken.add(each));
      return change ? [change] : [];
    });
    if (typed.length) return typed.slice(0, MOST_AT_ONCE);
    const done = this.edits.acts.splice(0).filter((change) => change.row.mayGo(change));
    return done.map((change) => change.row.stamped(change));
  }

  /** @param {R} row @param {number} count @returns {R[]} */
  rowsFrom(row, count) {
    const rows = this.order.slice(this.order.indexOf(row));
    return rows.filter((one) => !one.isGone && !one.isOver).slice(0, Math.max(count, 1));
  }

  /** @param {HTMLElement | undefined} input */
  land(input) {
    take(input);
    this.landed = focusedIn(this.root);
  }

  // Who was taken on from a cell that is refused, and has not begun anything else, is taken back.
  /** @param {HTMLElement | undefined} back */
  returnTo(back) {
    if (back && !this.isTyping && this.landed && this.landed === focusedIn(this.root)) take(back);
    this.landed = null;
  }

  /** @param {R} row @returns {R} */
  addedBelow(row) {
    return row;
  }
}
