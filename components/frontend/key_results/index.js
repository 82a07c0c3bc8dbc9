// Objectives and their key results, each with its check-in to type over.

/** @import { Card } from "../editing/cards.js" */
/** @import { Guardrail, KeyResult, KeyResultsData, Objective } from "./types" */

import { Cards } from "../editing/cards.js";
import { arrange, asking, element, emptiness, heading, present, sayMore } from "../shared/elements.js";
import { kpiLink, link } from "../shared/links.js";
import { onOpen, open } from "../shared/opening.js";
import { mounted } from "../shared/shown.js";
import { withChange } from "../shared/since.js";
import { checkInEditor, keptCheckIn } from "./check_in_editor.js";

export const styles = ["shared/shared.css", "editing/editor.css", "key_results/key_results.css"];

/** @extends {Cards<KeyResultsData, KeyResult, number>} */
export class KeyResults extends Cards {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, "key-result");
    /** @type {Map<number, HTMLElement>} */
    this.objectives = new Map();
    this.list = element("div", { class: "objectives" });
    this.empty = element("div");
    this.more = asking(() => this.send("more", true));
    root.append(heading("Destination", "dashed: where we should be today · shade: likely end"), this.empty, this.list, this.more);
    this.leave = onOpen("key result", (id, isToEdit) => this.visit(id, isToEdit));
  }

  render() {
    const { objectives, empty } = this.data;
    this.empty.replaceChildren(...emptiness(empty));
    this.keepOnly(new Set(objectives.flatMap((objective) => objective.key_results.map(({ id }) => id))));
    const nodes = objectives.map((objective) => this.block(objective));
    arrange(this.list, withOpen(nodes, [...this.objectives.values()]));
    sayMore(this.more, this.data);
  }

  /** @param {Objective} objective */
  block(objective) {
    const { id, facts, progress, key_results, guardrails, over } = objective;
    const node = this.objectives.get(id) ?? createBlock();
    this.objectives.set(id, node);
    node.dataset.over = String(over);
    const [header, results, footer] = node.children;
    header.replaceChildren(
      element("h3", {}, this.named("objective", objective)),
      element("b", { class: "progress", title: "Progress: how much of the way is done" }, progress),
      element("p", { class: "facts" }, facts),
    );
    const mine = key_results.map((result) => this.draw(result.id, withChange(result, this.data.moved)));
    arrange(results, withOpen(mine, [...results.children]));
    footer.replaceChildren(...guardrails.map((rail) => this.guardrail(rail)), ...unvalued(objective));
    return node;
  }

  // Straight to the page: this list itself answers to who wants to see a key result.
  /** @param {string} target @param {{ id: number, name: string }} shown */
  named(target, { id, name }) {
    const to = { page: "", query: { focus: `${target} ${id}` } };
    return link(name, to, () => this.send("open", { target, id }), { class: "name", title: `${name}: see its history` });
  }

  /** @param {Guardrail} rail */
  guardrail({ id, name, matter }) {
    const mark = element("i", { "aria-hidden": "true" }, "◆ ");
    return element("p", { class: "guardrail" }, mark, "Guardrail: ", this.kpi(name, id), ` ${matter}`);
  }

  /** @param {string} text @param {number} id */
  kpi(text, id, title = "") {
    return kpiLink(text, id, () => open(this.send, "kpi", id), { class: "link", title: title || null });
  }

  /** @param {HTMLElement} node @param {KeyResult} result */
  face(node, result) {
    const { fed, prospect, change, changed, phrase, lag, basis, standing, promise } = result;
    Object.assign(node.dataset, { standing, promise });
    node.setAttribute("aria-label", spoken(result));
    const said = [lag, basis].map((text) => (text ? element("small", {}, text) : null));
    return [
      element(
        "div",
        { class: "what" },
        element("h4", {}, this.named("key result", result)),
        fed ? element("p", { class: "small" }, this.feed(result)) : null,
      ),
      element("div", { class: "way", title: prospect }, bar(result), ends(result)),
      element("div", { class: "now" }, this.reading(result), element("small", {}, change)),
      sureness(result),
      element("div", { class: "phrase", title: prospect }, element("b", {}, phrase), ...said),
      ...(changed ? [element("p", { class: "small changed" }, changed)] : []),
    ];
  }

  // An archived KPI has no page of its own any more.
  /** @param {KeyResult} result */
  feed({ fed, kpi }) {
    if (kpi === null) return element("span", { title: `Fed by the KPI ${fed}, which is archived` }, `⟲ ${fed} · archived`);
    return this.kpi(`⟲ ${fed}`, kpi, `Fed by the KPI ${fed}`);
  }

  /** @param {KeyResult} result */
  reading({ id, name, value, unit, exact, checked, closed }) {
    const parts = [element("b", {}, value), exact && unit ? element("small", {}, unit) : null];
    const when = checked ? `Checked in on ${checked}` : "Not checked in yet";
    if (!this.data.editable || closed) return element("span", { class: "number", title: when }, ...parts);
    const label = `${name}: ${value}${unit ? ` ${unit}` : ""}. Check in`;
    const act = { onclick: () => this.edit(id), "aria-label": label, title: `${when}. Check in` };
    return element("button", { type: "button", class: "number", ...act }, ...parts);
  }

  /** @param {KeyResult} result */
  takes({ closed }) {
    return !closed;
  }

  /** @param {KeyResult} result */
  keptAs({ id }) {
    return keptCheckIn(this.data.person, id);
  }

  /** @param {Card<KeyResult>} card @param {() => void} forgotten */
  editor(card, forgotten) {
    return checkInEditor(this, card, forgotten);
  }
}

// What is being typed on stays, whatever is sent.
/** @param {Element[]} nodes @param {Element[]} others */
function withOpen(nodes, others) {
  return [...new Set([...nodes, ...others.filter((node) => node.querySelector(".editor"))])];
}

function createBlock() {
  const parts = [element("header"), element("div", { class: "key-results" }), element("footer")];
  return element("section", { class: "objective surface" }, ...parts);
}

/** @param {Objective} objective */
function unvalued({ unvalued: text }) {
  return text ? [element("p", { class: "unvalued" }, text)] : [];
}

/** @param {KeyResult} result */
function ends({ ends: texts }) {
  return element("div", { class: "small ends" }, ...texts.map((text) => element("span", {}, text)));
}

/** @param {KeyResult} result */
function bar({ done, back, pace, span, standing }) {
  /** @param {number} share */
  const percent = (share) => `${(share * 100).toFixed(1)}%`;
  const part = element("span", { class: "done", style: `width: ${percent(done)}` });
  const shade = span && element("span", { class: "span", style: `--from: ${percent(span[0])}; --to: ${percent(span[1])}` });
  const late = standing === "done" || standing === "over" ? null : element("span", { class: "pace", style: `left: ${percent(pace)}` });
  const held = element("div", { class: "bar", "aria-hidden": "true" }, part, shade, late);
  return back === null ? held : twoParts(back, held);
}

// First back in its range, then held there: neither is counted into the other.
/** @param {number} back @param {Element} held */
function twoParts(back, held) {
  const part = element("span", { class: "done", style: `width: ${(back * 100).toFixed(1)}%` });
  const first = element("div", { class: "bar", "data-whole": String(back >= 1), "aria-hidden": "true" }, part);
  return element("div", { class: "two" }, first, held);
}

/** @param {KeyResult} result */
function sureness({ sureness: { dots, word }, confidence }) {
  if (!confidence) return element("div", { class: "sureness none" }, word);
  return element("div", { class: "sureness" }, element("i", { "aria-hidden": "true" }, dots), " ", word);
}

/** @param {KeyResult} result */
function spoken(result) {
  const now = present([result.value, result.unit]).join(" ");
  const said = result.confidence ? `confidence ${result.confidence}` : result.sureness.word;
  const ahead = result.prospect || result.phrase;
  return present([result.name, result.way, `now ${now}`, result.change, result.changed, said, result.lag, ahead]).join(", ");
}

export default mounted(KeyResults);
