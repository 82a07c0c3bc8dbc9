// Which numbers and days Plotly writes along its scales, so that a picture of a chart has the same.

/** @typedef {{ at: number, text: string, year?: number }} Tick */

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const MONTH = YEAR / 12;
const STEPS = { number: [2, 5, 10], months: [1, 2, 3, 6, 12], days: [1, 2, 3, 7, 14] };
const SUNDAY = Date.UTC(2000, 0, 2);
const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// The first of the steps beyond a size.
/** @param {number} size @param {number[]} steps */
function beyond(size, steps) {
  return steps.find((step) => step > size) ?? steps[steps.length - 1];
}

/** @param {number} size */
function roundNumber(size) {
  const base = 10 ** Math.floor(Math.log10(size));
  return base * beyond(size / base, STEPS.number);
}

// One for so many pixels, within bounds.
/** @param {number} span @param {number} pixels @param {number} room */
function rough(span, pixels, room) {
  return span / (Math.min(Math.max(pixels / room, 4), 9) + 1);
}

/** @param {number} from @param {number} until @param {number} step */
function multiples(from, until, step) {
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(until / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** @param {number[]} range @param {number} pixels @param {string} suffix @param {string} thousands @returns {Tick[]} */
export function numbersAlong([from, until], pixels, suffix, thousands) {
  const step = roundNumber(rough(until - from, pixels, 40));
  const digits = Math.max(-Math.floor(Math.log10(step) + 1e-9), 0);
  /** @param {number} number */
  const written = (number) => {
    const [whole, ...rest] = Math.abs(number).toFixed(digits).split(".");
    const sign = number < 0 ? "−" : "";
    return sign + [whole.replace(/\B(?=(\d{3})+$)/g, thousands), ...rest].join(".") + suffix;
  };
  return multiples(from, until, step).map((at) => ({ at, text: written(at) }));
}

// Days say their year below them, the first one and where it changes.
/** @param {number[]} range @param {number} pixels @returns {Tick[]} */
export function daysAlong([from, until], pixels) {
  const size = rough(until - from, pixels, 80);
  if (2 * size > YEAR) return monthsAlong(from, until, 12 * roundNumber(size / YEAR));
  if (2 * size > MONTH) return monthsAlong(from, until, beyond(size / MONTH, STEPS.months));
  const step = DAY * beyond(size / DAY, STEPS.days);
  const days = multiples(from - SUNDAY, until - SUNDAY, step).map((since) => new Date(since + SUNDAY));
  return days.map((day, index) => {
    const year = day.getUTCFullYear();
    const tick = { at: day.getTime(), text: `${NAMES[day.getUTCMonth()]} ${day.getUTCDate()}` };
    return year === days[index - 1]?.getUTCFullYear() ? tick : { ...tick, year };
  });
}

/** @param {number} from @param {number} until @param {number} step @returns {Tick[]} */
function monthsAlong(from, until, step) {
  const begin = new Date(from);
  const earliest = begin.getUTCFullYear() * 12 + begin.getUTCMonth() - 2000 * 12;
  const ticks = [];
  for (let month = Math.ceil(earliest / step) * step; ; month += step) {
    const at = Date.UTC(2000, month, 1);
    if (at > until) return ticks;
    const day = new Date(at);
    const name = step % 12 ? `${NAMES[day.getUTCMonth()]} ` : "";
    if (at >= from) ticks.push({ at, text: `${name}${day.getUTCFullYear()}` });
  }
}
