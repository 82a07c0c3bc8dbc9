// A strip of all readings of a KPI: its ideal range, where it drifted, and when that would have been said.

/** @import { Series } from "../gauges/sparkline.js" */
/** @import { Story, Strip } from "./types" */

import { dot, strokes, valuesOf } from "../gauges/sparkline.js";
import { drawn } from "../shared/elements.js";

export const SIZE = { width: 240, height: 44 };
const MARGIN = 5;
// A bound farther from the readings than their own width would leave them no room.
const ROOM = 0.6;

/** @param {Story} story @param {{ width: number, height: number }} size @returns {Strip} */
export function stripOf({ series, low, high, drift }, { width, height } = SIZE) {
  const values = valuesOf(series);
  const known = values.filter((value) => value !== null);
  if (!known.length) return { band: null, line: "", stretch: "", last: "", told: null };
  const [least, most] = ends(known, [low, high]);
  /** @param {number} value */
  const across = (value) => MARGIN + (value / Math.max(values.length - 1, 1)) * (width - 2 * MARGIN);
  /** @param {number} value */
  const up = (value) => height - MARGIN - ((value - least) / (most - least || 1)) * (height - 2 * MARGIN);
  /** @param {number} index */
  const x = (index) => across(index).toFixed(1);
  /** @param {number} value */
  const y = (value) => up(value).toFixed(1);
  return {
    band: bandOf(low, high, up, height),
    line: strokes(values, x, y),
    stretch: drift ? strokes(between(values, drift.first, drift.behind), x, y) : "",
    last: dot(values, x, y),
    told: drift ? across(drift.told) : null,
  };
}

/** @param {Story} story */
export function strip(story) {
  const { band, line, stretch, last, told } = stripOf(story);
  const { width, height } = SIZE;
  return drawn(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", class: "line", "aria-hidden": "true" },
    band && drawn("rect", { x: 0, y: band.top, width, height: band.height, class: "ideal" }),
    told === null ? null : drawn("path", { d: `M ${told.toFixed(1)} 0 V ${height}`, class: "said" }),
    line ? drawn("path", { d: line, class: "stroke" }) : null,
    stretch ? drawn("path", { d: stretch, class: "unusual" }) : null,
    last ? drawn("path", { d: last, class: "dot" }) : null,
  );
}

/** @param {Series} values @param {number} first @param {number} behind */
function between(values, first, behind) {
  return values.map((value, index) => (index < first || index >= behind ? null : value));
}

/** @param {number[]} known @param {(number | null)[]} bounds */
function ends(known, bounds) {
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = (most - least) * ROOM;
  const near = bounds.filter((bound) => bound !== null && bound >= least - room && bound <= most + room);
  const all = [least, most, .../** @type {number[]} */ (near)];
  return [Math.min(...all), Math.max(...all)];
}

/** @param {number | null} low @param {number | null} high @param {(value: number) => number} up @param {number} height */
function bandOf(low, high, up, height) {
  if (low === null && high === null) return null;
  const within = (/** @type {number} */ place) => Math.min(Math.max(place, 0), height);
  const top = high === null ? 0 : within(up(high));
  return { top, height: (low === null ? height : within(up(low))) - top };
}
