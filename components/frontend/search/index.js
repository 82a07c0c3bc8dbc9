// A search box with its results below: arrows, Enter, mouse, Esc, and “/” from anywhere.

/** @import { Mounted, Trigger } from "../shared/types" */
/** @typedef {{ target: string, id: number, kind: string, name: string, where: string }} Found */
/** @typedef {{ query: string, found: Found[] }} SearchData */
/**
 * @typedef {{
 *   root: HTMLElement, input: HTMLInputElement, list: HTMLElement, status: HTMLElement, drop: HTMLElement,
 *   active: number, rows: Found[], data: SearchData, ask: Trigger, choose: Trigger,
 *   leave: () => void, timer?: ReturnType<typeof setTimeout>,
 * }} Box
 */

import { element, focusedIn, instance, keepKeys } from "../shared/elements.js";
import { open } from "../shared/opening.js";

export const styles = ["shared/shared.css", "search/search.css"];

const PAUSE = 150;

/** @param {HTMLElement} root @returns {Box} */
function createBox(root) {
  const box = /** @type {Box} */ ({ root, active: -1, rows: /** @type {Found[]} */ ([]) });
  box.input = element("input", {
    type: "text",
    role: "combobox",
    placeholder: "Search",
    maxlength: 200,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": "Search KPIs, teams, objectives and key results",
    "aria-expanded": "false",
    "aria-controls": "found",
    "aria-autocomplete": "list",
  });
  box.list = element("div", { role: "listbox", id: "found", "aria-label": "Found" });
  box.status = element("p", { class: "nothing", role: "status" });
  box.drop = element("div", { class: "drop", hidden: true }, box.list, box.status);
  const field = element("div", { class: "field" }, box.input, element("kbd", { "aria-hidden": "true" }, "/"));
  box.root.append(field, box.drop);
  listen(box);
  return box;
}

/** @param {Box} box */
function listen(box) {
  keepKeys(box.root);
  box.input.addEventListener("input", () => typed(box));
  box.input.addEventListener("keydown", (event) => steered(box, event));
  box.input.addEventListener("focus", () => box.input.value.trim() && drop(box, true));
  box.root.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && box.root.contains(event.relatedTarget))) drop(box, false);
  });
  /** @param {KeyboardEvent} event */
  const slash = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    event.preventDefault();
    box.input.focus();
    box.input.select();
  };
  window.addEventListener("keydown", slash);
  box.leave = () => window.removeEventListener("keydown", slash);
}

/** @param {Event} event */
function typing(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

/** @param {Box} box */
function typed(box) {
  clearTimeout(box.timer);
  box.active = -1;
  box.timer = setTimeout(() => box.ask("query", box.input.value.trim()), PAUSE);
  if (!box.input.value.trim()) drop(box, false);
}

/** @param {Box} box @param {KeyboardEvent} event */
function steered(box, event) {
  const step = Number(event.key === "ArrowDown") - Number(event.key === "ArrowUp");
  if (step) {
    event.preventDefault();
    move(box, step);
  } else if (event.key === "Enter" && box.rows.length && current(box)) {
    event.preventDefault();
    pick(box, box.rows[Math.max(box.active, 0)]);
  } else if (event.key === "Escape") close(box);
}

/** @param {Box} box */
function current(box) {
  return box.data.query === box.input.value.trim();
}

/** @param {Box} box @param {number} step */
function move(box, step) {
  if (!box.rows.length) return;
  box.active = (box.active + step + box.rows.length) % box.rows.length;
  mark(box);
  box.list.children[box.active].scrollIntoView({ block: "nearest" });
}

/** @param {Box} box */
function mark(box) {
  [...box.list.children].forEach((option, index) =>
    option.setAttribute("aria-selected", String(index === box.active)),
  );
  const active = box.list.children[box.active];
  if (active) box.input.setAttribute("aria-activedescendant", active.id);
  else box.input.removeAttribute("aria-activedescendant");
}

/** @param {Box} box @param {Found} found */
function pick(box, { target, id }) {
  const { query } = box.data;
  close(box);
  box.choose("pick", { query, target, id });
  open(() => {}, target, id);
}

/** @param {Box} box */
function close(box) {
  clearTimeout(box.timer);
  box.input.value = "";
  box.input.blur();
  drop(box, false);
}

/** @param {Box} box @param {boolean} yes */
function drop(box, yes) {
  box.drop.hidden = !yes;
  box.input.setAttribute("aria-expanded", String(yes && box.rows.length > 0));
}

/** @param {Box} box @param {Found} row @param {number} index */
function option(box, row, index) {
  const { kind, name, where } = row;
  return element(
    "div",
    {
      role: "option",
      id: `found-${index}`,
      "aria-selected": "false",
      onmousedown: (event) => event.preventDefault(),
      onclick: () => pick(box, row),
      onmousemove: () => {
        box.active = index;
        mark(box);
      },
    },
    element("span", { class: "kind" }, kind),
    element("span", { class: "name" }, name),
    where ? element("small", {}, where) : null,
  );
}

/** @param {Box} box */
function render(box) {
  if (!box.input.value.trim() || !current(box)) return;
  box.rows = box.data.found;
  box.active = -1;
  box.list.replaceChildren(...box.rows.map((row, index) => option(box, row, index)));
  box.status.textContent = box.rows.length ? "" : `Nothing found for “${box.data.query}”.`;
  mark(box);
  drop(box, focusedIn(box.root) === box.input);
}

/** @param {Mounted<SearchData>} component */
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const box = instance(parentElement, createBox);
  Object.assign(box, { data, ask: setStateValue, choose: setTriggerValue });
  render(box);
  return box.leave;
}
