// A strip of readings, and the lines of a picture.

import assert from "node:assert/strict";
import { test } from "node:test";

import { wrapped } from "../../components/frontend/hindsight/picture.js";
import { stripOf } from "../../components/frontend/hindsight/strip.js";

const SIZE = { width: 110, height: 30 };
const story = { name: "", whose: "", text: "", series: "0 10 20 10 - 20", low: null, high: null, drift: null };
const drift = { first: 2, behind: 4, told: 3, note: "" };

test("readings lie between the margins, and a gap stays one", () => {
  const { line, last } = stripOf(story, SIZE);
  assert.equal(line, "M 5.0 25.0 L 25.0 15.0 L 45.0 5.0 L 65.0 15.0 M 105.0 5.0 h 0 ");
  assert.equal(last, "M 105.0 5.0 h 0");
});

test("a drift is its own stretch, and the mark stands where it would have been told", () => {
  const { stretch, told } = stripOf({ ...story, drift }, SIZE);
  assert.equal(stretch, "M 45.0 5.0 L 65.0 15.0 ");
  assert.equal(told, 65);
});

test("a range reaches to the edge where it has no bound", () => {
  assert.deepEqual(stripOf({ ...story, low: 10 }, SIZE).band, { top: 0, height: 15 });
  assert.deepEqual(stripOf({ ...story, high: 10 }, SIZE).band, { top: 15, height: 15 });
  assert.deepEqual(stripOf({ ...story, low: 5, high: 15 }, SIZE).band, { top: 10, height: 10 });
});

test("a bound far away leaves the readings their room", () => {
  assert.deepEqual(stripOf({ ...story, low: -1000 }, SIZE).band, { top: 0, height: 30 });
  assert.deepEqual(stripOf({ ...story, low: 1000 }, SIZE).band, { top: 0, height: 0 });
  assert.equal(stripOf({ ...story, low: -1000 }, SIZE).line, stripOf(story, SIZE).line);
});

test("readings that are all the same, or none, are drawn all the same", () => {
  assert.equal(stripOf({ ...story, series: "5 5" }, SIZE).line, "M 5.0 25.0 L 105.0 25.0 ");
  assert.equal(stripOf({ ...story, series: "- -" }, SIZE).line, "");
});

test("words are wrapped where there is no room, and long ones are cut", () => {
  const width = (text) => text.length;
  assert.deepEqual(wrapped("one two three", 7, width), ["one two", "three"]);
  assert.deepEqual(wrapped("a abcdefgh b", 4, width), ["a", "abcd", "efgh", "b"]);
  assert.deepEqual(wrapped("abcdef", 4, width), ["abcd", "ef"]);
});
