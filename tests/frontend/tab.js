// A server, a time and a tab, for tests of what is sent and answered.

import { Drafts } from "../../components/frontend/grid/drafts.js";
import { Edits } from "../../components/frontend/grid/edits.js";

// One cell that everybody can edit: a change that was seen is answered again and not made again.
export class Server {
  constructor() {
    Object.assign(this, { version: 1, text: "old", who: null, answers: new Map(), changes: 0 });
  }

  take({ token, typed, base_version, confirmed }, who) {
    if (this.answers.has(token)) return this.answers.get(token);
    const answer = { token, ...this.judge(typed, base_version, confirmed, who) };
    this.answers.set(token, answer);
    return answer;
  }

  judge(typed, base_version, confirmed, who) {
    const theirs = { field: "cell", value: this.text, who: this.who, version: this.version };
    if (base_version < this.version && typed !== this.text) return { kind: "conflict", theirs };
    if (typed === "wrong") return { kind: "refused", message: "This is wrong." };
    if (typed === "1000" && !confirmed) return { kind: "doubtful", message: "This is a lot." };
    if (typed !== this.text) Object.assign(this, { text: typed, who, version: this.version + 1, changes: this.changes + 1 });
    return { kind: "saved" };
  }
}

// A time that stands until it is moved.
export class Time {
  constructor() {
    Object.assign(this, { at: 0, timers: [] });
    this.clock = {
      now: () => this.at,
      setTimeout: (act, after) => this.timers.push({ act, due: this.at + after }) - 1,
      clearTimeout: (timer) => delete this.timers[timer],
    };
  }

  pass(milliseconds) {
    this.at += milliseconds;
    const due = this.timers.filter((timer) => timer && timer.due <= this.at);
    this.timers = this.timers.map((timer) => (due.includes(timer) ? undefined : timer));
    for (const { act } of due) act();
  }
}

// A tab, which keeps its drafts when it is loaded anew.
export class Storage {
  constructor() {
    this.kept = new Map();
  }

  getItem(key) {
    return this.kept.get(key) ?? null;
  }

  setItem(key, text) {
    this.kept.set(key, text);
  }

  removeItem(key) {
    this.kept.delete(key);
  }
}

export const CELL = { row: "kpi 1", cell: "low" };

// One person at one tab: types into the cell, leaves it, sends it and hears.
export class Tab {
  constructor(server, time, who, storage = new Storage()) {
    Object.assign(this, { server, time, who, storage, onTheWire: [], late: 0, isHere: true, verdicts: [] });
    this.load();
  }

  load() {
    this.look();
    this.edits = new Edits({
      post: ([{ edit }], token) => this.onTheWire.push({ ...edit, token }),
      late: () => (this.late += 1),
      isHere: () => this.isHere,
      mayEdit: () => true,
      version: () => this.version,
      next: () => this.next(),
      saved: () => this.verdicts.push("saved"),
      refused: (_, { kind }) => this.verdicts.push(kind),
      overtaken: () => this.verdicts.push("overtaken"),
      clock: this.time.clock,
      storage: this.storage,
    });
    this.edits.begin(new Drafts(this.who, this.storage));
    this.edits.pump();
  }

  look() {
    this.version = this.server.version;
    this.shown = this.server.text;
  }

  get draft() {
    return this.edits.drafts.get("cell");
  }

  next() {
    const done = this.edits.acts.splice(0);
    if (done.length) return done;
    return this.edits.drafts.left().map(([key, draft]) => {
      const confirmed = draft.confirmed === draft.typed;
      return { row: CELL, drafts: [[key, draft]], edit: { typed: draft.typed, base_version: draft.base_version, confirmed } };
    });
  }

  type(text) {
    this.edits.type("cell", CELL, text);
  }

  leave() {
    const became = this.edits.leave("cell", (text) => text === this.shown);
    if (became === "left") this.edits.pump();
    return became;
  }

  // The server gets the oldest message; its answer arrives, or is lost on the way.
  run({ isLost = false } = {}) {
    const message = this.onTheWire.shift();
    const answer = this.server.take(message, this.who);
    if (isLost) return answer;
    this.look();
    this.edits.hear(answer);
    this.edits.pump();
    return answer;
  }

  change(act) {
    this.edits.drafts.set("cell", act(this.draft));
    this.edits.pump();
  }
}
