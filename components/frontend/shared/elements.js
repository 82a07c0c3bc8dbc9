// Builds elements, and finds one's way among them.

/** @import { Mark } from "../gauges/types" */
/** @import { Attributes, Child, Choice } from "./types" */

/** @param {ParentNode} parent @param {string} selector @returns {HTMLElement} */
export function found(parent, selector) {
  const node = parent.querySelector(selector);
  if (!(node instanceof HTMLElement)) throw new Error(`There is no ${selector} here.`);
  return node;
}

/** @template {Element} T @param {T} node @param {Attributes} attributes @param {Child[]} children @returns {T} */
function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...present(children));
  return node;
}

/** @template T @param {(T | null | undefined | "" | false)[]} parts */
export function present(parts) {
  return /** @type {T[]} */ (parts.filter((part) => part !== null && part !== undefined && part !== "" && part !== false));
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} attributes @param {Child[]} children
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} attributes @param {Child[]} children
 */
export function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** @param {string} text @param {Attributes} attributes */
export function button(text, attributes = {}) {
  return element("button", { type: "button", ...attributes }, text);
}

// A choice of values, each with its words, or of words that are their own values; what is none of
// them is the first.
/** @param {(Choice | string)[]} choices @param {string | number | null} chosen @param {Attributes} attributes */
export function select(choices, chosen = null, attributes = {}) {
  const options = choices.map((each) => (typeof each === "string" ? [each, each] : each));
  const node = element("select", attributes, ...options.map(([value, text]) => element("option", { value }, String(text))));
  const at = chosen === null ? 0 : options.findIndex(([value]) => String(value) === String(chosen));
  if (at > 0) node.selectedIndex = at;
  return node;
}

/** @param {string} name @param {string} question */
export function heading(name, question) {
  return element("h2", { class: "heading" }, name, element("span", {}, question));
}

/** @param {string} text */
export function marked(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

// How far something is, from 0 to 1.
/** @param {number} share */
export function bar(share) {
  const done = Math.round(Math.min(Math.max(share, 0), 1) * 100);
  return element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: `inline-size:${done}%` }));
}

// A state in a shape and words.
/** @param {string} name @param {Mark} mark */
export function mark(name, { kind, shape, text }) {
  return element("span", { class: `mark ${name}`, "data-kind": kind }, element("i", { "aria-hidden": "true" }, shape), text);
}

// What to do first where there is nothing; what stands between backticks is to be typed.
/** @param {string} text */
export function emptiness(text) {
  return text ? [element("p", { class: "empty" }, ...marked(text))] : [];
}

/** @param {Element} node @returns {Element | null} */
export function focusedIn(node) {
  const root = node.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}

const ACTS = "button, summary, a";

// Who works by keyboard goes on where they were, though all of it is drawn anew: at what is called
// the same; or else, where `elsewhere` is fine, at what is in its place.
/** @param {Element} root @param {() => void} draw */
export function keepingFocus(root, draw, elsewhere = false) {
  const named = (/** @type {Element} */ node) => `${node.tagName} ${node.getAttribute("aria-label") ?? node.textContent}`;
  const active = focusedIn(root);
  const place = active ? [...root.querySelectorAll(ACTS)].indexOf(active) : -1;
  const name = active ? named(active) : "";
  draw();
  if (place < 0) return;
  const acts = [...root.querySelectorAll(ACTS)];
  const near = elsewhere ? acts[Math.min(place, acts.length - 1)] : undefined;
  const next = acts[place] && named(acts[place]) === name ? acts[place] : acts.find((act) => named(act) === name) ?? near;
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** @param {HTMLElement} node */
export function reveal(node) {
  node.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  node.classList.remove("revealed");
  void node.offsetWidth;
  node.classList.add("revealed");
}

// Streamlit has one-letter shortcuts and cannot see that a field in here is being typed in.
/** @param {Element} node */
export function keepKeys(node) {
  for (const kind of ["keydown", "keyup", "keypress"]) node.addEventListener(kind, (event) => event.stopPropagation());
}

// A tap leaves a cell and follows a link in one moment, and the cell's message would undo the
// link's: so the cell is left as the finger comes down, and the link followed as it goes.
/** @param {Element} root */
export function leaveAtTouch(root) {
  /** @param {PointerEvent} event */
  const leave = (event) => {
    if (!root.isConnected) return document.removeEventListener("pointerdown", leave, true);
    const active = focusedIn(root);
    const path = event.composedPath();
    const goesElsewhere = !path.includes(root) && path.some((node) => node instanceof Element && node.matches("a, button"));
    if (event.pointerType === "touch" && goesElsewhere && root.contains(active) && active instanceof HTMLElement) active.blur();
  };
  document.addEventListener("pointerdown", leave, true);
}

// Puts nodes in order and lets those stay in place that are: a moved field loses its focus.
/** @param {Element} parent @param {Element[]} nodes */
export function arrange(parent, nodes) {
  for (const old of [...parent.children]) if (!nodes.includes(old)) old.remove();
  let place = parent.firstElementChild;
  for (const node of nodes) {
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
}

// A button that asks for all of a list, or for few of it again: the server says which. It stays, and
// keeps the focus.
/** @param {() => void} ask */
export function asking(ask) {
  return button("", { class: "more below", hidden: true, onclick: ask });
}

/** @param {HTMLElement} more @param {{ turn: string, whole: boolean }} said */
export function sayMore(more, { turn, whole }) {
  more.hidden = !turn;
  more.textContent = turn;
  more.setAttribute("aria-expanded", String(whole));
}

// A button that shows all of a list, and shows few of it again; it keeps the focus.
/**
 * @param {{ all: boolean, root: HTMLElement, render: () => void }} held
 * @param {string} text @param {string} name
 */
export function turning(held, text, name = "more") {
  const turn = () => {
    held.all = !held.all;
    held.render();
    found(held.root, `.${name.split(" ").join(".")}`).focus({ preventScroll: true });
  };
  return button(text, { class: name, "aria-expanded": String(held.all), onclick: turn });
}
