// What a cell shows of a long number, and what is typed over.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { openPage } from "./page.js";

const page = openPage();
const { createCell } = await import("../../components/frontend/grid/inputs.js");
const { showNumber, watchNumbers } = await import("../../components/frontend/grid/long_numbers.js");

const COLUMN = { name: "high", label: "High", kind: "number", options: [], list: "", hint: "", together: "", tip: "Its end", longest: 40 };
let cell;

beforeEach(() => {
  page.body.focus();
  cell = createCell(COLUMN, {});
});

test("a number that fits stands whole", () => {
  showNumber(cell, "99.999", 7);
  assert.equal(cell.input.value, "99.999");
  assert.equal(cell.input.title, "Its end");
});

test("a long one stands in short, and whole where the pointer rests", () => {
  showNumber(cell, "0.000000005", 7);
  assert.equal(cell.input.value, "5×10⁻⁹");
  assert.equal(cell.input.title, "0.000000005");
});

test("whoever is in its cell types over all digits", () => {
  watchNumbers(new Map([["high", cell]]), (_, of) => showNumber(of, "581577604362048", 7));
  showNumber(cell, "581577604362048", 7);
  assert.equal(cell.input.value, "582\u00a0T");
  cell.input.focus();
  cell.input.dispatchEvent(new Event("focus"));
  assert.equal(cell.input.value, "581577604362048");
  page.body.focus();
  cell.input.dispatchEvent(new Event("focusout"));
  assert.equal(cell.input.value, "582\u00a0T");
});
