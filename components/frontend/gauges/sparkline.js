// Draws the line of a gauge's last readings.

import { drawn } from "../shared/elements.js";

/** @typedef {(number | null)[]} Series */
/** @typedef {(index: number) => string} Across */
/** @typedef {(value: number) => string} Up */

const LINE = { width: 100, height: 36, margin: 4 };

// A series of many numbers travels as one text.
/** @param {string} text @returns {Series} */
export function valuesOf(text) {
  return text ? text.split(" ").map((value) => (value === "-" ? null : Number(value))) : [];
}

// The last `unusual` values, those of a drift or of a better level, are drawn stronger.
/** @param {Series} values @param {[number, number] | null} limits */
export function sparkline(values, limits = null, unusual = 0) {
  const known = values.filter((value) => value !== null);
  const all = limits ? [...known, ...limits] : known;
  const least = Math.min(...all);
  const width = Math.max(...all) - least || 1;
  const room = LINE.height - 2 * LINE.margin;
  /** @type {Up} */
  const y = (value) => (LINE.height - LINE.margin - ((value - least) / width) * room).toFixed(1);
  /** @type {Across} */
  const x = (index) => (2 + (index / Math.max(values.length - 1, 1)) * (LINE.width - 5)).toFixed(1);
  const box = `0 0 ${LINE.width} ${LINE.height}`;
  return drawn(
    "svg",
    { viewBox: box, preserveAspectRatio: "none", class: "line", "aria-hidden": "true" },
    limits && known.length ? between(Number(y(limits[1])), Number(y(limits[0]))) : null,
    known.length ? drawn("path", { d: strokes(values, x, y), class: "stroke" }) : null,
    ...stretch(values, unusual, x, y),
    known.length ? drawn("path", { d: dot(values, x, y), class: "dot" }) : null,
  );
}

/** @param {number} top @param {number} bottom */
function between(top, bottom) {
  const height = Math.max(bottom - top, 1);
  return drawn("rect", { x: 0, y: top, width: LINE.width, height, class: "limits" });
}

// A gap stays a gap; a reading alone between gaps becomes a point.
/** @param {Series} values @param {Across} x @param {Up} y */
export function strokes(values, x, y) {
  let path = "";
  values.forEach((value, index) => {
    if (value === null) return;
    const alone = values[index + 1] ?? null;
    const begins = index === 0 || values[index - 1] === null;
    path += `${begins ? "M" : "L"} ${x(index)} ${y(value)} `;
    if (begins && alone === null) path += "h 0 ";
  });
  return path;
}

/** @param {Series} values @param {number} unusual @param {Across} x @param {Up} y */
function stretch(values, unusual, x, y) {
  if (!unusual) return [];
  const part = values.map((value, index) => (index < values.length - unusual ? null : value));
  const points = part.map((value, index) => (value === null ? "" : `M ${x(index)} ${y(value)} h 0 `));
  return [
    drawn("path", { d: strokes(part, x, y), class: "unusual" }),
    drawn("path", { d: points.join(""), class: "points" }),
  ];
}

/** @param {Series} values @param {Across} x @param {Up} y */
export function dot(values, x, y) {
  const last = values.findLastIndex((value) => value !== null);
  return `M ${x(last)} ${y(Number(values[last]))} h 0`;
}
