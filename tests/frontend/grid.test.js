// A grid and its rows: what goes on its way, what is said against it, and what waits.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { openPage } from "./page.js";
import { Storage } from "./tab.js";

globalThis.sessionStorage = new Storage();
const page = openPage();
const { Grid } = await import("../../components/frontend/grid/grid.js");
const { Row } = await import("../../components/frontend/grid/row.js");
const { pasted } = await import("../../components/frontend/grid/paste.js");

const PLAIN = { label: "", kind: "text", options: [], list: "", hint: "", together: "", tip: "", longest: 200 };
const COLUMNS = [
  { ...PLAIN, name: "name", label: "KPI" },
  { ...PLAIN, name: "low", label: "Low", together: "range" },
  { ...PLAIN, name: "high", label: "High", together: "range" },
];
let grid;
let sent;
let version;

class Kpis extends Grid {
  createRow(key, facts) {
    const row = new Row(this, key, facts);
    for (const column of COLUMNS) row.addCell(column);
    return row;
  }
}

function facts(id, name, cells = {}) {
  return { target: "kpi", id, name, cells: { name, low: "", high: "", ...cells } };
}

// The server sends what stands now, with what became of the latest changes.
function show(rows, answers, more = {}) {
  const answer = answers ? { token: sent.at(-1).token, answers } : null;
  const data = { table: "kpis", place: "", person: "Ana", editable: true, empty: "", columns: {}, lists: {}, version, rows, answer };
  grid.show({ data: { ...data, ...more }, setTriggerValue: (_, value) => sent.push(value) });
}

function row(id) {
  return grid.rows.get(`kpi ${id}`);
}

function leave(id, name, text) {
  row(id).type(name, text);
  row(id).leave(name);
}

function edits() {
  return sent.at(-1).edits;
}

beforeEach(() => {
  sessionStorage.kept.clear();
  [sent, version] = [[], 1];
  grid = new Kpis(page.createElement("div"), page.createElement("div"));
  show([facts(1, "Crust"), facts(2, "Waste")]);
});

afterEach(() => grid.edits.outbox.forget());

test("a cell is sent as it is left, with the version that it was typed over", () => {
  const { input } = row(1).cells.get("name");
  input.value = " Crumb ";
  input.dispatchEvent(new Event("input"));
  assert.deepEqual([sent, row(1).state.textContent], [[], "◌ Not saved yet"]);
  input.dispatchEvent(new Event("focusout"));
  const [edit] = edits();
  assert.deepEqual([edit.do, edit.target, edit.id, edit.cells], ["cells", "kpi", 1, { name: "Crumb" }]);
  assert.deepEqual([edit.base_version, edit.confirmed, row(1).state.textContent], [1, false, "Saving…"]);
  show([facts(1, "Crumb"), facts(2, "Waste")], [{ kind: "saved" }]);
  assert.equal(row(1).state.textContent, "✓ Saved");
});

test("cells that bound each other go together, and those of other rows in the same message", () => {
  leave(1, "name", "Crumb");
  row(1).type("high", "9");
  leave(1, "low", "5");
  leave(2, "name", "Scrap");
  show([facts(1, "Crumb"), facts(2, "Waste")], [{ kind: "saved" }]);
  assert.deepEqual(edits().map(({ id, cells }) => [id, cells]), [[1, { low: "5", high: "9" }], [2, { name: "Scrap" }]]);
});

test("each refused cell is marked with its own reason until it is put right", () => {
  leave(1, "name", "x");
  show([facts(1, "Crust"), facts(2, "Waste")], [{ kind: "refused", message: "Too short." }]);
  leave(1, "low", "few");
  show([facts(1, "Crust"), facts(2, "Waste")], [{ kind: "refused", message: "Not a number." }]);
  const { complaints, cells } = row(1);
  assert.deepEqual(complaints.message.children.map((line) => line.textContent), ["KPI: Too short.", "Low: Not a number."]);
  assert.equal(cells.get("low").input.getAttribute("aria-invalid"), "true");
  row(1).forget("low");
  assert.equal(complaints.message.textContent, "Too short.");
  assert.deepEqual([cells.get("low").input.getAttribute("aria-invalid"), row(1).state.textContent], [null, "! Not saved"]);
});

test("what was refused before a reload is said again", () => {
  leave(1, "name", "x");
  show([facts(1, "Crust"), facts(2, "Waste")], [{ kind: "refused", message: "Too short." }]);
  grid = new Kpis(page.createElement("div"), page.createElement("div"));
  show([facts(1, "Crust"), facts(2, "Waste")]);
  assert.deepEqual([row(1).text("name"), row(1).complaints.message.textContent], ["x", "Too short."]);
});

test("what is typed back while it is on its way is no nothing", () => {
  leave(1, "name", "Crumb");
  leave(1, "name", "Crust");
  show([facts(1, "Crumb"), facts(2, "Waste")], [{ kind: "saved" }]);
  assert.deepEqual(edits()[0].cells, { name: "Crust" });
});

test("what is done waits for what was typed, and what one saved oneself is no rival's change", () => {
  leave(1, "name", "Crumb");
  row(1).act({ do: "archive" });
  assert.equal(sent.length, 1);
  version = 2;
  show([facts(1, "Crumb"), facts(2, "Waste")], [{ kind: "saved" }]);
  assert.deepEqual(edits()[0], { do: "archive", target: "kpi", id: 1, base_version: 2 });
});

test("what somebody else changed meanwhile is asked about before something is done", () => {
  leave(2, "name", "Scrap");
  row(1).act({ do: "archive" });
  version = 2;
  show([facts(1, "Crust", { low: "5" }), facts(2, "Scrap")], [{ kind: "saved" }]);
  assert.equal(edits()[0].base_version, 1);
  const theirs = { field: "low", value: "5", who: "Bo", version: 2 };
  show([facts(1, "Crust", { low: "5" }), facts(2, "Scrap")], [{ kind: "conflict", theirs }]);
  assert.equal(row(1).complaints.message.textContent, "Bo has changed “low” to 5 meanwhile. Look again before you go on.");
  row(1).complaints.asked.children[1].click();
  assert.deepEqual([edits()[0].do, edits()[0].base_version], ["archive", 2]);
});

test("a row that others took away stays with what was typed in it until it is dropped", () => {
  row(2).type("name", "Scrap");
  show([facts(1, "Crust")]);
  assert.deepEqual(grid.order.map(({ key }) => key), ["kpi 1", "kpi 2"]);
  assert.match(row(2).complaints.message.textContent, /What you typed is kept/);
  row(2).complaints.asked.children[0].click();
  assert.deepEqual([grid.order.length, [...grid.edits.drafts.held]], [1, []]);
});

test("what was left in a row that is listed no more is sent all the same", () => {
  leave(1, "name", "Crumb");
  leave(2, "name", "Scrap");
  show([facts(1, "Crumb")], [{ kind: "saved" }]);
  assert.deepEqual(edits().map(({ id }) => id), [2]);
  show([facts(1, "Crumb")], [{ kind: "saved" }]);
  assert.deepEqual(grid.order.map(({ key }) => key), ["kpi 1"]);
});

test("a row that nobody typed in goes with those who took it away", () => {
  show([facts(1, "Crust")]);
  assert.deepEqual([...grid.rows.keys()], ["kpi 1"]);
});

test("what is typed is its person's", () => {
  row(1).type("name", "Crumb");
  show([facts(1, "Crust")], null, { person: "Bo" });
  assert.equal(row(1).text("name"), "Crust");
  show([facts(1, "Crust")], null, { person: "Ana" });
  assert.equal(row(1).text("name"), "Crumb");
});

function paste(text) {
  const target = row(1).cells.get("low").input;
  pasted(row(1), { target, clipboardData: { getData: () => text }, preventDefault: () => {} });
}

test("copied cells go to the right and down, and together on their way", () => {
  paste("1\t2\n3\t4\n");
  assert.deepEqual(edits().map(({ id, cells }) => [id, cells]), [[1, { low: "1", high: "2" }], [2, { low: "3", high: "4" }]]);
});

test("what does not fit is not pasted at all", () => {
  paste("1\t2\t3\n");
  assert.match(row(1).complaints.message.textContent, /^3 columns do not fit: from here there is room for 2. Nothing was pasted./);
  paste("1\n2\n3\n");
  assert.match(row(1).complaints.message.textContent, /^3 rows do not fit: from here there is room for 2/);
  assert.deepEqual([sent.length, row(1).state.textContent], [0, "! Not pasted"]);
});
