// The cards of what needs a decision: three, and the rest behind a button; siblings are one card.

/** @import { Card as Drawn } from "../editing/cards.js" */
/** @import { Card, Decision, DecisionsData, Group } from "./types" */

import { Cards } from "../editing/cards.js";
import { arrange, button, element, focusedIn, found, turning } from "../shared/elements.js";
import { kpiLink, link } from "../shared/links.js";
import { ofTeam } from "../shared/naming.js";
import { open } from "../shared/opening.js";
import { mounted } from "../shared/shown.js";
import { kept } from "../editing/kept.js";
import { decisionEditor, keptDecision } from "./form.js";

export const styles = ["shared/shared.css", "editing/editor.css", "decisions/form.css", "decisions/decisions.css"];
const SHOWN = 3;

/** @extends {Cards<DecisionsData, Card, string>} */
class Decisions extends Cards {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "card surface");
    this.all = false;
    /** @type {Decision} */
    this.kind = "act";
    /** @type {Set<string>} */
    this.unfolded = new Set();
    /** @type {Map<string, { node: HTMLElement, verbs: HTMLElement, signature: string }>} */
    this.folds = new Map();
    this.title = element("h2", { class: "unseen" });
    this.wrap = element("div", { class: "wrap" });
    this.few = element("div", { class: "cards" });
    root.append(this.title, this.wrap);
  }

  render() {
    const { cards, groups, calm } = this.data;
    const active = focusedIn(this.root);
    this.title.textContent = cards.length ? "What needs a decision" : "Decisions";
    this.keepOnly(new Set(cards.map(nameOf)));
    this.forget(new Set(groups.map(({ key }) => key)));
    const items = this.items();
    const shown = this.all ? items : items.slice(0, SHOWN);
    const nodes = new Set(shown.flatMap((item) => this.nodes(item)));
    for (const { form } of this.editors.values()) if (form.parentElement) nodes.add(form.parentElement);
    arrange(this.few, [...nodes]);
    arrange(this.wrap, nodes.size || !calm ? [this.few, ...this.rest(items.slice(SHOWN))] : [calmly(calm)]);
    // What took another place has lost the focus on its way.
    if (active instanceof HTMLElement && active.isConnected && focusedIn(this.root) === null) active.focus({ preventScroll: true });
  }

  /** @param {Set<string>} sent */
  forget(sent) {
    for (const key of this.folds.keys()) {
      if (sent.has(key)) continue;
      this.folds.delete(key);
      this.unfolded.delete(key);
    }
  }

  // A card, or a group in the place of its worst.
  /** @returns {(Card | Group)[]} */
  items() {
    const { cards, groups } = this.data;
    const owner = new Map(groups.flatMap((group) => group.places.map((place) => [place, group])));
    return [...new Set(cards.map((card, at) => owner.get(at) ?? card))];
  }

  /** @param {Card | Group} item */
  nodes(item) {
    if (!("places" in item)) return [this.draw(nameOf(item), item)];
    const members = item.places.map((place) => this.data.cards[place]);
    const isOpen = this.unfolded.has(item.key);
    const own = isOpen ? members.map((card) => this.draw(nameOf(card), card)) : [];
    return [this.fold(item, members[0]), ...own];
  }

  // Its button stays where it is, so that it keeps the focus while cards come and go.
  /** @param {Group} group @param {Card} worst */
  fold(group, worst) {
    const { key, title, places } = group;
    const kept = this.folds.get(key) ?? this.folded(key, worst);
    const signature = JSON.stringify(group);
    if (kept.signature !== signature) arrange(kept.node, [...facts({ ...group, sentence: group.worst }, title), kept.verbs]);
    kept.signature = signature;
    const isOpen = this.unfolded.has(key);
    const turn = found(kept.verbs, "button");
    turn.setAttribute("aria-expanded", String(isOpen));
    turn.setAttribute("aria-label", `${isOpen ? "Fold again" : "Show all"}: ${title}`);
    turn.textContent = isOpen ? "Fold again" : `Show all ${places.length}`;
    return kept.node;
  }

  /** @param {string} key @param {Card} worst */
  folded(key, { kind, decided }) {
    const verbs = element("div", { class: "verbs" }, button("", { onclick: () => this.unfold(key) }));
    const node = element("article", { class: "card surface fold", "data-kind": kind, "data-decided": String(decided) }, verbs);
    const kept = { node, verbs, signature: "" };
    this.folds.set(key, kept);
    return kept;
  }

  /** @param {string} key */
  unfold(key) {
    if (!this.unfolded.delete(key)) this.unfolded.add(key);
    this.render();
  }

  /** @param {(Card | Group)[]} hidden */
  rest(hidden) {
    if (!hidden.length) return [];
    const cards = hidden.reduce((sum, item) => sum + ("places" in item ? item.places.length : 1), 0);
    const grouped = cards > hidden.length ? `, in ${hidden.length} card${hidden.length === 1 ? "" : "s"}` : "";
    return [turning(this, this.all ? "Show fewer" : `${cards} more${grouped}`)];
  }

  /** @param {HTMLElement} node @param {Card} card */
  face(node, card) {
    const { kind, decided } = card;
    Object.assign(node.dataset, { kind, decided: String(decided) });
    return [...facts(card, this.named(card)), element("div", { class: "verbs" }, ...this.verbs(card), ...this.source(card))];
  }

  /** @param {Card} card */
  named({ name, target, id }) {
    if (target === "kpi") return kpiLink(name, id, () => this.send("look", { target, id }));
    return link(name, { page: "", query: { focus: `${target} ${id}` } }, () => open(this.send, target, id), { class: "name" });
  }

  /** @param {Card} card */
  verbs(card) {
    const { verb, target, id } = card;
    if (!this.data.editable) return [];
    const steps = card.kind === "recovered" || card.decide;
    const act = () => (steps ? this.send("step", { target, id }) : open(this.send, target, id, true));
    const said = { class: "primary", "aria-label": `${verb}: ${called(card)}`, onclick: act };
    const next = verb ? [button(verb, said)] : [];
    if (!card.decide) return next;
    return [...next, this.decision(card, "act"), this.decision(card, "acknowledge"), ...this.reroute(card)];
  }

  /** @param {Card} card */
  reroute(card) {
    if (!card.reroutes) return [];
    const { name } = this.data.form.kinds.reroute;
    return [button(name, { "aria-label": `${name}: ${called(card)}`, onclick: () => this.askReroute(card) })];
  }

  /** @param {Card} card */
  askReroute({ id }) {
    this.send("reroute", { target: "kpi", id });
  }

  /** @param {Card} card */
  source(card) {
    const { kpi } = card;
    if (kpi === null) return [];
    const look = () => this.send("look", { target: "kpi", id: kpi });
    const to = { page: "kpi", query: { id: kpi, how: "open" } };
    return [link("How do we know?", to, look, { class: "source", "aria-label": `How do we know? ${called(card)}` })];
  }

  /** @param {Card} card @param {Decision} kind */
  decision(card, kind) {
    const { name } = this.data.form.kinds[kind];
    const decide = () => {
      this.kind = kind;
      this.edit(nameOf(card));
    };
    const said = { "aria-label": `${name}: ${called(card)}`, "data-decision": kind, onclick: decide };
    return button(name, { class: kind === "act" && !card.verb ? "primary" : null, ...said });
  }

  // A card that is not among the first ones is drawn where somebody had begun to type on it.
  reopen() {
    const begun = this.data.cards.filter((card) => card.decide && kept(this.keptAs(card)) && !this.editors.has(card.id));
    for (const card of begun) this.draw(nameOf(card), card);
    super.reopen();
    if (begun.length) this.render();
  }

  /** @param {Card} card */
  takes({ decide }) {
    return decide !== null;
  }

  /** @param {Card} card */
  keptAs(card) {
    return keptDecision(this.data.person, card);
  }

  /** @param {Drawn<Card>} drawn @param {() => void} forgotten */
  editor({ node, facts: card }, forgotten) {
    const { id, decide } = card;
    if (!decide) return super.editor({ node, facts: card, signature: "" }, forgotten);
    const { kind } = this;
    return decisionEditor({
      host: node,
      about: { id, title: called(card), own: decide },
      form: { ...this.data.form, person: this.data.person },
      kind,
      send: (edit) => this.send("edit", edit),
      onReroute: card.reroutes ? () => this.askReroute(card) : undefined,
      back: () => node.querySelector(`.verbs [data-decision="${kind}"]`) ?? node.querySelector("a, button"),
      onClose: () => {
        forgotten();
        this.render();
      },
    });
  }
}

/** @param {{ whose: string, sentence: string, shape: string, age: string }} said @param {Node | string} name */
function facts({ whose, sentence, shape, age }, name) {
  return [
    element("header", {}, element("h3", {}, name), whose ? element("span", {}, whose) : null),
    element("p", {}, sentence),
    element("p", { class: "age" }, element("i", { "aria-hidden": "true" }, shape), age),
  ];
}

// Only what is known to be well is green.
/** @param {{ shape: string, text: string }} calm */
function calmly({ shape, text }) {
  return element("p", { class: "calm", "data-shape": shape }, element("i", { "aria-hidden": "true" }, shape), text);
}

/** @param {Card} card */
function called({ name, whose }) {
  return ofTeam(name, whose);
}

/** @param {Card} card */
function nameOf({ target, id }) {
  return `${target} ${id}`;
}

export default mounted(Decisions);
