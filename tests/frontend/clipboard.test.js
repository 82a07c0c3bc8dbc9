// What was copied from a spreadsheet, as cells.

import assert from "node:assert/strict";
import { test } from "node:test";

import { chosen, copiedCells, isSpread } from "../../components/frontend/grid/clipboard.js";

test("tabs part cells and lines part rows", () => {
  assert.deepEqual(copiedCells("a\tb\nc\td\n"), [["a", "b"], ["c", "d"]]);
  assert.deepEqual(copiedCells("a\tb\r\nc\td"), [["a", "b"], ["c", "d"]]);
});

test("a cell between quotation marks may hold tabs, lines and quotation marks", () => {
  assert.deepEqual(copiedCells('"two\nlines"\t"a ""word"""'), [["two\nlines", 'a "word"']]);
  assert.deepEqual(copiedCells('3" pipe\tb'), [['3" pipe', "b"]]);
});

test("empty lines are none", () => {
  assert.deepEqual(copiedCells("\n\na\n \n"), [["a"]]);
});

test("one cell is no spread, with or without the end of its line", () => {
  assert.equal(isSpread("a"), false);
  assert.equal(isSpread("a\r\n"), false);
  assert.equal(isSpread("a\tb"), true);
  assert.equal(isSpread("a\nb\n"), true);
});

test("a choice is known by any of its names, however they are written", () => {
  const kinds = [["metric", "Metric"], ["hold", "Hold a KPI"]];
  assert.equal(chosen(kinds, "hold a kpi"), "hold");
  assert.equal(chosen(kinds, "METRIC"), "metric");
  assert.equal(chosen(kinds, "something"), "something");
});
