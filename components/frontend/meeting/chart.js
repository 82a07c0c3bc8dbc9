// Values so far, large: where they should be, their usual limits, and since when they are news.

/** @import { Chart, Lane, Track } from "./types" */

import { strokes, valuesOf } from "../gauges/sparkline.js";
import { drawn, element } from "../shared/elements.js";
import { number } from "../shared/numbers.js";

const BOX = { width: 1000, height: 300 };
const MARGIN = 0.06;
const NEAR = 1.5;

/** @param {Chart} chart */
export function chart({ series, at, limits, unusual, signal, low, high, ideal, news: share, from, to }) {
  const values = valuesOf(series);
  const known = values.filter((value) => value !== null);
  const [least, most] = ends([...known, ...(limits ?? [])], low, high);
  const width = (most - least || 1) * (1 + 2 * MARGIN);
  const y = (/** @type {number} */ value) => (BOX.height * (1 - (value - least) / width - MARGIN)).toFixed(1);
  const across = (/** @type {number} */ part) => (8 + part * (BOX.width - 16)).toFixed(1);
  const x = (/** @type {number} */ index) => across(at ? at[index] : index / Math.max(values.length - 1, 1));
  const strong = values.map((value, index) => (index < values.length - unusual ? null : value));
  const news = share === null ? null : Number(across(share));
  const last = values.findLastIndex((value) => value !== null);
  const picture = drawn(
    "svg",
    { viewBox: `0 0 ${BOX.width} ${BOX.height}`, preserveAspectRatio: "none", class: "picture", "aria-hidden": "true" },
    low === null && high === null ? null : band("ideal", Number(y(high ?? most + width)), Number(y(low ?? least - width))),
    limits ? band("limits", Number(y(limits[1])), Number(y(limits[0]))) : null,
    news === null ? null : drawn("path", { d: `M ${news} 0 V ${BOX.height}`, class: "news" }),
    known.length ? drawn("path", { d: strokes(values, x, y), class: "stroke" }) : null,
    unusual ? drawn("path", { d: strokes(strong, x, y), class: "unusual" }) : null,
    drawn("path", { d: values.map((value, at) => (value === null ? "" : `M ${x(at)} ${y(value)} h 0`)).join(" "), class: "points" }),
    last >= 0 ? drawn("path", { d: `M ${x(last)} ${y(Number(values[last]))} h 0`, class: "dot" }) : null,
  );
  const place = news !== null && news < BOX.width / 4 ? "news right" : "news";
  return element(
    "figure",
    { class: "chart surface", "data-signal": signal },
    element("div", { class: "scale", "aria-hidden": "true" }, element("span", {}, end(most, least)), element("span", {}, end(least, most))),
    element("div", { class: "plot" }, picture, news === null ? null : element("span", { class: place, style: `left:${news / 10}%` }, place === "news" ? "last check-in ▸" : "◂ last check-in")),
    element("figcaption", {}, element("span", {}, from), ideal ? element("span", { class: "ideal" }, ideal) : null, element("span", {}, to)),
  );
}

// The bounds of the ideal range belong to the picture where they are not far away.
/** @param {number[]} shown @param {(number | null)[]} bounds @returns {[number, number]} */
function ends(shown, ...bounds) {
  const least = shown.length ? Math.min(...shown) : 0;
  const most = shown.length ? Math.max(...shown) : 1;
  const reach = (most - least || Math.abs(most) || 1) * NEAR;
  const near = bounds.filter((bound) => bound !== null && bound >= least - reach && bound <= most + reach);
  const all = [least, most, .../** @type {number[]} */ (near)];
  return [Math.min(...all), Math.max(...all)];
}

/** @param {number} value @param {number} other */
function end(value, other) {
  return number(value.toPrecision(3), Number(other.toPrecision(3)));
}

/** @param {string} name @param {number} top @param {number} bottom */
function band(name, top, bottom) {
  const from = Math.max(Math.min(top, BOX.height), 0);
  const to = Math.max(Math.min(bottom, BOX.height), 0);
  return drawn("rect", { x: 0, y: from, width: BOX.width, height: Math.max(to - from, 1), class: name });
}

// A key result on its way: what is done, where it was, where it should be, where it may end.
/** @param {Track} track */
export function track({ done, before, pace, span }) {
  const at = (/** @type {number} */ share) => `${(share * 100).toFixed(1)}%`;
  return element(
    "div",
    { class: "track", "aria-hidden": "true" },
    span ? element("i", { class: "span", style: `left:${at(span[0])};width:${at(span[1] - span[0])}` }) : null,
    element("i", { class: "done", style: `width:${at(done)}` }),
    before === null ? null : element("i", { class: "before", style: `left:${at(before)}` }),
    element("i", { class: "pace", style: `left:${at(pace)}` }),
  );
}

/** @param {Lane} shown */
export function lane(shown) {
  const { ends: [start, target], before, span, standing } = shown;
  return element(
    "figure",
    { class: "lane surface", "data-standing": standing },
    track(shown),
    element(
      "figcaption",
      {},
      element("span", {}, start),
      element("span", { class: "keys" }, before === null ? null : element("span", { class: "key before" }, "last check-in"), element("span", { class: "key pace" }, "should be by now"), span ? element("span", { class: "key span" }, "likely end") : null),
      element("span", {}, target),
    ),
  );
}
