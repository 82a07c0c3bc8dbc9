// Cards to type on: one is drawn anew only when what it shows changed, and an open editor never is.

/** @import { Answer } from "./types" */
/** @import { Mounted } from "../shared/types" */
/** @import { Editor } from "./editor.js" */
/** @typedef {{ editable: boolean, answer: Answer | null, focus?: number | null, opens?: boolean }} CardsData */

import { element, focusedIn, reveal } from "../shared/elements.js";
import { Shown } from "../shared/shown.js";
import { hearAnswer, openEditor, tick } from "./editor.js";
import { kept } from "./kept.js";

/** @template Facts @typedef {{ node: HTMLElement, facts: Facts, signature: string }} Card */

/** @template {CardsData} Data @template {{ id: number }} Facts @template {string | number} Key @extends {Shown<Data>} */
export class Cards extends Shown {
  /** @param {HTMLElement} root @param {string} name */
  constructor(root, name) {
    super(root);
    this.name = name;
    /** @type {Map<Key, Card<Facts>>} */
    this.cards = new Map();
    /** @type {Map<number, Editor>} */
    this.editors = new Map();
    /** @type {number | null | undefined} */
    this.focus = null;
  }

  /** @param {Mounted<Data>} component */
  show(component) {
    super.show(component);
    const { answer, focus } = this.data;
    this.reopen();
    hearAnswer(this.editors, answer, (id) => tick(this.cards.get(/** @type {Key} */ (id))?.node));
    if (typeof focus === "number" && focus !== this.focus) this.visit(/** @type {Key} */ (focus), false);
    this.focus = focus;
    return this.leave;
  }

  /** @param {Key} key @param {Facts} facts */
  draw(key, facts) {
    const { editable, opens } = this.data;
    const signature = JSON.stringify([facts, editable, opens]);
    const card = this.cards.get(key) ?? { node: element("article", { class: this.name, tabindex: -1 }), facts, signature: "" };
    this.cards.set(key, card);
    card.facts = facts;
    const { node } = card;
    if (card.signature === signature) return node;
    card.signature = signature;
    const isFocused = node.contains(focusedIn(this.root));
    const form = this.editorOn(node)?.form;
    for (const child of [...node.children]) if (child !== form) child.remove();
    node.prepend(...this.face(node, facts));
    const number = node.querySelector(".number");
    if (isFocused && !form && number instanceof HTMLElement) number.focus({ preventScroll: true });
    return node;
  }

  /** @param {HTMLElement} _node @param {Facts} _facts @returns {Node[]} */
  face(_node, _facts) {
    return [];
  }

  /** @param {HTMLElement} node */
  editorOn(node) {
    return [...this.editors.values()].find(({ form }) => form.parentElement === node);
  }

  // What is typed on a card keeps it where it is no longer sent.
  /** @param {Set<Key>} keys */
  keepOnly(keys) {
    for (const [key, { node }] of [...this.cards]) {
      const editor = this.editorOn(node);
      if (keys.has(key) || editor?.touched) continue;
      editor?.close();
      node.remove();
      this.cards.delete(key);
    }
  }

  /** @param {Key} key @param {boolean} isToEdit */
  visit(key, isToEdit) {
    const card = this.cards.get(key);
    if (!card) return false;
    reveal(card.node);
    if (isToEdit && this.data.editable && this.takes(card.facts)) this.edit(key);
    else card.node.focus({ preventScroll: true });
    return true;
  }

  /** @param {Facts} _facts */
  takes(_facts) {
    return true;
  }

  /** @param {Key} key */
  edit(key) {
    const card = this.cards.get(key);
    if (card) openEditor(this.editors, card.facts.id, (forgotten) => this.editor(card, forgotten));
  }

  // What was typed before the page came anew is open again, and may be answered already.
  reopen() {
    if (!this.data.editable) return;
    for (const [key, { facts }] of this.cards)
      if (!this.editors.has(facts.id) && this.takes(facts) && kept(this.keptAs(facts))) this.edit(key);
  }

  /** @param {Facts} _facts */
  keptAs(_facts) {
    return "";
  }

  /** @param {Card<Facts>} _card @param {() => void} _forgotten @returns {Editor} */
  editor(_card, _forgotten) {
    throw new Error("Each kind of card has an editor of its own.");
  }
}
