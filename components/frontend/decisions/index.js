// The cards of what needs a decision: four, and the rest behind a button.

/** @import { Card as Drawn } from "../editing/cards.js" */
/** @import { Card, DecisionsData } from "./types" */

import { Cards } from "../editing/cards.js";
import { Editor, field } from "../editing/editor.js";
import { arrange, button, element, turning } from "../shared/elements.js";
import { open } from "../shared/opening.js";
import { mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "editing/editor.css", "decisions/decisions.css"];
const SHOWN = 4;

/** @extends {Cards<DecisionsData, Card, string>} */
class Decisions extends Cards {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "card surface");
    this.all = false;
    this.title = element("h2", { class: "unseen" });
    this.wrap = element("div", { class: "wrap" });
    this.few = element("div", { class: "cards" });
    root.append(this.title, this.wrap);
  }

  render() {
    const { cards, calm: text } = this.data;
    this.title.textContent = cards.length ? "What needs a decision" : "Decisions";
    this.keepOnly(new Set(cards.map(nameOf)));
    const shown = this.all ? cards : cards.slice(0, SHOWN);
    const nodes = new Set(shown.map((card) => this.draw(nameOf(card), card)));
    for (const { form } of this.editors.values()) if (form.parentElement) nodes.add(form.parentElement);
    arrange(this.few, [...nodes]);
    const calmly = element("p", { class: "calm" }, element("i", { "aria-hidden": "true" }, "✓"), text);
    arrange(this.wrap, nodes.size ? [this.few, ...this.rest()] : [calmly]);
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
    if (!card.acknowledge || !this.data.editable) return [act];
    const say = { "aria-label": `Acknowledge: ${title}`, onclick: () => this.edit(nameOf(card), id) };
    return [button("Acknowledge", { class: "acknowledge", ...say }), act];
  }

  /** @param {Drawn<Card>} drawn @param {() => void} forgotten */
  editor({ node, facts: { id, title } }, forgotten) {
    const { least, usual, most } = this.data.again;
    const reason = element("input", { maxlength: 2000, placeholder: "why nothing is done now" });
    const again = element("input", { type: "date", min: least, max: most, value: usual });
    return new Editor({
      host: node,
      label: `Acknowledge ${title}`,
      fields: [element("strong", { class: "about" }, title), field("Reason", reason), field("Look again on", again)],
      first: reason,
      send: (edit) => this.send("edit", edit),
      read: () => {
        if (!reason.value.trim()) return "Say why in a few words: others will want to know.";
        if (!again.value) return "Choose a day to look again.";
        return { id, reason: reason.value.trim(), look_again: again.value };
      },
      back: () => node.querySelector("button"),
      onClose: () => {
        forgotten();
        this.render();
      },
    });
  }
}

/** @param {Card} card */
function nameOf({ target, id }) {
  return `${target} ${id}`;
}

export default mounted(Decisions);
