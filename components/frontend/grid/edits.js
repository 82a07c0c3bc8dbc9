// All edits of one element: what is typed, what is done, what is on its way, and what became of it.

/** @import { Answer, Change, Draft, EditsClient, Verdict } from "../editing/types" */

import { Drafts } from "./drafts.js";
import { ANSWER_WITHIN, Outbox } from "../editing/outbox.js";
import { NOT_UNDERSTOOD, answered, mayBeLeft, typedInto } from "../editing/protocol.js";

/** @template {Change<any>} Item */
export class Edits {
  /** @param {EditsClient<Item>} client */
  constructor(client) {
    this.client = client;
    /** @type {Item[]} */
    this.acts = [];
    this.drafts = new Drafts("", client.storage);
    /** @type {Outbox<Item>} */
    this.outbox = new Outbox({ ...client, repeats: true, patience: ANSWER_WITHIN });
  }

  /** @param {Drafts} drafts */
  begin(drafts) {
    this.drafts = drafts;
    this.acts = [];
    this.outbox.forget();
  }

  /** @param {string} key @param {Omit<Draft, "typed" | "base_version" | "left">} place @param {string} text */
  type(key, place, text) {
    this.drafts.set(key, typedInto(this.drafts.get(key), place, text, this.client.version()));
  }

  // Whoever leaves what stands there already has typed nothing; what was refused waits.
  /** @param {string} key @param {(text: string) => boolean} isNothing @returns {"left" | "dropped" | "stays"} */
  leave(key, isNothing) {
    const draft = this.drafts.get(key);
    if (!mayBeLeft(draft)) return "stays";
    if (isNothing(draft.typed.trim())) {
      this.drafts.drop(key);
      return "dropped";
    }
    this.drafts.set(key, { ...draft, left: true });
    return "left";
  }

  // What is done waits until what is on its way is answered.
  /** @param {Item} act */
  act(act) {
    this.acts.push(act);
    this.pump();
  }

  pump() {
    if (!this.outbox.sending && this.client.mayEdit()) this.outbox.send(this.client.next());
  }

  hurry() {
    this.outbox.hurry();
    this.pump();
  }

  /** @param {Answer | null} answer */
  hear(answer) {
    const changes = this.outbox.hear(answer) ?? [];
    changes.forEach((change, at) => this.settle(change, (answer?.answers ?? [answer])[at] ?? NOT_UNDERSTOOD));
  }

  /** @param {Item} change @param {Verdict} verdict */
  settle(change, verdict) {
    const drafts = this.client.renamed?.(change, verdict) ?? change.drafts;
    const isOpen = drafts.map(([key, was]) => this.settleDraft(key, was, verdict)).some(Boolean);
    if (verdict.kind === "saved") this.client.saved(change, verdict);
    else if (isOpen || !drafts.length) this.client.refused({ ...change, drafts }, verdict);
    else this.client.overtaken(change);
  }

  // Tells whether it is still this draft that is answered.
  /** @param {string} key @param {Draft} was @param {Verdict} verdict */
  settleDraft(key, was, verdict) {
    const now = this.drafts.get(key);
    const kept = now && answered(now, was, verdict, this.client.version());
    if (kept) this.drafts.set(key, kept);
    else this.drafts.drop(key);
    return now?.typed === was.typed;
  }

  // Without the key of a draft it is any change of the row.
  /** @param {string} row @param {string} [key] */
  isOnItsWay(row, key) {
    const all = [...this.acts, ...(this.outbox.sending?.items ?? [])];
    return all.some((change) => change.row?.key === row && (!key || change.drafts.some(([one]) => one === key)));
  }
}
