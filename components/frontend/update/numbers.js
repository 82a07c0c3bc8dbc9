// What a number that is typed says before it is saved: how it differs from the one before.

import { number } from "../shared/numbers.js";

const GROUPED = /^[^,]*,\d{3}$/;

// Reads what the server surely reads the same way; null for anything that it may not.
/** @param {string} typed @returns {number | null} */
export function typedNumber(typed) {
  const text = typed.trim().replace(/\s*%$/, "").replaceAll(/\s/g, "").replace("−", "-");
  if (!text || GROUPED.test(text)) return null;
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) ? value : null;
}

// A value in short where that says all of it: what is saved is what is said.
/** @param {string} text */
export function exactly(text) {
  const short = number(text);
  return Number(short.replaceAll("\u202f", "").replace("−", "-")) === Number(text) ? short : text;
}

/** @param {number} now @param {number} before */
export function change(now, before) {
  const difference = Number((now - before).toPrecision(12));
  if (!difference) return "unchanged";
  return `${difference > 0 ? "+" : ""}${number(difference)}`;
}
