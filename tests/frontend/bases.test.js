// An element shows a base and its changes, whichever of both comes first.

import assert from "node:assert/strict";
import { test } from "node:test";

import { hold, whole } from "../../components/frontend/shared/bases.js";

const COLUMNS = { id: [1, 2, 3], text: { kinds: ["same", "other"], at: [0, 0, 1] } };
const PACKED = JSON.stringify({ rows: { gauges: COLUMNS }, values: { periods: ["week"] } });
const NOTHING = { rows: {}, values: {} };
const ROWS = [
  { id: 1, text: "same" },
  { id: 2, text: "same" },
  { id: 3, text: "other" },
];

function shownOf(data) {
  const shown = [];
  whole(data, (each) => shown.push(each));
  return shown;
}

test("what has no base is shown as it came", () => {
  assert.deepEqual(shownOf({ version: 3 }), [{ version: 3 }]);
});

test("rows are those of the base in their new order, with the new ones among them", () => {
  hold({}, { one: PACKED });
  assert.deepEqual(shownOf({ base: "one", changes: NOTHING, version: 3 }), [{ gauges: ROWS, periods: ["week"], version: 3 }]);
  const changes = { rows: { gauges: { at: [[1, 2], -1, [0, 1]], new: [{ id: 2, text: "new" }] } }, values: { periods: ["day"] } };
  const expected = { gauges: [ROWS[1], ROWS[2], { id: 2, text: "new" }, ROWS[0]], periods: ["day"], version: 4 };
  assert.deepEqual(shownOf({ base: "one", changes, version: 4 }), [expected]);
});

test("what comes before its base is shown once that is there", () => {
  const shown = shownOf({ base: "late", changes: NOTHING });
  assert.deepEqual(shown, []);
  hold({}, { late: PACKED });
  assert.deepEqual(shown, [{ gauges: ROWS, periods: ["week"] }]);
  hold({}, { late: PACKED });
  assert.equal(shown.length, 1);
});

test("bases that come together are held by what brought them", () => {
  const holder = {};
  const leave = hold(holder, { first: PACKED, second: PACKED });
  hold(holder, { second: PACKED, third: PACKED });
  leave();
  const shown = ["first", "second", "third"].map((base) => shownOf({ base, changes: NOTHING }).length);
  assert.deepEqual(shown, [0, 1, 1]);
});

test("a base goes with the last that held it, or holds another by now", () => {
  const [one, other] = [{}, {}];
  const leave = hold(one, { both: PACKED });
  hold(other, { both: PACKED });
  leave();
  assert.equal(shownOf({ base: "both", changes: NOTHING }).length, 1);
  hold(other, { next: PACKED });
  assert.equal(shownOf({ base: "both", changes: NOTHING }).length, 0);
  assert.equal(shownOf({ base: "next", changes: NOTHING }).length, 1);
});

test("what leaves twice takes nothing away from who holds it again", () => {
  const holder = {};
  const leave = hold(holder, { again: PACKED });
  leave();
  leave();
  hold(holder, { again: PACKED });
  assert.equal(shownOf({ base: "again", changes: NOTHING }).length, 1);
});

test("what leaves late, after another run has begun, takes nothing away", () => {
  const holder = {};
  const leave = hold(holder, { overlapping: PACKED });
  const last = hold(holder, { overlapping: PACKED });
  leave();
  assert.equal(shownOf({ base: "overlapping", changes: NOTHING }).length, 1);
  last();
  assert.equal(shownOf({ base: "overlapping", changes: NOTHING }).length, 0);
});
