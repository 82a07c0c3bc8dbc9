// The editor over a gauge: what it sends, and what it says while no answer comes.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { HURRY, NO_ANSWER } from "../../components/frontend/editing/outbox.js";
import { openPage } from "./page.js";
import { Storage, Time } from "./tab.js";

const page = openPage();
const { Editor, field, hearAnswer, numberInput } = await import("../../components/frontend/editing/editor.js");
const PATIENCE = 10_000;

let time;
let posted;
let editor;
let value;
let note;

function open({ repeats, version = 3, typed = "14.2" }) {
  value = numberInput("", "");
  note = numberInput("", "");
  value.value = typed;
  editor = new Editor({
    host: page.body, label: "Enter a reading", kept: "reading 7 Ana", fields: [field("Value", value), field("Note", note)], first: value, version,
    read: () => ({ id: 7, typed: value.value }), send: (edit) => posted.push(edit),
    back: () => null, onClose: () => {}, repeats, clock: time.clock,
  });
}

function send(options) {
  open(options);
  editor.submit();
}

// What a page that comes anew opens again.
function openAnew(options) {
  open({ typed: "", version: 9, ...options });
  editor.restore();
}

function type(text, words = "") {
  Object.assign(value, { value: text });
  Object.assign(note, { value: words });
  editor.form.dispatchEvent(new Event("input"));
}

beforeEach(() => {
  time = new Time();
  posted = [];
  globalThis.sessionStorage = new Storage();
});

test("what a server took with it when it went is sent again until it is answered", () => {
  send({ repeats: true });
  time.pass(PATIENCE);
  time.pass(PATIENCE);
  assert.deepEqual(posted.map(({ typed, base_version, token }) => [typed, base_version, token]), Array(3).fill(["14.2", 3, posted[0].token]));
  assert.equal(editor.message.textContent, NO_ANSWER);
  hearAnswer(new Map([[7, editor]]), { token: posted[0].token, kind: "saved" }, () => {});
  time.pass(PATIENCE);
  assert.deepEqual([posted.length, editor.form.isConnected], [3, false]);
});

test("a page that has run again without an answer has it sent at once", () => {
  send({ repeats: true });
  time.pass(3_000);
  hearAnswer(new Map([[7, editor]]), null, () => {});
  assert.equal(posted.length, 2);
});

test("who has waited long may leave, and then nothing more is sent", () => {
  send({ repeats: true });
  assert.equal(editor.leave.disabled, true);
  time.pass(PATIENCE);
  assert.equal(editor.leave.disabled, false);
  editor.close();
  time.pass(PATIENCE);
  assert.equal(posted.length, 2);
});

test("what would be done twice is sent again by whoever typed it alone", () => {
  send({ repeats: false });
  time.pass(2 * PATIENCE);
  hearAnswer(new Map([[7, editor]]), null, () => {});
  assert.deepEqual([posted.length, editor.isBusy()], [1, false]);
  assert.match(editor.message.textContent, /press Enter to send it again/);
});

test("what is typed is there again when the page comes anew, of the version that was seen", () => {
  open({ repeats: true });
  type("15.3", "a new oven");
  openAnew({ repeats: true });
  assert.deepEqual([value.value, note.value, posted.length], ["15.3", "a new oven", 0]);
  editor.submit();
  assert.deepEqual(posted.map(({ typed, base_version }) => [typed, base_version]), [["15.3", 3]]);
});

test("what was on its way when the page came anew is sent again", () => {
  send({ repeats: true });
  openAnew({ repeats: true });
  assert.deepEqual(posted.map(({ typed, base_version, token }) => [typed, base_version, token]), Array(2).fill(["14.2", 3, posted[0].token]));
});

test("what an older version had on its way goes again under a name", () => {
  const kept = { values: ["14.2", ""], version: 3, sent: true };
  globalThis.sessionStorage.setItem("milepost:reading 7 Ana", JSON.stringify(kept));
  openAnew({ repeats: true });
  assert.deepEqual(posted.map(({ typed, token }) => [typed, typeof token]), [["14.2", "string"]]);
});

test("what came anew hears the answer to what was sent before", () => {
  send({ repeats: false });
  openAnew({ repeats: false });
  hearAnswer(new Map([[7, editor]]), { token: posted[0].token, kind: "saved" }, () => {});
  assert.deepEqual([posted.length, editor.form.isConnected], [1, false]);
});

test("what would be done twice waits for whoever typed it, though the page came anew", () => {
  send({ repeats: false });
  openAnew({ repeats: false });
  assert.deepEqual([posted.length, value.value, editor.isBusy()], [1, "14.2", true]);
  time.pass(HURRY);
  assert.equal(editor.isBusy(), false);
  assert.match(editor.message.textContent, /press Enter to send it again/);
});

test("what is safe or given up is not there again", () => {
  send({ repeats: true });
  hearAnswer(new Map([[7, editor]]), { token: posted[0].token, kind: "saved" }, () => {});
  openAnew({ repeats: true });
  assert.equal(value.value, "");
  type("15.3");
  editor.close();
  openAnew({ repeats: true });
  assert.equal(value.value, "");
});

test("what was refused stands there again and is not sent by itself", () => {
  send({ repeats: true });
  hearAnswer(new Map([[7, editor]]), { token: posted[0].token, kind: "refused", message: "Too large." }, () => {});
  openAnew({ repeats: true });
  assert.deepEqual([value.value, posted.length], ["14.2", 1]);
});
