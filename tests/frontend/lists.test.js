// What a cell that lists several names offers next.

import assert from "node:assert/strict";
import { test } from "node:test";

import { following } from "../../components/frontend/grid/lists.js";

const NAMES = ["Grow", "Sell; well", "Last"];

test("an empty cell offers all names, those with a semicolon between quotation marks", () => {
  assert.deepEqual(following("", NAMES), ["Grow", '"Sell; well"', "Last"]);
});

test("each name is offered behind those that stand, which are offered no more", () => {
  assert.deepEqual(following("Grow;", NAMES), ['Grow; "Sell; well"', "Grow; Last"]);
  assert.deepEqual(following('"Sell; well"; La', NAMES), ['"Sell; well"; Grow', '"Sell; well"; Last']);
});
