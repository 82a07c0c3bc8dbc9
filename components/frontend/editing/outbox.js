// Messages on their way: one after the other, each sent until its answer comes.

/** @import { Answer, Clock, OutboxOptions, Sending } from "./types" */

export const ANSWER_WITHIN = 8000;
export const HURRY = 2500;
export const NO_ANSWER = "No answer yet: kept here, sent again by itself.";

/** @type {Clock} */
const CLOCK = {
  now: () => Date.now(),
  setTimeout: (act, after) => setTimeout(act, after),
  clearTimeout: (timer) => clearTimeout(timer),
};

let given = 0;

// A name for a message, by which an answer is known for its own.
export function newToken() {
  return `${Date.now()}-${++given}`;
}

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

  // What is sent again goes under the name that it had: so it is not done twice.
  /** @param {Item[]} items */
  send(items, token = newToken()) {
    if (this.sending || !items.length) return;
    this.sending = { items, token, at: 0 };
    this.post(this.sending);
  }

  // What was sent before the page came anew may be answered yet.
  /** @param {Item[]} items @param {string} token */
  expect(items, token) {
    const { clock } = this.options;
    const sending = { items, token, at: clock.now() };
    this.sending = sending;
    this.timer = clock.setTimeout(() => this.late(sending), HURRY);
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
