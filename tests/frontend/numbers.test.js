// What the server says in the same words is held together with these by tests/components/ui.

import assert from "node:assert/strict";
import { test } from "node:test";

import { number } from "../../components/frontend/shared/numbers.js";

test("a number has four digits, and a whole one all of them", () => {
  assert.equal(number(99.996), "100");
  assert.equal(number("1496.4"), "1\u202f496");
  assert.equal(number(-0.5), "−0.5");
  assert.equal(number(-0), "0");
});

test("millions are short", () => {
  assert.equal(number(12_345_678), "12.35\u00a0M");
});
