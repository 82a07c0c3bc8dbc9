// A picture of a chart, there at once: Plotly draws the same in its place, to be explored.

/** @import { Child } from "../shared/types" */
/** @import { Figure, Part } from "./types" */
/** @import { Tick } from "./ticks.js" */

import { drawn } from "../shared/elements.js";
import { spokenText } from "./figure.js";
import { daysAlong, numbersAlong } from "./ticks.js";

const DASHES = { solid: null, dash: "9 9", dot: "3 3" };
const CROSS = "m-4 -4l8 8m0 -8l-8 8";
const LINE = 1.3;

/** @typedef {{ x: (value: string | number, of?: string) => number, y: (value: number, of?: string) => number }} Scales */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Area */

// Nothing where there is no scale yet.
/** @param {Figure} figure @param {number} width @returns {SVGSVGElement | null} */
export function picture({ data, layout }, width) {
  const { margin, height, xaxis, yaxis, shapes = [], annotations = [] } = layout;
  if (!xaxis.range || !yaxis.range) return null;
  const area = { left: margin.l, right: width - margin.r, top: margin.t, bottom: height - margin.b };
  const days = xaxis.range.map(Date.parse);
  const scales = scalesOf(area, days, yaxis.range);
  const lines = data.map((part) => inSight(part, days));
  const thousands = layout.separators[1];
  const numbers = numbersAlong(yaxis.range, area.bottom - area.top, yaxis.ticksuffix, thousands);
  const grid = numbers.map(({ at }) => line(area.left, scales.y(at), area.right, scales.y(at), { stroke: yaxis.gridcolor }));
  const box = { x: area.left, y: 0, width: area.right - area.left, height };
  const inside = { ...box, viewBox: Object.values(box).join(" ") };
  return drawn(
    "svg",
    { class: "picture", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    drawn("svg", inside, ...shapes.map((/** @type {Part} */ shape) => shapeOf(shape, scales)), ...grid, ...lines.flatMap((part) => traceOf(part, scales))),
    ...annotations.map((/** @type {Part} */ note) => noteOf(note, scales, area)),
    ...numbers.map((tick) => tickOf(tick, { x: area.left - 9, y: scales.y(tick.at) + 4.2, "text-anchor": "end" }, yaxis)),
    ...daysAlong(days, area.right - area.left).map((tick) => tickOf(tick, { x: scales.x(tick.at), y: area.bottom + 21, "text-anchor": "middle" }, xaxis)),
  );
}

/** @param {Area} area @param {number[]} days @param {number[]} numbers @returns {Scales} */
function scalesOf({ left, right, top, bottom }, [from, until], [lowest, highest]) {
  /** @param {number} share */
  const across = (share) => left + share * (right - left);
  /** @param {number} share */
  const up = (share) => bottom - share * (bottom - top);
  /** @param {string | undefined} of */
  const isShare = (of) => of === "paper" || of?.endsWith("domain");
  return {
    x: (value, of) => across(isShare(of) ? Number(value) : ((typeof value === "string" ? Date.parse(value) : value) - from) / (until - from)),
    y: (value, of) => up(isShare(of) ? value : (value - lowest) / (highest - lowest)),
  };
}

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {Record<string, any>} style */
function line(x1, y1, x2, y2, style) {
  return drawn("line", { x1, y1, x2, y2, ...style });
}

/** @param {Part} line */
function strokeOf({ color, width, dash }) {
  return { stroke: color, "stroke-width": width, "stroke-dasharray": DASHES[/** @type {keyof typeof DASHES} */ (dash ?? "solid")] };
}

/** @param {Part} shape @param {Scales} scales */
function shapeOf({ type, x0, x1, y0, y1, xref, yref, fillcolor, line: stroke }, { x, y }) {
  const [left, right, one, other] = [x(x0, xref), x(x1, xref), y(y0, yref), y(y1, yref)];
  if (type === "line") return line(left, one, right, other, strokeOf(stroke));
  const place = { x: left, y: Math.min(one, other), width: right - left, height: Math.abs(other - one) };
  return drawn("rect", { ...place, fill: fillcolor });
}

// What lies between two days of a line, and where it comes from and goes on to: of years of daily
// readings few are in sight. An area is drawn whole.
/** @param {Part} part @param {number[]} days @returns {Part} */
function inSight(part, days) {
  if (part.fill) return part;
  const [first, last] = days.map((day) => new Date(day).toISOString().slice(0, 10));
  const begun = part.x.findIndex((/** @type {string} */ day) => day >= first);
  const beyond = part.x.findIndex((/** @type {string} */ day) => day > last);
  const [begin, end] = [Math.max(begun - 1, 0), beyond < 0 ? part.x.length : beyond + 1];
  return { ...part, x: part.x.slice(begin, end), y: part.y.slice(begin, end) };
}

/** @param {Part} part @param {Scales} scales */
function traceOf({ x: days, y: values, mode, fill, fillcolor, line: stroke, marker, customdata }, { x, y }) {
  /** @type {string[]} */
  const places = days.map((/** @type {string} */ day, /** @type {number} */ at) => (values[at] === null ? "" : `${x(day).toFixed(1)} ${y(values[at]).toFixed(1)}`));
  if (fill) return [drawn("path", { d: `M${places.join("L")}Z`, fill: fillcolor })];
  const path = places.map((place, at) => place && (places[at - 1] ? "L" : "M") + place).join("");
  const dots = places.map((place) => place && `M${place}h0`).join("");
  const crosses = places.map((place) => `M${place}${CROSS}`).join("");
  if (mode === "markers") return [drawn("path", { d: crosses, stroke: marker.color })];
  const strokes = drawn("path", { d: path, class: customdata ? "readings" : null, fill: "none", ...strokeOf(stroke) });
  const ends = { stroke: stroke.color, "stroke-width": marker?.size, "stroke-linecap": "round" };
  return [strokes, ...(mode === "lines" ? [] : [drawn("path", { d: dots, ...ends })])];
}

/** @param {Part} note @param {Scales} scales @param {Area} area */
function noteOf({ x: at, y: height, xref, yref, xanchor, yanchor, yshift = 0, borderpad = 1, text, font, bgcolor }, { x, y }, { left, right }) {
  const day = x(at, xref);
  if (day < left || day > right) return null;
  const aside = borderpad + 1;
  const lines = text.split("<br>");
  const begin = day + (xanchor === "left" ? aside : -aside);
  const place = {
    y: y(height, yref) - yshift + (yanchor === "top" ? font.size + aside : -2 - aside) - (lines.length - 1) * LINE * font.size,
    "text-anchor": xanchor === "left" ? "start" : "end",
  };
  const words = lines.map((/** @type {string} */ each, /** @type {number} */ at) => drawn("tspan", { x: begin, dy: at ? `${LINE}em` : null }, spokenText(each)));
  return drawn("text", { ...place, fill: font.color, "font-size": font.size, stroke: bgcolor }, ...words);
}

/** @param {Tick} tick @param {Record<string, any>} place @param {Part} axis @returns {Child} */
function tickOf({ text, year }, place, { tickfont }) {
  const below = year && drawn("tspan", { x: place.x, dy: "1.3em" }, String(year));
  return drawn("text", { ...place, fill: tickfont.color, "font-size": tickfont.size }, text, below || null);
}
