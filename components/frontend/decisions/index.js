// The cards of what needs a decision: four, and the rest behind a button. A card with an open
// form stays as it is until the form is left.

/** @import { Mounted } from "../shared/types" */
/** @import { Card, Decisions, DecisionsData } from "./types" */

import { Editor, field, hearAnswer, openEditor } from "../editing/editor.js";
import { arrange, button, element, instance, turning } from "../shared/elements.js";
import { open } from "../shared/opening.js";

export const styles = ["shared/shared.css", "editing/editor.css", "decisions/decisions.css"];
const SHOWN = 4;

/** @param {HTMLElement} root @returns {Decisions} */
function createCards(root) {
  const held = /** @type {Decisions} */ ({ root, nodes: new Map(), editors: new Map(), all: false });
  held.title = element("h2", { class: "unseen" });
  held.wrap = element("div", { class: "wrap" });
  held.cards = element("div", { class: "cards" });
  held.render = () => render(held);
  root.append(held.title, held.wrap);
  return held;
}

/** @param {Card} card */
function nameOf({ target, id }) {
  return `${target} ${id}`;
}

/** @param {Decisions} held @param {Card} card */
function cardNode(held, card) {
  const there = held.nodes.get(nameOf(card)) ?? { node: element("article", { class: "card" }), signature: "" };
  held.nodes.set(nameOf(card), there);
  const signature = JSON.stringify([card, held.data.editable]);
  const { node } = there;
  if (there.signature === signature) return node;
  there.signature = signature;
  const form = formOf(held, card);
  for (const child of [...node.children]) if (child !== form) child.remove();
  node.prepend(...face(held, card));
  node.dataset.kind = card.kind;
  node.dataset.decided = String(card.decided);
  return node;
}

/** @param {Decisions} held @param {Card} card */
function formOf(held, { target, id }) {
  return target === "kpi" ? held.editors.get(id)?.form : undefined;
}

/** @param {Decisions} held @param {Card} card */
function face(held, card) {
  return [
    element("h3", { title: card.title }, card.title),
    element("p", { class: "fact", title: card.fact }, card.fact),
    element("p", { class: "text", title: card.text }, card.text),
    element("div", { class: "verbs" }, ...verbs(held, card)),
  ];
}

/** @param {Decisions} held @param {Card} card */
function verbs(held, card) {
  const { title, verb, target, id, looks } = card;
  const go = () => (looks ? held.send("look", { target, id }) : open(held.send, target, id, true));
  const act = button(verb, { "aria-label": `${verb}: ${title}`, onclick: go });
  if (!card.acknowledge || !held.data.editable) return [act];
  const say = { "aria-label": `Acknowledge: ${title}`, onclick: () => acknowledge(held, card) };
  return [button("Acknowledge", { class: "acknowledge", ...say }), act];
}

/** @param {Decisions} held @param {Card} card */
function acknowledge(held, card) {
  openEditor(held.editors, card.id, (forgotten) => acknowledging(held, card, forgotten));
}

/** @param {Decisions} held @param {Card} card @param {() => void} forgotten */
function acknowledging(held, card, forgotten) {
  const { least, usual, most } = held.data.again;
  const reason = element("input", { maxlength: 2000, placeholder: "why nothing is done now" });
  const again = element("input", { type: "date", min: least, max: most, value: usual });
  return new Editor({
    host: cardNode(held, card),
    label: `Acknowledge ${card.title}`,
    fields: [
      element("strong", { class: "about" }, card.title),
      field("Reason", reason),
      field("Look again on", again),
    ],
    first: reason,
    send: (edit) => held.send("edit", edit),
    read: () => {
      if (!reason.value.trim()) return "Say why in a few words: others will want to know.";
      if (!again.value) return "Choose a day to look again.";
      return { id: card.id, reason: reason.value.trim(), look_again: again.value };
    },
    back: () => held.nodes.get(nameOf(card))?.node.querySelector("button") ?? null,
    onClose: () => {
      forgotten();
      render(held);
    },
  });
}

/** @param {Decisions} held */
function shownCards(held) {
  const { cards } = held.data;
  const few = held.all ? cards : cards.slice(0, SHOWN);
  const typing = cards.filter((card) => formOf(held, card) && !few.includes(card));
  return [...few, ...typing];
}

/** @param {Decisions} held */
function forget(held) {
  const here = new Set(held.data.cards.map(nameOf));
  for (const [name, { node }] of [...held.nodes]) {
    const editor = [...held.editors.values()].find(({ form }) => form.parentElement === node);
    if (here.has(name) || editor?.touched) continue;
    held.nodes.delete(name);
    editor?.close();
  }
}

/** @param {Decisions} held */
function rest(held) {
  const more = held.data.cards.length - SHOWN;
  return more > 0 ? [turning(held, held.all ? "fewer" : `${more} more`)] : [];
}

/** @param {Decisions} held */
function render(held) {
  const { cards, calm: text } = held.data;
  held.title.textContent = cards.length ? "What needs a decision" : "Decisions";
  forget(held);
  const nodes = new Set(shownCards(held).map((card) => cardNode(held, card)));
  for (const { form } of held.editors.values()) if (form.parentElement) nodes.add(form.parentElement);
  arrange(held.cards, [...nodes]);
  const calmly = element("p", { class: "calm" }, element("i", { "aria-hidden": "true" }, "✓"), text);
  arrange(held.wrap, nodes.size ? [held.cards, ...rest(held)] : [calmly]);
}

/** @param {Mounted<DecisionsData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, createCards);
  held.data = data;
  held.send = setTriggerValue;
  render(held);
  hearAnswer(held.editors, data.answer, () => {});
}
