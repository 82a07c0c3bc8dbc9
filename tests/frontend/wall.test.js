// The rota of the wall: each slide has its time, and changes to the data disturb nobody.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Rota } from "../../components/frontend/wall/rota.js";

const slides = (...ids) => ids.map((id) => ({ id, seconds: id === "undecided" ? 40 : 12 }));

function rota(...ids) {
  const made = new Rota();
  made.take(slides(...ids), 0);
  return made;
}

test("each slide stays for its own time, and the first follows the last", () => {
  const shown = rota("whole", "undecided");
  assert.equal(shown.tick(11_900), false);
  assert.equal(shown.tick(12_000), true);
  assert.equal(shown.current().id, "undecided");
  assert.equal(shown.tick(51_000), false);
  assert.equal(shown.tick(52_000), true);
  assert.equal(shown.current().id, "whole");
});

test("what is shown stays where others come before it, and its time goes on", () => {
  const shown = rota("whole", "churn");
  shown.tick(12_000);
  shown.take(slides("whole", "undecided", "churn"), 20_000);
  assert.equal(shown.current().id, "churn");
  assert.equal(shown.share(18_000), 0.5);
});

test("what takes the place of a slide that is gone begins anew", () => {
  const shown = rota("whole", "churn", "cost");
  shown.tick(12_000);
  shown.take(slides("whole", "cost"), 20_000);
  assert.equal(shown.current().id, "cost");
  assert.equal(shown.share(20_000), 0);
  shown.take(slides("whole"), 21_000);
  assert.equal(shown.current().id, "whole");
});

test("one slide stays, none is no matter, and back leads to the last", () => {
  assert.equal(rota("whole").tick(13_000), false);
  assert.equal(rota().tick(13_000), false);
  assert.equal(rota().go(1, 0), false);
  const shown = rota("whole", "churn", "cost");
  shown.go(-1, 1_000);
  assert.equal(shown.current().id, "cost");
});

test("days of ticks keep what one tick keeps", () => {
  const shown = rota("whole", "undecided", "churn");
  for (let now = 0; now < 2 * 86_400_000; now += 500) {
    shown.tick(now);
    if (now % 5_000 === 0) shown.take(slides("whole", "undecided", "churn"), now);
  }
  assert.deepEqual(Object.keys(shown), ["slides", "at", "since"]);
  assert.equal(shown.slides.length, 3);
});
