// The one address that stays: which module it runs on which data.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

const ENTRY = new URL("../../components/frontend/mount.js", import.meta.url);
const STYLED = `export const styles = ["shared/shared.css"];
export default function ({ parentElement }) {
  parentElement.drawn.push("drawn");
}`;
const PAGE = `export const page = ["page/theme.css"];
export default function () {}`;
const MODULE = `export default function ({ data, parentElement }) {
  parentElement.drawn.push(VERSION + " " + data.word);
  return () => parentElement.drawn.push(VERSION + " left");
}`;
let folder;
let first;
let show;

// A mounted element, as far as the entry looks at it.
function mounted() {
  const drawn = [];
  const place = { drawn, isConnected: true, getRootNode: () => place, querySelector: () => place };
  place.replaceChildren = () => drawn.push("emptied");
  return place;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "entry-"));
  await cp(ENTRY, join(folder, "mount.js"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  for (const version of ["old", "new"]) {
    await mkdir(join(folder, version, "gauges"), { recursive: true });
    await writeFile(join(folder, version, "gauges", "index.js"), MODULE.replaceAll("VERSION", `"${version}"`));
  }
  await mkdir(join(folder, "new", "toast"));
  await writeFile(join(folder, "new", "toast", "index.js"), STYLED);
  for (const version of ["old", "new"]) {
    await mkdir(join(folder, version, "top_line"));
    await writeFile(join(folder, version, "top_line", "index.js"), PAGE);
  }
  await mkdir(join(folder, "first"));
  await writeFile(join(folder, "first", "index.js"), MODULE.replaceAll("VERSION", '"first"'));
  first = pathToFileURL(join(folder, "first", "index.js")).href;
  globalThis.document = { querySelectorAll: (selector) => (selector === "link[data-element]" ? [{ href: first }] : []) };
  ({ default: show } = await import(pathToFileURL(join(folder, "mount.js"))));
});

after(() => rm(folder, { recursive: true }));

test("an element is shown with each data that comes", async () => {
  const parentElement = mounted();
  await show({ data: { module: "old/gauges/index.js", word: "one" }, parentElement });
  await show({ data: { module: "old/gauges/index.js", word: "two" }, parentElement });
  assert.deepEqual(parentElement.drawn, ["old one", "old two"]);
});

test("what the page names first is drawn at once", async () => {
  const parentElement = mounted();
  await import(first);
  await new Promise(setImmediate);
  show({ data: { module: "first/index.js", word: "one" }, parentElement });
  assert.deepEqual(parentElement.drawn, ["first one"]);
});

test("data of a newer version never meets an older module", async () => {
  const parentElement = mounted();
  await show({ data: { module: "old/gauges/index.js", word: "one" }, parentElement });
  await show({ data: { module: "new/gauges/index.js", word: "two" }, parentElement });
  assert.deepEqual(parentElement.drawn, ["old one", "old left", "emptied", "new two"]);
});

test("what comes first is shown first, however long its module takes", async () => {
  const parentElement = mounted();
  const all = ["one", "two", "three"].map((word) => show({ data: { module: "new/gauges/index.js", word }, parentElement }));
  await Promise.all(all);
  assert.deepEqual(parentElement.drawn, ["new one", "new two", "new three"]);
});

test("whoever takes an element away gets what it leaves", async () => {
  const parentElement = mounted();
  const leave = await show({ data: { module: "new/gauges/index.js", word: "one" }, parentElement });
  parentElement.isConnected = false;
  leave();
  assert.deepEqual(parentElement.drawn, ["new one", "new left"]);
});

test("an element whose data was overtaken by newer data stays", async () => {
  const parentElement = mounted();
  const shown = (word) => show({ data: { module: "new/gauges/index.js", word }, parentElement });
  const [leave] = await Promise.all([shown("one"), shown("two")]);
  leave();
  assert.deepEqual(parentElement.drawn, ["new one", "new two"]);
});

test("a style is loaded once, before what it is for is drawn, and again if it did not come", async () => {
  const asked = [];
  globalThis.CSSStyleSheet = class {
    replace = async (text) => ({ text });
  };
  globalThis.fetch = async (address) => {
    asked.push(address);
    return { ok: asked.length > 1, status: 503, text: async () => "p {}" };
  };
  const parentElement = mounted();
  const data = { module: "new/toast/index.js" };
  await assert.rejects(show({ data, parentElement }), /did not come: 503/);
  assert.deepEqual(parentElement.drawn, []);
  await show({ data, parentElement });
  await show({ data, parentElement });
  assert.deepEqual(parentElement.drawn, ["drawn", "drawn"]);
  assert.deepEqual(parentElement.adoptedStyleSheets, [{ text: "p {}" }]);
  assert.equal(asked.length, 2);
  assert.ok(asked[0].endsWith("/new/shared/shared.css"));
});

test("the styles of the page are those of the version that is shown", async () => {
  globalThis.fetch = async (address) => ({ ok: true, text: async () => new URL(address).pathname.split("/").slice(-3).join("/") });
  for (const version of ["old", "new"]) {
    await show({ data: { module: `${version}/top_line/index.js` }, parentElement: mounted() });
    assert.deepEqual(globalThis.document.adoptedStyleSheets, [{ text: `${version}/page/theme.css` }]);
  }
});
