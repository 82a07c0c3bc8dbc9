// The parts of the protocol by themselves: drafts, messages, and what an answer leaves of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts } from "../../components/frontend/grid/drafts.js";
import { Edits } from "../../components/frontend/grid/edits.js";
import { Outbox } from "../../components/frontend/editing/outbox.js";
import { answered, typedInto } from "../../components/frontend/editing/protocol.js";
import { CELL, Storage, Time } from "./tab.js";

const time = new Time();

test("changes that go together are each answered by themselves", () => {
  const settled = [];
  const edits = new Edits({
    post: () => {}, late: () => {}, isHere: () => true, mayEdit: () => true, version: () => 1, next: () => edits.acts.splice(0),
    saved: ({ row }) => settled.push(["saved", row]), refused: ({ row }, { kind }) => settled.push([kind, row]),
    overtaken: () => {}, clock: time.clock, storage: new Storage(),
  });
  edits.acts.push({ row: "a", drafts: [], edit: {} }, { row: "b", drafts: [], edit: {} }, { row: "c", drafts: [], edit: {} });
  edits.pump();
  const { token } = edits.outbox.sending;
  edits.hear({ token, answers: [{ kind: "saved" }, { kind: "conflict" }] });
  assert.deepEqual(settled, [["saved", "a"], ["conflict", "b"], ["refused", "c"]]);
});

test("a draft follows its row where saving gave that another name", () => {
  const drafts = new Drafts("Ana", new Storage());
  const edits = new Edits({
    post: () => {}, late: () => {}, isHere: () => true, mayEdit: () => true, version: () => 7,
    next: () => [{ row: "new", drafts: drafts.left(), edit: {} }],
    renamed: ({ drafts: [[key, draft]] }) => {
      drafts.drop(key);
      drafts.set("result 5", { ...draft, typed: "typed on" });
      return [["result 5", draft]];
    },
    saved: () => {}, refused: () => {}, overtaken: () => {}, clock: time.clock, storage: new Storage(),
  });
  edits.begin(drafts);
  edits.type("new 1", CELL, "name");
  edits.leave("new 1", () => false);
  edits.pump();
  edits.hear({ token: edits.outbox.sending.token, kind: "saved" });
  assert.deepEqual([...drafts.held.keys()], ["result 5"]);
  assert.deepEqual([drafts.get("result 5").typed, drafts.get("result 5").base_version], ["typed on", 7]);
});

test("a tab that may keep nothing still holds what is typed", () => {
  const forbidden = () => {
    throw new Error("This browser keeps nothing.");
  };
  const drafts = new Drafts("Ana", { getItem: forbidden, setItem: forbidden });
  drafts.set("cell", typedInto(undefined, CELL, "typed", 1));
  assert.equal(drafts.get("cell").typed, "typed");
});

test("what else stands where drafts are kept is none", () => {
  const storage = new Storage();
  for (const text of ["no JSON", "{}", '[["key", {"typed": 3}], ["", {"typed": "x"}]]']) {
    storage.setItem("milepost:drafts Ana", text);
    assert.deepEqual([...new Drafts("Ana", storage).held], []);
  }
});

test("an answer leaves nothing of what is safe, and all of what is not", () => {
  const was = typedInto(undefined, CELL, "one", 3);
  assert.equal(answered(was, was, { kind: "saved" }, 5), null);
  assert.equal(answered({ ...was, typed: "two" }, was, { kind: "saved" }, 5).base_version, 5);
  assert.equal(answered({ ...was, typed: "two" }, was, { kind: "refused" }, 5).base_version, 3);
});

test("an editor that does not repeat lets go of what was not answered", () => {
  const posted = [];
  let late = 0;
  const outbox = new Outbox({
    post: (items, token) => posted.push(token), late: () => (late += 1), repeats: false, patience: 10, clock: time.clock,
  });
  outbox.send(["edit"]);
  time.pass(10);
  assert.deepEqual([posted.length, late, outbox.sending], [1, 1, null]);
  assert.equal(outbox.hear({ token: posted[0], kind: "saved" }), null);
});
