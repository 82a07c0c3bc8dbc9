// The scales of a chart's picture: what Plotly writes along them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { daysAlong, numbersAlong } from "../../components/frontend/chart/ticks.js";

const THIN = "\u202f";
const day = (text) => Date.parse(text);
const texts = (ticks) => ticks.map(({ text }) => text);
const along = (from, until, pixels) => texts(daysAlong([day(from), day(until)], pixels));

test("numbers are round, within the scale, and carry the unit", () => {
  const ticks = numbersAlong([30.94, 49.3], 358, " %", THIN);
  assert.deepEqual(texts(ticks), ["32 %", "34 %", "36 %", "38 %", "40 %", "42 %", "44 %", "46 %", "48 %"]);
  assert.deepEqual(ticks[0], { at: 32, text: "32 %" });
});

test("numbers have the decimals of their step, and their thousands stand apart", () => {
  assert.deepEqual(texts(numbersAlong([-0.21, 0.13], 358, "", THIN)), ["−0.20", "−0.15", "−0.10", "−0.05", "0.00", "0.05", "0.10"]);
  assert.deepEqual(texts(numbersAlong([0, 90000], 160, "", THIN)), ["0", `20${THIN}000`, `40${THIN}000`, `60${THIN}000`, `80${THIN}000`]);
});

test("a scale names days, months or years as there is room", () => {
  const wide = ["Jan 2024", "Jul 2024", "Jan 2025", "Jul 2025", "Jan 2026", "Jul 2026"];
  assert.deepEqual(along("2023-10-17", "2026-07-28", 1223), wide);
  assert.deepEqual(along("2023-10-17", "2026-07-28", 269), ["2024", "2025", "2026"]);
  assert.deepEqual(along("2026-03-14", "2026-07-13", 285), ["Apr 2026", "May 2026", "Jun 2026", "Jul 2026"]);
});

test("days are Sundays, and the year stands below where it begins", () => {
  const ticks = daysAlong([day("2025-11-20"), day("2026-03-10")], 1223);
  assert.deepEqual(
    ticks.map(({ text, year }) => [text, year]),
    [
      ["Nov 30", 2025],
      ["Dec 14", undefined],
      ["Dec 28", undefined],
      ["Jan 11", 2026],
      ["Jan 25", undefined],
      ["Feb 8", undefined],
      ["Feb 22", undefined],
      ["Mar 8", undefined],
    ],
  );
  assert.equal(new Date(ticks[0].at).getUTCDay(), 0);
});
