// What the server says in the same words is held together with these by tests/components/ui.

import assert from "node:assert/strict";
import { test } from "node:test";

import { number } from "../../components/frontend/shared/numbers.js";

test("a number has four digits, and a whole one below a million all of them", () => {
  assert.equal(number(99.996), "100");
  assert.equal(number("1496.4"), "1\u202f496");
  assert.equal(number(-0.5), "−0.5");
  assert.equal(number(-0), "0");
});

test("large numbers and tiny ones are short", () => {
  assert.equal(number(12_345_678), "12.3\u00a0M");
  assert.equal(number(581_577_604_362_048), "582\u00a0T");
  assert.equal(number(2.8e-9), "2.8×10⁻⁹");
});

test("numbers that differ read differently", () => {
  assert.equal(number(99.996, 99.999, null), "99.996");
  assert.equal(number(1234.4, 1234.2), "1\u202f234.4");
  assert.equal(number(0.1 + 0.2, 0.3), "0.3");
});
