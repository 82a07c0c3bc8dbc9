// Rows that came as a column a field; tests/components/ui/test_payloads.py writes them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { records } from "../../components/frontend/shared/records.js";

test("columns are rows again, with what they share", () => {
  const columns = { id: [1, 2, 3], mark: { kinds: [{ kind: "late" }, null], at: [0, 1, 0] } };
  assert.deepEqual(records(columns), [
    { id: 1, mark: { kind: "late" } },
    { id: 2, mark: null },
    { id: 3, mark: { kind: "late" } },
  ]);
});

test("no rows are no rows", () => {
  assert.deepEqual(records({}), []);
});
