// The one protocol of every edit: a draft is typed, left, sent and answered. It is dropped when it
// is safe; what was refused, contested or asked about stays, and is not sent again unchanged.

/** @import { Answer, Clock, Draft, Entry, OutboxOptions, Sending, Verdict } from "./types" */
/** @import { Drafts } from "./drafts.js" */

import { newToken } from "./tokens.js";

export const ANSWER_WITHIN = 8000;
export const HURRY = 2500;
export const NOT_SAVED = "This was not saved. Please try again.";
export const NO_ANSWER = "No answer yet: kept here, sent again by itself.";

/** @type {Clock} */
const CLOCK = {
  now: () => Date.now(),
  setTimeout: (act, after) => setTimeout(act, after),
  clearTimeout: (timer) => clearTimeout(timer),
};

// What somebody saw when they began to type counts until it is safe.
/**
 * @param {Draft | undefined} before @param {Omit<Draft, "typed" | "seen" | "left">} place
 * @param {string} typed @param {number} version @returns {Draft}
 */
export function typedInto(before, place, typed, version) {
  return { ...place, typed, seen: before?.seen ?? version, left: false };
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
/** @param {Draft} draft @param {{ seen?: number, sure?: string }} [known] @returns {Draft} */
export function insisted(draft, known = {}) {
  return { ...draft, refused: null, left: true, ...known };
}

/** @param {Draft} draft @param {{ seen?: number }} [known] @returns {Draft} */
export function reconsidered(draft, known = {}) {
  return { ...draft, refused: null, ...known };
}

// What is left of a draft when an answer to an earlier state of it comes; null for nothing.
/** @param {Draft} now @param {Draft} was @param {Verdict} verdict @param {number} version @returns {Draft | null} */
export function answered(now, was, verdict, version) {
  if (verdict.kind !== "saved") return { ...now, left: false, refused: was.typed, answer: verdict };
  return now.typed === was.typed ? null : { ...now, seen: version };
}

/** @param {Drafts} drafts @param {Entry[]} sent @param {Verdict} verdict @param {number} version */
export function settle(drafts, sent, verdict, version) {
  for (const [key, was] of sent) {
    const now = drafts.get(key);
    const kept = now && answered(now, was, verdict, version);
    if (kept) drafts.set(key, kept);
    else drafts.drop(key);
  }
}

/** Sends one message after the other, and waits for the answer that carries its name. */
/** @template Item */
export class Outbox {
  /** @param {OutboxOptions<Item>} options */
  constructor(options) {
    this.options = { isHere: () => true, clock: CLOCK, ...options };
    /** @type {Sending<Item> | null} */
    this.sending = null;
    /** @type {unknown} */
    this.timer = null;
  }

  /** @param {Item[]} items */
  send(items) {
    if (this.sending || !items.length) return;
    this.sending = { items, token: newToken(), at: 0 };
    this.post(this.sending);
  }

  /** @param {Sending<Item>} sending */
  post(sending) {
    const { clock, patience, post } = this.options;
    sending.at = clock.now();
    clock.clearTimeout(this.timer);
    this.timer = clock.setTimeout(() => this.late(sending), patience);
    post(sending.items, sending.token);
  }

  /** @param {Sending<Item>} sending */
  late(sending) {
    if (this.sending !== sending || !this.options.isHere()) return;
    if (!this.options.repeats) this.forget();
    this.options.late(sending.items);
    if (this.options.repeats) this.post(sending);
  }

  // The page has run again and brought no answer: what was sent may have been lost.
  hurry() {
    if (this.sending && this.options.clock.now() - this.sending.at > HURRY) this.post(this.sending);
  }

  // Only an answer to what was sent last is one; it gives back what that was.
  /** @param {Answer | null | undefined} answer @returns {Item[] | null} */
  hear(answer) {
    const { sending } = this;
    if (!sending || answer?.token !== sending.token) return null;
    this.forget();
    return sending.items;
  }

  forget() {
    this.options.clock.clearTimeout(this.timer);
    this.sending = null;
  }
}
