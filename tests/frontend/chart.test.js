// A chart's figure: the theme's colours in it, and its readings for who goes by keys or by ear.

import assert from "node:assert/strict";
import { test } from "node:test";

import { painted, readings, selectedPoints, spokenText, stepped } from "../../components/frontend/chart/figure.js";

const PERIODS = ["2026-09-07", "2026-09-14", "2026-09-21"];
const FIGURE = {
  data: [
    { customdata: PERIODS, y: [2.4, null, 3.1], text: ["two", "cross", "three"] },
    { x: PERIODS, y: [1, 2, 3] },
    { customdata: [PERIODS[1]], y: [9], text: ["nine, dismissed"] },
  ],
  layout: {},
};
const COLOURS = new Map(["var(--st-text-color)", "var(--behind)"].map((name) => [name, `<${name}>`]));
const POINTS = readings(FIGURE);

test("the names of colours become colours, at any depth, and nothing else changes", () => {
  const figure = { layout: { font: { color: "var(--st-text-color)", size: 14 }, shapes: [{ fillcolor: "var(--behind)" }] } };
  const before = structuredClone(figure);
  assert.deepEqual(painted(figure, COLOURS), {
    layout: { font: { color: "<var(--st-text-color)>", size: 14 }, shapes: [{ fillcolor: "<var(--behind)>" }] },
  });
  assert.deepEqual(figure, before);
});

test("words that spell a colour's name stay words, and a colour that is none stays what it is", () => {
  const figure = { text: ["var(--st-text-color)"], name: "var(--line)", color: "url(#x)", bgcolor: null, at: [1, null] };
  assert.deepEqual(painted(figure, COLOURS), figure);
});

test("readings come by time from all lines that hold them; a gap is none", () => {
  assert.deepEqual(
    POINTS.map(({ curve, at, period, text }) => [curve, at, period, text]),
    [
      [0, 0, PERIODS[0], "two"],
      [2, 0, PERIODS[1], "nine, dismissed"],
      [0, 2, PERIODS[2], "three"],
    ],
  );
  assert.deepEqual(readings({ data: [], layout: {} }), []);
});

test("the keys begin at the newest reading and stay within all of them", () => {
  const [first, middle, last] = POINTS;
  assert.equal(stepped(POINTS, undefined, "ArrowLeft"), last);
  assert.equal(stepped(POINTS, undefined, "Home"), first);
  assert.equal(stepped(POINTS, last, "ArrowLeft"), middle);
  assert.equal(stepped(POINTS, first, "ArrowLeft"), first);
  assert.equal(stepped(POINTS, middle, "ArrowRight"), last);
  assert.equal(stepped(POINTS, last, "ArrowRight"), last);
  assert.equal(stepped(POINTS, first, "End"), last);
  assert.equal(stepped([], undefined, "ArrowLeft"), undefined);
});

test("a reading that is gone meanwhile is begun anew from", () => {
  const gone = { curve: 0, at: 9, period: "2020-01-06", text: "" };
  assert.equal(stepped(POINTS, gone, "ArrowLeft"), POINTS[2]);
});

test("one reading is marked on all lines that hold some, or none is", () => {
  assert.deepEqual(selectedPoints(FIGURE, POINTS[1]), [[], null, [0]]);
  assert.deepEqual(selectedPoints(FIGURE, null), [null, null, null]);
});

test("what is told aloud is what the chart shows, and people's words as they are", () => {
  const told = "<b>3.1 %</b><br>week of 21 Sep<br>&lt;b&gt;Ana&lt;/b&gt;<br>so &amp;amp; so";
  assert.equal(spokenText(told), "3.1 %, week of 21 Sep, <b>Ana</b>, so &amp; so");
});
