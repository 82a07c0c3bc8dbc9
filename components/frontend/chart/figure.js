// What a figure says apart from how it is drawn: the theme's colours, and its readings in order.

/** @import { Figure, Part, Point } from "./types" */

const MARKUP = { "<br>": ", ", "<b>": "", "</b>": "", "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const IS_MARKUP = new RegExp(Object.keys(MARKUP).join("|"), "g");

// Only a colour is looked up: a text that spells the name of one is somebody's words.
/** @template T @param {T} part @param {Map<string, string>} colours by their names @returns {T} */
export function painted(part, colours) {
  if (Array.isArray(part)) return typeof part[0] === "object" ? /** @type {T} */ (part.map((each) => painted(each, colours))) : part;
  if (typeof part !== "object" || part === null) return part;
  /** @param {[string, any]} entry */
  const paint = ([name, value]) => [name, (name.endsWith("color") && colours.get(value)) || painted(value, colours)];
  return Object.fromEntries(Object.entries(part).map(paint));
}

// The readings that can be chosen, by time; a gap is none.
/** @param {Figure} figure @returns {Point[]} */
export function readings({ data }) {
  /** @param {Part} line @param {number} curve @returns {Point[]} */
  const pointsOf = (line, curve) =>
    (line.customdata ?? []).flatMap((/** @type {string} */ period, /** @type {number} */ at) =>
      line.y[at] === null ? [] : [{ curve, at, period, text: line.text[at] }],
    );
  return data.flatMap(pointsOf).sort((one, other) => (one.period < other.period ? -1 : 1));
}

// The keys begin at the newest reading.
/** @param {Point[]} points @param {Point | undefined} from @param {string} key @returns {Point | undefined} */
export function stepped(points, from, key) {
  const last = points.length - 1;
  const at = from ? points.findIndex(({ period }) => period === from.period) : -1;
  /** @type {Record<string, number>} */
  const places = { Home: 0, End: last, ArrowLeft: Math.max(at - 1, 0), ArrowRight: Math.min(at + 1, last) };
  return points[at < 0 && key !== "Home" ? last : places[key]];
}

// Which points of each line are marked as chosen: one of all, or none; a line without readings has none.
/** @param {Figure} figure @param {Point | null} point */
export function selectedPoints({ data }, point) {
  /** @param {Part} line @param {number} curve */
  const selected = (line, curve) => (curve === point?.curve ? [point.at] : line.customdata && point ? [] : null);
  return data.map(selected);
}

// As text: what the chart takes for markup is taken out again.
/** @param {string} text */
export function spokenText(text) {
  return text.replace(IS_MARKUP, (found) => MARKUP[/** @type {keyof typeof MARKUP} */ (found)]);
}
