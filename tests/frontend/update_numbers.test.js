import assert from "node:assert/strict";
import { test } from "node:test";

import { change, exactly, typedNumber } from "../../components/frontend/update/numbers.js";

test("a number is read as it is typed, and nothing that may mean another", () => {
  assert.deepEqual(["9.1", " 9,25 ", "1 200", "97 %", "−3"].map(typedNumber), [9.1, 9.25, 1200, 97, -3]);
  assert.deepEqual(["", "many", "1,200", "9.1.2", "="].map(typedNumber), [null, null, null, null, null]);
});

test("what would be saved is said with all of its digits", () => {
  assert.deepEqual(["176", "6240", "98.5", "8.80012", "1234567.5"].map(exactly), ["176", "6\u202f240", "98.5", "8.80012", "1234567.5"]);
});

test("a change has its sign and no noise", () => {
  assert.deepEqual([change(9.4, 9.1), change(9.1, 9.4), change(9.1, 9.1)], ["+0.3", "−0.3", "unchanged"]);
});
