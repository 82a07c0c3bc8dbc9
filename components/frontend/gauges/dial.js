// Draws the dial of a gauge.

import { drawn } from "../shared/elements.js";

const RADIUS = 80;
const CENTRE = { x: 100, y: 92 };

/** @param {number} share @param {number} radius */
function onDial(share, radius) {
  const angle = Math.PI * (1 - share);
  const x = CENTRE.x + radius * Math.cos(angle);
  const y = CENTRE.y - radius * Math.sin(angle);
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** @param {number} from @param {number} to @param {string} name */
function arc(from, to, name) {
  const path = `M ${onDial(from, RADIUS)} A ${RADIUS} ${RADIUS} 0 0 1 ${onDial(to, RADIUS)}`;
  return drawn("path", { d: path, class: name });
}

/** @param {number | null} share @param {number} off */
function needle(share, off) {
  if (share === null) return [];
  const end = off > 0 ? 1 : off < 0 ? 0 : share;
  const parts = [drawn("path", { d: `M ${onDial(end, -10)} L ${onDial(end, 64)}`, class: "needle" })];
  if (off > 0) parts.push(drawn("path", { d: "M 189 82 l 10 6 l -10 6 z", class: "off" }));
  if (off < 0) parts.push(drawn("path", { d: "M 11 82 l -10 6 l 10 6 z", class: "off" }));
  return parts;
}

/** @param {number | null} share @param {number} off @param {[number, number]} ideal */
export function dial(share, off, [from, to]) {
  return drawn(
    "svg",
    { viewBox: "0 0 200 100", class: "dial", "aria-hidden": "true" },
    arc(0, 1, "track"),
    to > from ? arc(from, to, "ideal-band") : null,
    ...needle(share, off),
    drawn("circle", { cx: CENTRE.x, cy: CENTRE.y, r: 6, class: "hub" }),
  );
}
