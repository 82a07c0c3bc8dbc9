// What is said against an edit: why it was refused, what somebody saved meanwhile, how unlikely it is.

/** @import { Draft, Theirs, Verdict } from "./types" */
/** @import { Edits } from "../grid/edits.js" */
/** @typedef {{ base_version?: number, confirmed?: string }} Known what somebody knows by now of what stands against it */

import { button } from "../shared/elements.js";
import { NOT_SAVED, insisted, reconsidered } from "./protocol.js";

/** @param {Theirs} theirs @param {string} mine */
function contested({ value, who, at }, mine) {
  const saved = value === null ? "took it away" : `saved ${value}`;
  return `${who ?? "Somebody"} ${saved}${clock(at)}. You typed ${mine}.`;
}

/** @param {string | null | undefined} at */
function clock(at) {
  if (!at) return "";
  const moment = new Date(at);
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (moment.toDateString() === new Date().toDateString()) return ` at ${time}`;
  const day = moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return ` on ${day} at ${time}`;
}

/**
 * What is said against an edit, and what can be answered; without an answer it has to be put right.
 * The gentle one of the answers changes nothing yet.
 * @param {Verdict} verdict @param {Draft} draft
 * @param {{ keep: () => void, again?: (known: Known) => void, insist: (known: Known) => void }} acts
 * @param {{ nothing?: string, tell?: (theirs: Theirs, mine: string) => string }} words
 * @returns {{ text: string, answers: HTMLElement[], gentle: HTMLElement | undefined }}
 */
export function objection({ kind, message, theirs }, draft, { keep, again, insist }, { nothing = "nothing", tell = contested } = {}) {
  const mine = draft.typed.trim() || nothing;
  if (kind === "doubtful") {
    const gentle = another("Change it", {}, again);
    const answers = [...gentle, saving(mine, () => insist({ confirmed: draft.typed }))];
    return { text: `Really ${mine}? ${message}`, answers, gentle: gentle[0] };
  }
  if (kind !== "conflict" || !theirs) return { text: message || NOT_SAVED, answers: [], gentle: undefined };
  const known = { base_version: theirs.version };
  const keeping = button(theirs.value ? `Keep ${theirs.value}` : "Keep it empty", { onclick: keep });
  const gentle = another("Type another", known, again);
  const answers = [keeping, ...gentle, saving(mine, () => insist(known))];
  return { text: tell(theirs, mine), answers, gentle: gentle[0] };
}

/** @param {string} text @param {Known} known @param {((known: Known) => void) | undefined} act */
function another(text, known, act) {
  return act ? [button(text, { onclick: () => act(known) })] : [];
}

/** @param {string} mine @param {() => void} act */
function saving(mine, act) {
  return button(`Save ${mine}`, { class: "primary", onclick: act });
}

/**
 * The same against a draft that is kept: `key` is where it stands by then.
 * @param {Edits<any>} edits @param {Draft} draft @param {Verdict} verdict
 * @param {{ key: () => string, keep: () => void, changed: () => void, focus?: () => void }} acts
 * @param {{ tell?: (theirs: Theirs, mine: string) => string }} words
 */
export function objectionTo(edits, draft, verdict, { key, keep, changed, focus }, words = {}) {
  /** @param {(draft: Draft) => Draft} act */
  const change = (act) => {
    edits.drafts.set(key(), act(edits.drafts.get(key()) ?? draft));
    changed();
  };
  /** @param {Known} known */
  const again = (known) => {
    change((held) => reconsidered(held, known));
    focus?.();
  };
  /** @param {Known} known */
  const insist = (known) => {
    change((held) => insisted(held, known));
    focus?.();
    edits.pump();
  };
  return objection(verdict, draft, { keep, insist, again: focus && again }, words);
}
