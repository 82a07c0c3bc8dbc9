// The one protocol of every edit: a draft is typed, left, sent and answered. It is dropped when it
// is safe; what was refused, contested or asked about stays, and is not sent again unchanged.

/** @import { Draft, Verdict } from "./types" */

export const NOT_SAVED = "This was not saved. Please try again.";
/** @type {Verdict} */
export const NOT_UNDERSTOOD = { kind: "refused", message: "" };

// What somebody saw when they began to type counts until it is safe.
/**
 * @param {Draft | undefined} before @param {Omit<Draft, "typed" | "base_version" | "left">} place
 * @param {string} typed @param {number} version @returns {Draft}
 */
export function typedInto(before, place, typed, version) {
  return { ...place, typed, base_version: before?.base_version ?? version, left: false };
}

// What was refused waits for another answer than the same again.
/** @param {Draft} draft */
export function isRefused({ typed, refused }) {
  return refused === typed;
}

/** @param {Draft | undefined} draft @returns {draft is Draft} */
export function mayBeLeft(draft) {
  return draft !== undefined && !draft.left && !isRefused(draft);
}

// Somebody saw what stands against it, and wants it all the same; or wants to think again.
/** @param {Draft} draft @param {{ base_version?: number, confirmed?: string }} [known] @returns {Draft} */
export function insisted(draft, known = {}) {
  return { ...draft, refused: null, left: true, ...known };
}

/** @param {Draft} draft @param {{ base_version?: number }} [known] @returns {Draft} */
export function reconsidered(draft, known = {}) {
  return { ...draft, refused: null, ...known };
}

// What is left of a draft when an answer comes, null for nothing. What was typed anew meanwhile is
// answered by itself.
/** @param {Draft} now @param {Draft} was @param {Verdict} verdict @param {number} version @returns {Draft | null} */
export function answered(now, was, verdict, version) {
  const isSame = now.typed === was.typed;
  if (verdict.kind === "saved") return isSame ? null : { ...now, base_version: version };
  return isSame ? { ...now, left: false, refused: was.typed, answer: verdict } : now;
}
