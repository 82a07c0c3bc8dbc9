// The cards of what needs a decision: four, and the rest behind a button.

/** @import { Card as Drawn } from "../editing/cards.js" */
/** @import { Card, Decision, DecisionsData } from "./types" */

import { Cards } from "../editing/cards.js";
import { arrange, button, element, turning } from "../shared/elements.js";
import { open } from "../shared/opening.js";
import { mounted } from "../shared/shown.js";
import { decisionEditor } from "./form.js";

export const styles = ["shared/shared.css", "editing/editor.css", "decisions/form.css", "decisions/decisions.css"];
const SHOWN = 4;

/** @extends {Cards<DecisionsData, Card, string>} */
class Decisions extends Cards {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "card surface");
    this.all = false;
    /** @type {Decision} */
    this.kind = "act";
    this.title = element("h2", { class: "unseen" });
    this.wrap = element("div", { class: "wrap" });
    this.few = element("div", { class: "cards" });
    root.append(this.title, this.wrap);
  }

  render() {
    const { cards, calm } = this.data;
    this.title.textContent = cards.length ? "What needs a decision" : "Decisions";
    this.keepOnly(new Set(cards.map(nameOf)));
    const shown = this.all ? cards : cards.slice(0, SHOWN);
    const nodes = new Set(shown.map((card) => this.draw(nameOf(card), card)));
    for (const { form } of this.editors.values()) if (form.parentElement) nodes.add(form.parentElement);
    arrange(this.few, [...nodes]);
    arrange(this.wrap, nodes.size || !calm ? [this.few, ...this.rest()] : [calmly(calm)]);
  }

  rest() {
    const more = this.data.cards.length - SHOWN;
    return more > 0 ? [turning(this, this.all ? "fewer" : `${more} more`)] : [];
  }

  /** @param {HTMLElement} node @param {Card} card */
  face(node, card) {
    const { kind, decided, title, fact, text } = card;
    Object.assign(node.dataset, { kind, decided: String(decided) });
    return [
      element("h3", { title }, title),
      element("p", { class: "fact", title: fact }, fact),
      element("p", { class: "text", title: text }, text),
      element("div", { class: "verbs" }, ...this.verbs(card)),
    ];
  }

  /** @param {Card} card */
  verbs(card) {
    const { title, verb, target, id, looks } = card;
    const go = () => (looks ? this.send("look", { target, id }) : open(this.send, target, id, true));
    const act = button(verb, { "aria-label": `${verb}: ${title}`, onclick: go });
    if (!card.decide || !this.data.editable) return [act];
    return [this.decision(card, "act"), this.decision(card, "acknowledge"), act];
  }

  /** @param {Card} card @param {Decision} kind */
  decision(card, kind) {
    const { name } = this.data.form.kinds[kind];
    const decide = () => {
      this.kind = kind;
      this.edit(nameOf(card), card.id);
    };
    const said = { "aria-label": `${name}: ${card.title}`, "data-decision": kind, onclick: decide };
    return button(name, { class: kind === "act" ? "primary" : null, ...said });
  }

  /** @param {Drawn<Card>} drawn @param {() => void} forgotten */
  editor({ node, facts: { id, title, decide } }, forgotten) {
    if (!decide) return super.editor({ node, facts: /** @type {Card} */ ({}), signature: "" }, forgotten);
    const { kind } = this;
    return decisionEditor({
      host: node,
      about: { id, title, own: decide },
      form: this.data.form,
      kind,
      send: (edit) => this.send("edit", edit),
      back: () => node.querySelector(`.verbs [data-decision="${kind}"]`) ?? node.querySelector("button"),
      onClose: () => {
        forgotten();
        this.render();
      },
    });
  }
}

// Only what is known to be well is green.
/** @param {{ shape: string, text: string }} calm */
function calmly({ shape, text }) {
  return element("p", { class: "calm", "data-shape": shape }, element("i", { "aria-hidden": "true" }, shape), text);
}

/** @param {Card} card */
function nameOf({ target, id }) {
  return `${target} ${id}`;
}

export default mounted(Decisions);
