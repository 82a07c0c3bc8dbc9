// An editor laid over what it edits: sends what was typed, waits, and tells what became of it.

/** @import { Answer, Clock, Draft, KeptForm } from "./types" */
/** @typedef {{ typed?: string } & Record<string, unknown>} Edit */
/**
 * `fields` are the labelled inputs; `read` gives the edit or a text that says what is missing;
 * `back` is where the focus goes when the editor closes, `verb` what its button says. What `repeats`
 * is sent again by itself until it is answered: the same said twice has to be one change. What is
 * typed is `kept` in the tab under that name until it is safe.
 * @typedef {{
 *   host: HTMLElement, label: string, kept: string, fields: Node[], first: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
 *   read: () => Edit | string, send: (edit: Edit) => void, version?: number,
 *   back: () => HTMLElement | null, onClose: () => void, verb?: () => string, repeats?: boolean, clock?: Clock,
 * }} EditorOptions
 */

import { button, element, keepKeys } from "../shared/elements.js";
import { drop, keep, kept } from "./kept.js";
import { newToken, NO_ANSWER, Outbox } from "./outbox.js";
import { answered, insisted, reconsidered, typedInto } from "./protocol.js";
import { objection } from "./questions.js";

const PATIENCE = 10000;
const PLACE = { row: "", cell: "" };
const SEND_AGAIN = "No answer yet. What you typed is still here: press Enter to send it again.";
let made = 0;

export class Editor {
  /** @param {EditorOptions} options */
  constructor(options) {
    this.options = options;
    this.touched = false;
    /** @type {Draft} */
    this.draft = typedInto(undefined, PLACE, "", options.version ?? 0);
    /** @type {Outbox<Edit>} */
    this.outbox = new Outbox({
      post: ([edit], token) => options.send({ ...edit, base_version: this.draft.base_version, confirmed: this.isSure(), token }),
      late: () => this.wait(),
      repeats: options.repeats ?? false,
      patience: PATIENCE,
      isHere: () => this.form.isConnected,
      ...(options.clock && { clock: options.clock }),
    });
    this.isLate = false;
    this.message = element("div", { class: "message", role: "alert", id: `message-${++made}` });
    this.save = element("button", { type: "submit", class: "primary" }, this.verb());
    this.leave = button("Cancel", { onclick: () => this.close() });
    this.fields = element("fieldset", {}, ...options.fields, this.message);
    this.actions = element("div", { class: "actions" }, this.save, this.leave);
    this.form = element(
      "form",
      { class: "editor", "aria-label": options.label, novalidate: true, autocomplete: "off" },
      this.fields,
      this.actions,
    );
    /** @type {HTMLElement | null} */
    this.asked = null;
    options.first.setAttribute("aria-describedby", this.message.id);
    this.listen();
    options.host.append(this.form);
    this.focus();
  }

  listen() {
    keepKeys(this.form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.mayLeave()) this.close();
    });
    for (const kind of ["input", "change"])
      this.form.addEventListener(kind, () => {
        this.touched = true;
        this.keep();
      });
  }

  inputs() {
    return /** @type {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} */ ([...this.fields.querySelectorAll("input, select, textarea")]);
  }

  keep() {
    keep(this.options.kept, { values: this.inputs().map(({ value }) => value), version: this.draft.base_version, sent: this.outbox.sending?.token ?? null });
  }

  // What was typed before the page came anew; what was on its way by then goes again, or waits.
  restore() {
    /** @type {KeptForm | null} */
    const before = kept(this.options.kept);
    if (!Array.isArray(before?.values) || this.touched) return;
    // A choice changes what else is asked for, and what stands there.
    for (const isTold of [true, false])
      this.inputs().forEach((input, at) => {
        input.value = before.values[at] ?? "";
        if (isTold) input.dispatchEvent(new Event("change"));
      });
    this.touched = true;
    this.draft = { ...this.draft, base_version: before.version };
    const { first, repeats } = this.options;
    if (!(first instanceof HTMLSelectElement)) first.setSelectionRange(first.value.length, first.value.length);
    if (!before.sent) return;
    // A tab that an older version drew knows of no name.
    const token = typeof before.sent === "string" ? before.sent : newToken();
    const edit = this.options.read();
    if (repeats || typeof edit === "string") return this.submit(token);
    this.outbox.expect([edit], token);
    this.showBusy();
  }

  verb() {
    return this.options.verb?.() ?? "Save";
  }

  isBusy() {
    return this.outbox.sending !== null;
  }

  // Whoever has waited long need not wait on.
  mayLeave() {
    return !this.isBusy() || this.isLate;
  }

  isSure() {
    return this.draft.confirmed === this.draft.typed;
  }

  focus() {
    const { first } = this.options;
    first.focus({ preventScroll: true });
    if (!(first instanceof HTMLSelectElement)) first.select();
  }

  /** @param {string} [token] */
  submit(token) {
    if (this.isBusy()) return;
    const edit = this.options.read();
    if (typeof edit === "string") return this.complain(edit);
    const { confirmed } = this.draft;
    this.draft = { ...typedInto(this.draft, PLACE, edit.typed ?? "", 0), confirmed };
    this.say("");
    this.isLate = false;
    this.outbox.send([edit], token);
    this.keep();
    this.showBusy();
  }

  showBusy() {
    const isBusy = this.isBusy();
    this.fields.disabled = isBusy;
    this.save.disabled = isBusy;
    this.leave.disabled = !this.mayLeave();
    this.save.textContent = isBusy ? "Saving…" : this.verb();
    this.form.setAttribute("aria-busy", String(isBusy));
  }

  wait() {
    this.isLate = true;
    this.showBusy();
    if (this.isBusy()) this.say(NO_ANSWER);
    else this.complain(SEND_AGAIN);
    this.keep();
  }

  /** @param {Answer} answer */
  hear(answer) {
    if (!this.outbox.hear(answer)) return null;
    this.isLate = false;
    this.showBusy();
    this.draft = answered(this.draft, this.draft, answer, this.draft.base_version) ?? this.draft;
    if (answer.kind === "saved") this.close();
    else {
      this.object(answer);
      this.keep();
    }
    return answer.kind;
  }

  // The page has run again and brought no answer.
  hurry() {
    if (this.options.repeats) this.outbox.hurry();
  }

  /** @param {string} text */
  complain(text) {
    this.say(text);
    this.options.first.setAttribute("aria-invalid", "true");
    this.focus();
  }

  /** @param {string} text */
  say(text) {
    this.message.textContent = text;
    this.options.first.removeAttribute("aria-invalid");
    this.settle();
  }

  // An unlikely value is asked about once; another one is another question.
  /** @param {Answer} answer */
  object(answer) {
    const { text, answers } = objection(
      answer,
      this.draft,
      {
        keep: () => this.close(),
        again: (known) => this.reconsider(known),
        insist: (known) => this.insist(known),
      },
      { nothing: "your words" },
    );
    if (!answers.length) return this.complain(text);
    this.say(text);
    this.question(answers);
  }

  /** @param {{ base_version?: number }} known */
  reconsider(known) {
    this.draft = reconsidered(this.draft, known);
    this.say("");
    this.focus();
  }

  /** @param {{ base_version?: number, confirmed?: string }} known */
  insist(known) {
    this.draft = insisted(this.draft, known);
    this.settle();
    this.submit();
  }

  /** @param {HTMLElement[]} answers */
  question(answers) {
    this.asked = element("div", { class: "actions" }, ...answers);
    this.actions.replaceWith(this.asked);
    this.fields.classList.add("asking");
    answers[0].focus({ preventScroll: true });
  }

  settle() {
    this.asked?.replaceWith(this.actions);
    this.asked = null;
    this.fields.classList.remove("asking");
  }

  close() {
    this.outbox.forget();
    // A field that goes while it has the focus tells once more that it changed.
    this.form.remove();
    drop(this.options.kept);
    this.options.onClose();
    this.options.back()?.focus({ preventScroll: true });
  }
}

/** @param {string} label @param {HTMLElement} input */
export function field(label, input) {
  return element("label", {}, element("span", {}, label), input);
}

/** @param {string} value @param {string} hint */
export function numberInput(value, hint) {
  const input = element("input", { inputmode: "decimal", placeholder: hint, maxlength: 40 });
  input.value = value;
  return input;
}

export function noteInput() {
  return element("input", { maxlength: 2000, placeholder: "optional" });
}

// Opens one editor on a thing; another that nobody has typed into gives way.
/**
 * @param {Map<number, Editor>} editors @param {number} id
 * @param {(forgotten: () => void) => Editor} create
 */
export function openEditor(editors, id, create) {
  const there = editors.get(id);
  if (there) return there.focus();
  for (const other of [...editors.values()]) if (!other.touched && !other.isBusy()) other.close();
  const editor = create(() => editors.delete(id));
  editors.set(id, editor);
  editor.restore();
}

/** @param {Map<number, Editor>} editors @param {Answer | null} answer @param {(id: number) => void} saved */
export function hearAnswer(editors, answer, saved) {
  for (const [id, editor] of [...editors]) {
    if (answer && editor.hear(answer) === "saved") saved(id);
    editor.hurry();
  }
}

/** @param {HTMLElement | undefined} node */
export function tick(node) {
  node?.querySelector(".number")?.append(element("span", { class: "tick", role: "status", "aria-label": "Saved" }, "✓"));
}
