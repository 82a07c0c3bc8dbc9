// Draws the dial of a gauge and the line of its last readings.

const RADIUS = 80;
const CENTRE = { x: 100, y: 92 };

function onDial(share, radius) {
  const angle = Math.PI * (1 - share);
  const x = CENTRE.x + radius * Math.cos(angle);
  const y = CENTRE.y - radius * Math.sin(angle);
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function arc(from, to, name) {
  const path = `M ${onDial(from, RADIUS)} A ${RADIUS} ${RADIUS} 0 0 1 ${onDial(to, RADIUS)}`;
  return drawn("path", { d: path, class: name });
}

function needle(share, off) {
  if (share === null) return [];
  const end = off > 0 ? 1 : off < 0 ? 0 : share;
  const parts = [drawn("path", { d: `M ${onDial(end, -10)} L ${onDial(end, 64)}`, class: "needle" })];
  if (off > 0) parts.push(drawn("path", { d: "M 189 82 l 10 6 l -10 6 z", class: "off" }));
  if (off < 0) parts.push(drawn("path", { d: "M 11 82 l -10 6 l 10 6 z", class: "off" }));
  return parts;
}

function dial(share, off, [from, to]) {
  return drawn(
    "svg",
    { viewBox: "0 0 200 100", class: "dial", "aria-hidden": "true" },
    arc(0, 1, "track"),
    to > from ? arc(from, to, "ideal-band") : null,
    ...needle(share, off),
    drawn("circle", { cx: CENTRE.x, cy: CENTRE.y, r: 6, class: "hub" }),
  );
}

const LINE = { width: 100, height: 36, margin: 4 };

// The last `unusual` values, those of a drift or of a better level, are drawn stronger.
function sparkline(values, limits, unusual) {
  const known = values.filter((value) => value !== null);
  const all = limits ? [...known, ...limits] : known;
  const least = Math.min(...all);
  const width = Math.max(...all) - least || 1;
  const room = LINE.height - 2 * LINE.margin;
  const y = (value) => (LINE.height - LINE.margin - ((value - least) / width) * room).toFixed(1);
  const x = (index) => (2 + (index / Math.max(values.length - 1, 1)) * (LINE.width - 5)).toFixed(1);
  const box = `0 0 ${LINE.width} ${LINE.height}`;
  return drawn(
    "svg",
    { viewBox: box, preserveAspectRatio: "none", class: "line", "aria-hidden": "true" },
    limits && known.length ? band(y(limits[1]), y(limits[0])) : null,
    known.length ? drawn("path", { d: strokes(values, x, y), class: "stroke" }) : null,
    ...stretch(values, unusual, x, y),
    known.length ? drawn("path", { d: dot(values, x, y), class: "dot" }) : null,
  );
}

function band(top, bottom) {
  const height = Math.max(bottom - top, 1);
  return drawn("rect", { x: 0, y: top, width: LINE.width, height, class: "limits" });
}

// A gap stays a gap; a reading alone between gaps becomes a point.
function strokes(values, x, y) {
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

function stretch(values, unusual, x, y) {
  if (!unusual) return [];
  const part = values.map((value, index) => (index < values.length - unusual ? null : value));
  const points = part.map((value, index) => (value === null ? "" : `M ${x(index)} ${y(value)} h 0 `));
  return [
    drawn("path", { d: strokes(part, x, y), class: "unusual" }),
    drawn("path", { d: points.join(""), class: "points" }),
  ];
}

function dot(values, x, y) {
  const last = values.findLastIndex((value) => value !== null);
  return `M ${x(last)} ${y(values[last])} h 0`;
}
