// Elements that come as one message: each is shown in a place of its own, as it is alone.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { openPage } from "./page.js";

const FRONTEND = new URL("../../components/frontend/", import.meta.url);
const MOUNT = `export default async function (component) {
  if (component.data.word === globalThis.missing) throw new Error("did not come");
  globalThis.shown.push(component);
  return () => globalThis.left.push(component.data.word);
}`;
const tab = openPage();
let folder;
let show;

// What Streamlit gives an element that is mounted on a page.
function mounted() {
  const root = tab.createElement("div");
  const sent = [];
  const component = { parentElement: { querySelector: () => root }, setTriggerValue: (...said) => sent.push(said), setStateValue: () => {} };
  return { root, sent, show: (parts) => show({ ...component, data: { shown: [{ parts }] } }) };
}

const text = (word) => JSON.stringify({ module: "v/live/index.js", word });
const words = () => globalThis.shown.splice(0).map(({ data: { word } }) => word);
const keys = ({ root }) => root.children.map((node) => node.getAttribute("class"));

before(async () => {
  globalThis.Element.prototype.attachShadow = () => tab.createElement("shadow");
  folder = await mkdtemp(join(tmpdir(), "together-"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "mount.js"), MOUNT);
  for (const name of ["together", "shared"]) {
    await mkdir(join(folder, "v", name), { recursive: true });
    await cp(new URL(name, FRONTEND), join(folder, "v", name), { recursive: true });
  }
  Object.assign(globalThis, { shown: [], left: [] });
  ({ default: show } = await import(pathToFileURL(join(folder, "v", "together", "index.js"))));
});

after(() => rm(folder, { recursive: true }));

test("each is shown in its place, and again only with other data", () => {
  const page = mounted();
  page.show([["one", text("a")], ["two", text("b")]]);
  assert.deepEqual(keys(page), ["st-key-one", "st-key-two"]);
  assert.deepEqual(words(), ["a", "b"]);
  page.show([["one", text("a")], ["two", text("c")]]);
  assert.deepEqual(words(), ["c"]);
});

test("one that comes between others moves none of them, and one that goes leaves", async () => {
  const page = mounted();
  page.show([["one", text("a")], ["three", text("c")]]);
  const [first, last] = page.root.children;
  page.show([["one", text("a")], ["two", text("b")], ["three", text("c")]]);
  assert.deepEqual([page.root.children[0], page.root.children[2]], [first, last]);
  page.show([["two", text("b")]]);
  assert.deepEqual(keys(page), ["st-key-two"]);
  await new Promise(setImmediate);
  assert.deepEqual(globalThis.left.splice(0), ["a", "c"]);
  words();
});

test("what is done in one is sent in its name, by what came last", () => {
  const page = mounted();
  page.show([["one", text("a")]]);
  const [{ setTriggerValue }] = globalThis.shown.splice(0);
  page.show([["one", text("a")]]);
  setTriggerValue("edit", 5);
  assert.deepEqual(page.sent, [["one/edit", 5]]);
});

test("one that does not come says so, holds nothing back and is tried again", async (context) => {
  context.mock.method(console, "error", () => {});
  const page = mounted();
  globalThis.missing = "a";
  page.show([["one", text("a")], ["two", text("b")]]);
  await new Promise(setImmediate);
  const [failed, other] = page.root.children;
  const isTold = (node) => !node.children[1].hidden;
  assert.deepEqual([isTold(failed), isTold(other), page.root.dataset.arranged], [true, false, "below"]);
  assert.match(failed.children[1].textContent, /load the page again/);
  globalThis.missing = "";
  page.show([["one", text("a")], ["two", text("b")]]);
  assert.deepEqual([words(), isTold(failed)], [["b", "a"], false]);
});

test("all leave with the group", async () => {
  const page = mounted();
  const leave = page.show([["one", text("a")], ["two", text("b")]]);
  leave();
  await new Promise(setImmediate);
  assert.deepEqual(globalThis.left.splice(0), ["a", "b"]);
  assert.deepEqual(keys(page), []);
  words();
});
