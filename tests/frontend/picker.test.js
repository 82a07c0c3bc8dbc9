// What is typed into a picker finds what it begins, however it is spelled.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fits } from "../../components/frontend/top_line/picker.js";

test("every word that was typed begins a word, with or without accents and capitals", () => {
  assert.ok(fits("tech supp", "Technical Support"));
  assert.ok(fits("support TECH", "Technical Support"));
  assert.ok(fits("sofia", "Sofía Marchetti"));
  assert.ok(fits("Ökonomie", "okonomie"));
  assert.ok(fits("", "Anything"));
});

test("a part from the middle is found, and what is not there is not", () => {
  assert.ok(fits("nical", "Technical Support"));
  assert.ok(!fits("sales", "Technical Support"));
  assert.ok(!fits("tech sales", "Technical Support"));
});
