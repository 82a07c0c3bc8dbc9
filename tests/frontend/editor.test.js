// The editor over a gauge: what it sends, and what it says while no answer comes.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { NO_ANSWER } from "../../components/frontend/editing/outbox.js";
import { openPage } from "./page.js";
import { Time } from "./tab.js";

const page = openPage();
const { Editor, field, hearAnswer, numberInput } = await import("../../components/frontend/editing/editor.js");
const PATIENCE = 10_000;

let time;
let posted;
let editor;

function open({ repeats }) {
  const value = numberInput("", "");
  value.value = "14.2";
  editor = new Editor({
    host: page.body, label: "Enter a reading", fields: [field("Value", value)], first: value, version: 3,
    read: () => ({ id: 7, typed: value.value }), send: (edit) => posted.push(edit),
    back: () => null, onClose: () => {}, repeats, clock: time.clock,
  });
  editor.submit();
}

beforeEach(() => {
  time = new Time();
  posted = [];
});

test("what a server took with it when it went is sent again until it is answered", () => {
  open({ repeats: true });
  time.pass(PATIENCE);
  time.pass(PATIENCE);
  assert.deepEqual(posted.map(({ typed, base_version, token }) => [typed, base_version, token]), Array(3).fill(["14.2", 3, posted[0].token]));
  assert.equal(editor.message.textContent, NO_ANSWER);
  hearAnswer(new Map([[7, editor]]), { token: posted[0].token, kind: "saved" }, () => {});
  time.pass(PATIENCE);
  assert.deepEqual([posted.length, editor.form.isConnected], [3, false]);
});

test("a page that has run again without an answer has it sent at once", () => {
  open({ repeats: true });
  time.pass(3_000);
  hearAnswer(new Map([[7, editor]]), null, () => {});
  assert.equal(posted.length, 2);
});

test("who has waited long may leave, and then nothing more is sent", () => {
  open({ repeats: true });
  assert.equal(editor.leave.disabled, true);
  time.pass(PATIENCE);
  assert.equal(editor.leave.disabled, false);
  editor.close();
  time.pass(PATIENCE);
  assert.equal(posted.length, 2);
});

test("what would be done twice is sent again by whoever typed it alone", () => {
  open({ repeats: false });
  time.pass(2 * PATIENCE);
  hearAnswer(new Map([[7, editor]]), null, () => {});
  assert.deepEqual([posted.length, editor.isBusy()], [1, false]);
  assert.match(editor.message.textContent, /press Enter to send it again/);
});
