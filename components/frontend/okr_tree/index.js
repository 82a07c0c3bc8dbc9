// The alignment tree: a line for each objective, indented below the one that it supports.

/** @import { Columns, Mounted, Trigger } from "../shared/types" */
/**
 * @typedef {{
 *   id: number, parent: number | null, name: string, place: string, state: string,
 *   progress: number | null, percent: string, count: string, also: string, scope: string,
 * }} Objective
 * @typedef {{ place: string, empty: string, sentence: string, nodes: Columns<Objective> }} TreeData
 * @typedef {{
 *   root: HTMLElement, sentence: HTMLElement, empty: HTMLElement, tools: HTMLElement, list: HTMLElement,
 *   closed: Set<number>, items: Map<number, HTMLElement>, chosen: number | null, send: Trigger,
 *   below: Map<number | null, Objective[]>, nodes: Map<number | null, Objective>,
 *   place?: string, signature?: string,
 * }} Tree
 */

import { button, element, emptiness, focusedIn, found, instance, keepKeys } from "../shared/elements.js";
import { records } from "../shared/records.js";

export const styles = ["shared/shared.css", "okr_tree/okr_tree.css"];

const ALL_OPEN = 60;

/** @param {HTMLElement} root @returns {Tree} */
function createTree(root) {
  const tree = /** @type {Tree} */ ({ root, closed: new Set(), items: new Map(), chosen: null });
  tree.sentence = element("p", { class: "sentence" });
  tree.empty = element("div");
  tree.tools = element("div", { class: "tools" },
    button("Open all", { onclick: () => foldAll(tree, false) }),
    button("Fold all", { onclick: () => foldAll(tree, true) }));
  tree.list = element("ul", { role: "tree", "aria-label": "Objectives and what they support" });
  tree.list.addEventListener("keydown", (event) => pressed(tree, event));
  tree.root.append(tree.empty, element("div", { class: "head" }, tree.sentence, tree.tools), tree.list);
  keepKeys(tree.root);
  return tree;
}

/** @param {Tree} tree @param {TreeData} data */
function render(tree, data) {
  const signature = JSON.stringify(data);
  if (tree.signature === signature) return;
  tree.signature = signature;
  const nodes = records(data.nodes);
  tree.below = Map.groupBy(nodes, (node) => node.parent);
  tree.nodes = new Map(nodes.map((node) => [node.id, node]));
  if (tree.place !== data.place) {
    tree.place = data.place;
    tree.chosen = null;
    tree.closed = new Set(nodes.length > ALL_OPEN ? nodes.filter((node) => depth(tree, node) > 0).map((node) => node.id) : []);
  }
  tree.sentence.textContent = data.sentence;
  tree.empty.replaceChildren(...emptiness(data.empty));
  tree.tools.hidden = !nodes.some((node) => tree.below.has(node.id));
  draw(tree);
}

/** @param {Tree} tree @param {Objective} node */
function depth(tree, node) {
  let steps = 0;
  for (let one = tree.nodes.get(node.parent); one; one = tree.nodes.get(one.parent)) steps += 1;
  return steps;
}

/** @param {Tree} tree */
function draw(tree) {
  const focus = idAt(focusedIn(tree.root));
  tree.items.clear();
  tree.list.replaceChildren(...(tree.below.get(null) ?? []).map((node) => item(tree, node, 1)));
  mark(tree);
  const chosen = tree.chosen === null ? null : tree.items.get(tree.chosen);
  const first = chosen ?? tree.items.values().next().value;
  first?.setAttribute("tabindex", "0");
  if (focus !== null) tree.items.get(focus)?.focus();
}

/** @param {EventTarget | null} node */
function idAt(node) {
  const item = node instanceof Element ? node.closest("[role=treeitem]") : null;
  return item instanceof HTMLElement ? Number(item.dataset.id) : null;
}

/** @param {Tree} tree @param {Objective} node @param {number} level @returns {HTMLElement} */
function item(tree, node, level) {
  const below = tree.below.get(node.id) ?? [];
  const isOpen = !tree.closed.has(node.id);
  const line = element("div", { class: "line" },
    element("span", { class: "fold", "aria-hidden": "true" }, below.length ? (isOpen ? "▾" : "▸") : "·"),
    element("span", { class: "what" }, element("b", {}, node.name), node.also ? element("small", {}, node.also) : null),
    element("span", { class: "place" }, element("i", { "aria-hidden": "true" }, node.scope === "individual" ? "○ " : level === 1 ? "◆ " : "◇ "), node.place),
    element("span", { class: "state" }, node.state),
    element("span", { class: "way" }, way(node), element("small", {}, node.percent || node.count)),
    button("Open", { class: "open", tabindex: -1, "aria-hidden": "true", onclick: () => tree.send("open", { target: "objective", id: node.id }) }));
  const about = [node.name, node.place, node.state.replace(/^\S+ /, ""), node.percent, node.count, node.also].filter(Boolean);
  const attributes = { role: "treeitem", tabindex: -1, "aria-level": level, "aria-label": about.join(", "), "data-id": node.id };
  const made = element("li", { ...attributes, "aria-expanded": below.length ? String(isOpen) : null }, line);
  line.addEventListener("click", (event) => clicked(tree, node, event));
  line.addEventListener("dblclick", () => tree.send("open", { target: "objective", id: node.id }));
  tree.items.set(node.id, made);
  if (below.length && isOpen) made.append(element("ul", { role: "group" }, ...below.map((one) => item(tree, one, level + 1))));
  if (below.length && !isOpen) found(line, ".what").append(element("small", {}, `${hidden(tree, node)} below`));
  return made;
}

/** @param {Tree} tree @param {Objective} node @returns {number} */
function hidden(tree, node) {
  return (tree.below.get(node.id) ?? []).reduce((sum, one) => sum + 1 + hidden(tree, one), 0);
}

/** @param {Objective} node */
function way({ progress }) {
  if (progress === null) return null;
  return element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: `inline-size:${Math.round(progress * 100)}%` }));
}

/** @param {Tree} tree @param {Objective} node @param {Event} event */
function clicked(tree, node, event) {
  const { target } = event;
  if (!(target instanceof Element) || target.closest("button")) return;
  if (target.closest(".fold")) fold(tree, node.id, !tree.closed.has(node.id));
  else choose(tree, node.id);
}

// What is chosen stands out with all that it leads to, up and down.
/** @param {Tree} tree @param {number | null} id */
function choose(tree, id) {
  tree.chosen = id;
  mark(tree);
  for (const one of tree.items.values()) one.setAttribute("tabindex", "-1");
  const chosen = id === null ? null : tree.items.get(id);
  chosen?.setAttribute("tabindex", "0");
  chosen?.focus();
}

/** @param {Tree} tree */
function mark(tree) {
  /** @type {Set<number>} */
  const related = new Set();
  for (let one = tree.nodes.get(tree.chosen); one; one = tree.nodes.get(one.parent)) related.add(one.id);
  /** @param {number} id */
  const down = (id) => {
    related.add(id);
    for (const one of tree.below.get(id) ?? []) down(one.id);
  };
  if (tree.chosen !== null) down(tree.chosen);
  for (const [id, one] of tree.items) {
    one.setAttribute("aria-selected", String(id === tree.chosen));
    one.classList.toggle("related", tree.chosen !== null && related.has(id));
  }
}

/** @param {Tree} tree @param {number} id @param {boolean} close */
function fold(tree, id, close) {
  if (!tree.below.has(id)) return;
  if (close) tree.closed.add(id);
  else tree.closed.delete(id);
  draw(tree);
}

/** @param {Tree} tree @param {boolean} close */
function foldAll(tree, close) {
  tree.closed = new Set(close ? [...tree.below.keys()].filter((id) => id !== null) : []);
  draw(tree);
}

/** @param {Tree} tree @param {KeyboardEvent} event */
function pressed(tree, event) {
  const id = idAt(event.target);
  if (id === null) return;
  const order = [...tree.items.keys()];
  const at = order.indexOf(id);
  const node = tree.nodes.get(id);
  /** @type {Record<string, () => void>} */
  const steps = {
    ArrowDown: () => go(tree, order[at + 1]),
    ArrowUp: () => go(tree, order[at - 1]),
    Home: () => go(tree, order[0]),
    End: () => go(tree, order.at(-1)),
    ArrowRight: () => (tree.closed.has(id) ? fold(tree, id, false) : go(tree, tree.below.get(id)?.[0].id)),
    ArrowLeft: () => (tree.below.has(id) && !tree.closed.has(id) ? fold(tree, id, true) : go(tree, node?.parent)),
    " ": () => choose(tree, id),
    Escape: () => choose(tree, null),
    Enter: () => tree.send("open", { target: "objective", id }),
  };
  if (!steps[event.key]) return;
  event.preventDefault();
  steps[event.key]();
}

/** @param {Tree} tree @param {number | null | undefined} id */
function go(tree, id) {
  if (id === undefined || id === null) return;
  for (const one of tree.items.values()) one.setAttribute("tabindex", "-1");
  const to = tree.items.get(id);
  to?.setAttribute("tabindex", "0");
  to?.focus();
}

/** @param {Mounted<TreeData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const tree = instance(parentElement, createTree);
  tree.send = setTriggerValue;
  render(tree, data);
}
