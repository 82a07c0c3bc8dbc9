// A series that travelled as text.

import assert from "node:assert/strict";
import { test } from "node:test";

import { valuesOf } from "../../components/frontend/gauges/sparkline.js";

test("a dash is a gap", () => {
  assert.deepEqual(valuesOf("9.1 - -64"), [9.1, null, -64]);
});

test("a series without a value is empty", () => {
  assert.deepEqual(valuesOf(""), []);
});
