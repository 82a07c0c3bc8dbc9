// Writes numbers as the server does: `analytics/number_text.py` says why.

const FEWEST = 4;
const MOST = 17;
const NOISE = 1e-14;
const TINY = 0.00001;
/** @type {[number, string][]} */
const LETTERS = [[1e12, "T"], [1e9, "B"], [1e6, "M"]];
const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @param {string | number} text @param {(number | null)[]} beside @returns {string} */
export function number(text, ...beside) {
  const value = Number(text);
  const others = beside.filter((each) => each !== null && !isSame(value, each));
  for (let digits = FEWEST; digits < MOST; digits += 1) {
    const shown = rounded(value, digits);
    if (others.every((each) => rounded(Number(each), digits) !== shown)) return shown;
  }
  return rounded(value, MOST);
}

/** @param {number} one @param {number} other */
function isSame(one, other) {
  return Math.abs(one - other) <= NOISE * Math.max(Math.abs(one), Math.abs(other));
}

/** @param {number} value @param {number} digits */
function rounded(value, digits) {
  const size = significant(Math.abs(value), digits);
  const text = size >= 1e6 ? shortened(Math.abs(value), digits - 1) : small(size, digits);
  return value < 0 && size ? `−${text}` : text;
}

/** @param {number} whole @param {number} digits */
function shortened(whole, digits) {
  const size = significant(whole, digits);
  const [scale, letter] = LETTERS.find(([least]) => size >= least) ?? [1, ""];
  return `${plain(size / scale, digits)}\u00a0${letter}`;
}

/** @param {number} size @param {number} digits */
function small(size, digits) {
  if (size === 0 || size >= TINY) return plain(size, digits);
  const [times, power] = size.toExponential().split("e-");
  return `${times}×10⁻${power.replace(/\d/g, (digit) => POWERS[Number(digit)])}`;
}

/** @param {number} size @param {number} digits */
function significant(size, digits) {
  return Number(size.toPrecision(atLeast(size, digits)));
}

/** @param {number} size @param {number} digits */
function plain(size, digits) {
  const text = size.toLocaleString("en", { maximumSignificantDigits: atLeast(size, digits) });
  return text.replaceAll(",", "\u202f");
}

// Below a million what is before the point stays whole.
/** @param {number} size @param {number} digits */
function atLeast(size, digits) {
  return size >= 1000 && size < 1e6 ? Math.max(digits, String(Math.trunc(size)).length) : digits;
}
