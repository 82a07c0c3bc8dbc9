// An address of the app takes along what is looked at.

import assert from "node:assert/strict";
import { test } from "node:test";

import { address } from "../../components/frontend/shared/links.js";

function from(search, page, query) {
  globalThis.location = { search };
  return address(page, query);
}

test("team, cycle and day go along, and nothing else of a page", () => {
  assert.equal(from("?team=Sales&state=drifting&as_of=2026-11-10", "drift"), "drift?team=Sales&as_of=2026-11-10");
  assert.equal(from("?cycle=Q4+2026&id=7", "kpi", { id: 21 }), "kpi?id=21&cycle=Q4+2026");
});

test("what a link says itself counts", () => {
  assert.equal(from("?team=Sales", "", { team: "Growth & more" }), ".?team=Growth+%26+more");
});

test("the cockpit has an address of its own", () => {
  assert.equal(from("", ""), ".");
});

test("a key result stands on the cockpit of its team, in its cycle, on the day that is looked at", () => {
  const to = { team: "Sales", cycle: "Q4 2026", focus: "key result 5" };
  assert.equal(from("?team=Company&cycle=Q3&as_of=2026-11-10", "", to), ".?team=Sales&cycle=Q4+2026&focus=key+result+5&as_of=2026-11-10");
});
