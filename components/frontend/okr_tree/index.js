// The alignment tree: a line for each objective, indented below the one that it supports.

/** @import { Columns } from "../shared/types" */
/**
 * `pace` is where an objective should be today, `ends` where it is likely to end.
 * @typedef {{
 *   id: number, parent: number | null, name: string, team: string, cycle: string, owner: string,
 *   kind: string, shape: string, text: string, progress: number | null, pace: number | null,
 *   percent: string, ends: string, count: string, also: string, scope: string, broken: string,
 * }} Objective
 * @typedef {{
 *   place: string, empty: string, sentence: string, nodes: Columns<Objective>,
 *   closed: number, unfolded: boolean,
 * }} TreeData
 */

import { bar, button, element, emptiness, focusedIn, found, keepKeys, mark, present } from "../shared/elements.js";
import { link } from "../shared/links.js";
import { records } from "../shared/records.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "okr_tree/okr_tree.css"];

const ALL_OPEN = 60;

/** @extends {Shown<TreeData>} */
class Tree extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.place = "";
    /** @type {Set<number>} */
    this.closed = new Set();
    /** @type {Map<number, HTMLElement>} */
    this.items = new Map();
    /** @type {Map<number | null, Objective[]>} */
    this.below = new Map();
    /** @type {Map<number | null, Objective>} */
    this.nodes = new Map();
    /** @type {number | null} */
    this.chosen = null;
    this.sentence = element("p", { class: "sentence" });
    this.empty = element("div");
    const open = button("Open all", { onclick: () => this.foldAll(false) });
    const fold = button("Fold all", { onclick: () => this.foldAll(true) });
    this.over = button("", { onclick: () => this.send("unfold", !this.data.unfolded) });
    this.folds = element("div", { class: "tools" }, open, fold);
    this.tools = element("div", { class: "tools" }, this.over, this.folds);
    this.list = element("ul", { class: "surface", role: "tree", "aria-label": "Objectives and what they support" });
    this.list.addEventListener("keydown", (event) => this.pressed(event));
    this.head = element("div", { class: "head" }, this.sentence, this.tools);
    root.append(this.empty, this.head, this.list);
    keepKeys(root);
  }

  render() {
    const { data } = this;
    if (!this.isNews()) return;
    const nodes = records(data.nodes);
    this.below = Map.groupBy(nodes, (node) => node.parent);
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    if (this.place !== data.place) {
      this.place = data.place;
      this.chosen = null;
      this.closed = new Set(nodes.length > ALL_OPEN ? nodes.filter((node) => this.depth(node) > 0).map((node) => node.id) : []);
    }
    const legend = element("small", {}, " bar: done · line: where we should be today");
    this.sentence.replaceChildren(...(data.sentence ? [data.sentence, legend] : []));
    this.empty.replaceChildren(...emptiness(data.empty));
    this.head.hidden = !nodes.length && !data.closed;
    this.over.hidden = !data.closed;
    this.over.textContent = data.unfolded ? "Hide closed" : `Show ${data.closed} closed`;
    this.folds.hidden = !nodes.some((node) => this.below.has(node.id));
    this.draw();
  }

  /** @param {Objective} node */
  depth(node) {
    let steps = 0;
    for (let one = this.nodes.get(node.parent); one; one = this.nodes.get(one.parent)) steps += 1;
    return steps;
  }

  draw() {
    const focus = idAt(focusedIn(this.root));
    this.items.clear();
    this.list.replaceChildren(...(this.below.get(null) ?? []).map((node) => this.item(node, 1)));
    this.mark();
    const chosen = this.chosen === null ? null : this.items.get(this.chosen);
    const first = chosen ?? this.items.values().next().value;
    first?.setAttribute("tabindex", "0");
    if (focus !== null) this.items.get(focus)?.focus();
  }

  /** @param {Objective} node @param {number} level @returns {HTMLElement} */
  item(node, level) {
    const below = this.below.get(node.id) ?? [];
    const isOpen = !this.closed.has(node.id);
    const openIt = () => this.send("open", { target: "objective", id: node.id });
    const query = { team: node.team, ...(node.cycle ? { cycle: node.cycle } : {}) };
    const shape = node.scope === "individual" ? "○" : level === 1 ? "◆" : "◇";
    const facts = present([node.owner, node.cycle, node.count, node.also]).join(" · ");
    const line = element("div", { class: "line", "data-kind": node.kind },
      element("span", { class: "fold", "aria-hidden": "true" }, below.length ? (isOpen ? "▾" : "▸") : "·"),
      element("span", { class: "what" },
        link(node.name, { page: "okrs", query }, openIt, { class: "name", tabindex: -1 }),
        element("small", {}, element("i", { "aria-hidden": "true" }, `${shape} `), element("b", {}, node.team), facts ? ` · ${facts}` : ""),
        node.broken ? element("small", { class: "broken" }, node.broken) : null),
      mark("state", { kind: node.kind, shape: node.shape, text: node.text }),
      element("span", { class: "way" }, node.progress === null ? null : element("span", { class: "track" }, bar(node.progress), today(node.pace))),
      element("span", { class: "percent" }, node.percent),
      element("small", { class: "ends" }, node.ends));
    const about = present([node.name, node.team, node.text, node.percent, node.ends, facts, node.broken]);
    const attributes = { role: "treeitem", tabindex: -1, "aria-level": level, "aria-label": about.join(", "), "data-id": node.id };
    const made = element("li", { ...attributes, "aria-expanded": below.length ? String(isOpen) : null }, line);
    line.addEventListener("click", (event) => this.clicked(node, event));
    this.items.set(node.id, made);
    if (below.length && isOpen) made.append(element("ul", { role: "group" }, ...below.map((one) => this.item(one, level + 1))));
    if (below.length && !isOpen) found(line, ".what small").append(` · ${this.hidden(node)} below`);
    return made;
  }

  /** @param {Objective} node @returns {number} */
  hidden(node) {
    return (this.below.get(node.id) ?? []).reduce((sum, one) => sum + 1 + this.hidden(one), 0);
  }

  /** @param {Objective} node @param {Event} event */
  clicked(node, event) {
    const { target } = event;
    if (!(target instanceof Element) || target.closest("a")) return;
    if (target.closest(".fold")) this.fold(node.id, !this.closed.has(node.id));
    else this.choose(node.id);
  }

  // What is chosen stands out with all that it leads to, up and down.
  /** @param {number | null} id */
  choose(id) {
    this.chosen = id;
    this.mark();
    this.go(id);
  }

  mark() {
    /** @type {Set<number>} */
    const related = new Set();
    for (let one = this.nodes.get(this.chosen); one; one = this.nodes.get(one.parent)) related.add(one.id);
    /** @param {number} id */
    const down = (id) => {
      related.add(id);
      for (const one of this.below.get(id) ?? []) down(one.id);
    };
    if (this.chosen !== null) down(this.chosen);
    for (const [id, one] of this.items) {
      one.setAttribute("aria-selected", String(id === this.chosen));
      one.classList.toggle("related", this.chosen !== null && related.has(id));
    }
  }

  /** @param {number} id @param {boolean} close */
  fold(id, close) {
    if (!this.below.has(id)) return;
    if (close) this.closed.add(id);
    else this.closed.delete(id);
    this.draw();
  }

  /** @param {boolean} close */
  foldAll(close) {
    this.closed = new Set(close ? [...this.below.keys()].filter((id) => id !== null) : []);
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const id = idAt(event.target);
    if (id === null) return;
    const order = [...this.items.keys()];
    const at = order.indexOf(id);
    const node = this.nodes.get(id);
    /** @type {Record<string, () => void>} */
    const steps = {
      ArrowDown: () => this.go(order[at + 1]),
      ArrowUp: () => this.go(order[at - 1]),
      Home: () => this.go(order[0]),
      End: () => this.go(order.at(-1)),
      ArrowRight: () => (this.closed.has(id) ? this.fold(id, false) : this.go(this.below.get(id)?.[0].id)),
      ArrowLeft: () => (this.below.has(id) && !this.closed.has(id) ? this.fold(id, true) : this.go(node?.parent)),
      " ": () => this.choose(id),
      Escape: () => this.choose(null),
      Enter: () => this.send("open", { target: "objective", id }),
    };
    if (!steps[event.key]) return;
    event.preventDefault();
    steps[event.key]();
  }

  /** @param {number | null | undefined} id */
  go(id) {
    if (id === undefined || id === null) return;
    for (const one of this.items.values()) one.setAttribute("tabindex", "-1");
    const to = this.items.get(id);
    to?.setAttribute("tabindex", "0");
    to?.focus();
  }
}

/** @param {EventTarget | null} node */
function idAt(node) {
  const item = node instanceof Element ? node.closest("[role=treeitem]") : null;
  return item instanceof HTMLElement ? Number(item.dataset.id) : null;
}

// Where it should be today.
/** @param {number | null} pace */
function today(pace) {
  return pace === null ? null : element("i", { class: "today", style: `inset-inline-start:${(pace * 100).toFixed(1)}%` });
}

export default mounted(Tree);
