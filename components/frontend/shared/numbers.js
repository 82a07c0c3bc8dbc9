// Writes numbers as the server does.

/** @param {string | number} text @returns {string} */
export function number(text) {
  const value = Number(text);
  if (Math.abs(value) >= 1e7) return `${number(value / 1e6)}\u00a0M`;
  const whole = Math.abs(value) >= 1000;
  const rounded = Math.abs(whole ? Math.round(value) : Number(value.toPrecision(4)));
  const digits = whole ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  const plain = rounded.toLocaleString("en", digits);
  return (value < 0 && rounded ? "−" : "") + plain.replaceAll(",", "\u202f");
}

// As somebody would type it.
/** @param {number | null | undefined} value */
export function typed(value) {
  return value === null || value === undefined ? "" : String(Number(value.toPrecision(12)));
}
