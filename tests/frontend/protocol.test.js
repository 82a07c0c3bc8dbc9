// The protocol of every edit: what becomes of a draft, whatever happens to its message.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { ANSWER_WITHIN, HURRY } from "../../components/frontend/editing/outbox.js";
import { insisted, isRefused, reconsidered } from "../../components/frontend/editing/protocol.js";
import { CELL, Server, Tab, Time } from "./tab.js";

let server;
let time;
let ana;

beforeEach(() => {
  server = new Server();
  time = new Time();
  ana = new Tab(server, time, "Ana");
});

test("what is typed is sent when it is left, and forgotten when it is safe", () => {
  ana.type("new");
  assert.equal(ana.onTheWire.length, 0);
  ana.leave();
  assert.equal(ana.run().kind, "saved");
  assert.equal(ana.draft, undefined);
  assert.deepEqual([server.text, server.changes], ["new", 1]);
});

test("only one message is on its way, and what was typed meanwhile follows", () => {
  ana.type("one");
  ana.leave();
  ana.type("two");
  ana.leave();
  assert.equal(ana.onTheWire.length, 1);
  ana.run();
  assert.equal(ana.draft.typed, "two");
  assert.equal(ana.run().kind, "saved");
  assert.deepEqual([server.text, ana.draft], ["two", undefined]);
});

test("a lost answer is asked for again, and the change is made once", () => {
  ana.type("new");
  ana.leave();
  ana.run({ isLost: true });
  time.pass(ANSWER_WITHIN);
  assert.equal(ana.late, 1);
  assert.equal(ana.run().kind, "saved");
  assert.deepEqual([server.changes, ana.draft], [1, undefined]);
});

test("a lost message is sent again until it is answered", () => {
  ana.type("new");
  ana.leave();
  ana.onTheWire.length = 0;
  time.pass(ANSWER_WITHIN);
  ana.onTheWire.length = 0;
  time.pass(ANSWER_WITHIN);
  assert.equal(ana.onTheWire.length, 1);
  ana.run();
  assert.equal(server.text, "new");
  time.pass(10 * ANSWER_WITHIN);
  assert.equal(ana.onTheWire.length, 0);
});

test("a run of the page that brings no answer makes it hurry, but not at once", () => {
  ana.type("new");
  ana.leave();
  const [first] = ana.onTheWire.splice(0);
  time.pass(HURRY);
  ana.edits.hurry();
  assert.equal(ana.onTheWire.length, 0);
  time.pass(1);
  ana.edits.hurry();
  assert.equal(ana.onTheWire[0].token, first.token);
});

test("an answer to something else is none", () => {
  ana.type("new");
  ana.leave();
  ana.edits.hear({ token: "another", kind: "saved" });
  ana.edits.hear(null);
  assert.deepEqual([ana.draft.left, ana.verdicts], [true, []]);
  const [{ token }] = ana.onTheWire;
  ana.edits.hear({ token, kind: "saved" });
  ana.edits.hear({ token, kind: "saved" });
  assert.deepEqual([ana.draft, ana.verdicts], [undefined, ["saved"]]);
});

test("an element that is gone sends nothing again", () => {
  ana.type("new");
  ana.leave();
  ana.onTheWire.length = 0;
  ana.isHere = false;
  time.pass(ANSWER_WITHIN);
  assert.deepEqual([ana.onTheWire.length, ana.late], [0, 0]);
});

test("what was refused waits for another answer than the same again", () => {
  ana.type("wrong");
  ana.leave();
  ana.run();
  assert.ok(isRefused(ana.draft));
  ana.leave();
  assert.equal(ana.onTheWire.length, 0);
  ana.type("right");
  ana.leave();
  assert.equal(ana.run().kind, "saved");
});

test("what was typed anew before the refusal came is not refused, and goes by itself when it was left", () => {
  ana.type("wrong");
  ana.leave();
  ana.type("right");
  ana.leave();
  ana.run();
  assert.equal(isRefused(ana.draft), false);
  assert.equal(ana.run().kind, "saved");
  assert.deepEqual(ana.verdicts, ["overtaken", "saved"]);
});

test("whoever leaves what stands there already has typed nothing", () => {
  ana.type("old");
  assert.equal(ana.leave(), "dropped");
  assert.deepEqual([ana.draft, ana.onTheWire.length], [undefined, 0]);
});

test("what is done waits until what is on its way is answered", () => {
  ana.type("new");
  ana.leave();
  ana.edits.act({ row: CELL, drafts: [], edit: { typed: "old", base_version: 2 } });
  assert.equal(ana.onTheWire.length, 1);
  ana.run();
  assert.equal(ana.run().kind, "saved");
  assert.equal(server.text, "old");
});

test("an unlikely value is saved by who insists on it", () => {
  ana.type("1000");
  ana.leave();
  assert.equal(ana.run().kind, "doubtful");
  ana.change((draft) => insisted(draft, { confirmed: draft.typed }));
  assert.equal(ana.run().kind, "saved");
  assert.equal(server.text, "1000");
});

test("who thinks again about an unlikely value is asked again", () => {
  ana.type("1000");
  ana.leave();
  ana.run();
  ana.change((draft) => reconsidered(draft));
  ana.type("1000");
  ana.leave();
  assert.equal(ana.run().kind, "doubtful");
});

test("of two tabs the second learns what the first saved, and overwrites it only knowingly", () => {
  const ben = new Tab(server, time, "Ben");
  ana.type("Ana's");
  ben.type("Ben's");
  ana.leave();
  ana.run();
  ben.leave();
  const { kind, theirs } = ben.run();
  assert.deepEqual([kind, theirs.value, theirs.who], ["conflict", "Ana's", "Ana"]);
  assert.equal(server.text, "Ana's");
  ben.leave();
  assert.equal(ben.onTheWire.length, 0);
  ben.change((draft) => insisted(draft, { base_version: theirs.version }));
  assert.equal(ben.run().kind, "saved");
  assert.equal(server.text, "Ben's");
});

test("who thinks again has seen what stands there, and types another", () => {
  const ben = new Tab(server, time, "Ben");
  ben.type("Ben's");
  ana.type("Ana's");
  ana.leave();
  ana.run();
  ben.leave();
  const { theirs } = ben.run();
  ben.change((draft) => reconsidered(draft, { base_version: theirs.version }));
  ben.type("both");
  ben.leave();
  assert.equal(ben.run().kind, "saved");
});

test("the same said in two tabs is no conflict", () => {
  const ben = new Tab(server, time, "Ben");
  ben.type("same");
  ana.type("same");
  ana.leave();
  ana.run();
  ben.leave();
  assert.equal(ben.run().kind, "saved");
  assert.equal(server.changes, 1);
});

test("what somebody saw when they began to type counts, however often the page runs meanwhile", () => {
  ana.type("A");
  server.judge("Ben's", 1, false, "Ben");
  ana.version = server.version;
  ana.type("Ana's");
  ana.leave();
  assert.equal(ana.run().kind, "conflict");
});

test("what one saved oneself is no rival's change to what one types on", () => {
  ana.type("one");
  ana.leave();
  ana.type("two");
  ana.run();
  assert.equal(ana.draft.base_version, server.version);
});

test("a draft survives a reload, and is sent when it is left", () => {
  ana.type("half");
  ana.load();
  assert.equal(ana.draft.typed, "half");
  assert.equal(ana.onTheWire.length, 0);
  ana.leave();
  assert.equal(ana.run().kind, "saved");
});

test("what was on its way at a reload is sent again, and is one change", () => {
  ana.type("new");
  ana.leave();
  ana.run({ isLost: true });
  ana.load();
  assert.equal(ana.onTheWire.length, 1);
  assert.equal(ana.run().kind, "saved");
  assert.deepEqual([server.changes, ana.draft], [1, undefined]);
});

test("what was refused before a reload is not sent by it", () => {
  ana.type("wrong");
  ana.leave();
  ana.run();
  ana.load();
  assert.equal(ana.onTheWire.length, 0);
  assert.equal(ana.draft.answer.message, "This is wrong.");
});

test("a draft is its person's, and that of nobody else at the same tab", () => {
  ana.type("Ana's");
  const ben = new Tab(server, time, "Ben", ana.storage);
  assert.equal(ben.draft, undefined);
});
