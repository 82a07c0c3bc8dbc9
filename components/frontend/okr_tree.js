// The alignment tree: a line for each objective, indented below the one that it supports.

const FIELDS = ["id", "parent", "name", "place", "state", "progress", "percent", "count", "also", "scope"];
const ALL_OPEN = 60;

function createTree(parentElement) {
  const tree = { root: parentElement.querySelector(".root"), closed: new Set(), items: new Map(), chosen: null };
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

function render(tree, data) {
  const signature = JSON.stringify(data);
  if (tree.signature === signature) return;
  tree.signature = signature;
  const nodes = data.nodes.map((values) => Object.fromEntries(FIELDS.map((field, at) => [field, values[at]])));
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

function depth(tree, node) {
  let steps = 0;
  for (let one = node; one?.parent !== null && one; one = tree.nodes.get(one.parent)) steps += 1;
  return steps;
}

function draw(tree) {
  const focus = tree.root.getRootNode().activeElement?.closest?.("[role=treeitem]")?.dataset.id;
  tree.items.clear();
  tree.list.replaceChildren(...(tree.below.get(null) ?? []).map((node) => item(tree, node, 1)));
  mark(tree);
  const first = tree.items.get(tree.chosen) ?? tree.items.values().next().value;
  first?.setAttribute("tabindex", "0");
  if (focus) tree.items.get(Number(focus))?.focus();
}

function item(tree, node, level) {
  const below = tree.below.get(node.id) ?? [];
  const isOpen = !tree.closed.has(node.id);
  const line = element("div", { class: "line" },
    element("span", { class: "fold", "aria-hidden": "true" }, below.length ? (isOpen ? "▾" : "▸") : "·"),
    element("span", { class: "what" }, element("b", {}, node.name), node.also && element("small", {}, node.also)),
    element("span", { class: "place" }, element("i", { "aria-hidden": "true" }, node.scope === "individual" ? "○ " : level === 1 ? "◆ " : "◇ "), node.place),
    element("span", { class: "state" }, node.state),
    element("span", { class: "way" }, way(node), element("small", {}, node.percent || node.count)),
    button("Open", { class: "open", tabindex: -1, "aria-hidden": "true", onclick: () => tree.send("open", { target: "objective", id: node.id }) }));
  const about = [node.name, node.place, node.state.replace(/^\S+ /, ""), node.percent, node.count, node.also].filter(Boolean);
  const attributes = { role: "treeitem", tabindex: -1, "aria-level": level, "aria-label": about.join(", "), "data-id": node.id };
  if (below.length) attributes["aria-expanded"] = String(isOpen);
  const made = element("li", attributes, line);
  line.addEventListener("click", (event) => clicked(tree, node, event));
  line.addEventListener("dblclick", () => tree.send("open", { target: "objective", id: node.id }));
  tree.items.set(node.id, made);
  if (below.length && isOpen) made.append(element("ul", { role: "group" }, ...below.map((one) => item(tree, one, level + 1))));
  if (below.length && !isOpen) line.querySelector(".what").append(element("small", {}, `${hidden(tree, node)} below`));
  return made;
}

function hidden(tree, node) {
  return (tree.below.get(node.id) ?? []).reduce((sum, one) => sum + 1 + hidden(tree, one), 0);
}

function way({ progress }) {
  if (progress === null) return null;
  return element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: `inline-size:${Math.round(progress * 100)}%` }));
}

function clicked(tree, node, event) {
  if (event.target.closest("button")) return;
  if (event.target.closest(".fold")) fold(tree, node.id, !tree.closed.has(node.id));
  else choose(tree, node.id);
}

// What is chosen stands out with all that it leads to, up and down.
function choose(tree, id) {
  tree.chosen = id;
  mark(tree);
  for (const one of tree.items.values()) one.setAttribute("tabindex", "-1");
  const chosen = tree.items.get(id);
  chosen?.setAttribute("tabindex", "0");
  chosen?.focus();
}

function mark(tree) {
  const related = new Set();
  for (let one = tree.nodes.get(tree.chosen); one; one = tree.nodes.get(one.parent)) related.add(one.id);
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

function fold(tree, id, close) {
  if (!tree.below.has(id)) return;
  if (close) tree.closed.add(id);
  else tree.closed.delete(id);
  draw(tree);
}

function foldAll(tree, close) {
  tree.closed = new Set(close ? [...tree.below.keys()].filter((id) => id !== null) : []);
  draw(tree);
}

function pressed(tree, event) {
  const here = event.target.closest("[role=treeitem]");
  if (!here) return;
  const id = Number(here.dataset.id);
  const order = [...tree.items.keys()];
  const at = order.indexOf(id);
  const node = tree.nodes.get(id);
  const steps = {
    ArrowDown: () => go(tree, order[at + 1]),
    ArrowUp: () => go(tree, order[at - 1]),
    Home: () => go(tree, order[0]),
    End: () => go(tree, order.at(-1)),
    ArrowRight: () => (tree.closed.has(id) ? fold(tree, id, false) : go(tree, tree.below.get(id)?.[0].id)),
    ArrowLeft: () => (tree.below.has(id) && !tree.closed.has(id) ? fold(tree, id, true) : go(tree, node.parent ?? undefined)),
    " ": () => choose(tree, id),
    Escape: () => choose(tree, null),
    Enter: () => tree.send("open", { target: "objective", id }),
  };
  if (!steps[event.key]) return;
  event.preventDefault();
  steps[event.key]();
}

function go(tree, id) {
  if (id === undefined) return;
  for (const one of tree.items.values()) one.setAttribute("tabindex", "-1");
  const to = tree.items.get(id);
  to?.setAttribute("tabindex", "0");
  to?.focus();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const tree = instance(parentElement, () => createTree(parentElement));
  tree.send = setTriggerValue;
  render(tree, data);
}
