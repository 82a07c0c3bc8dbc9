// What a cell offers to pick from; one that lists several names offers the next behind the others.

/** @import { Column, Input } from "./types" */

import { element } from "../shared/elements.js";

// All cells of a column share a list, which is brought up to date as one of them is typed into.
/** @param {HTMLElement} lists @param {Column} column @param {() => string[]} names */
export function listOf(lists, { name, kind }, names) {
  const id = `names-${name}`;
  const held = lists.querySelector(`#${id}`);
  const list = held ?? element("datalist", { id });
  if (!held) lists.append(list);
  /** @param {Input} input */
  const offer = (input) => {
    const next = kind === "names" ? following(input.value, names()) : names();
    const there = [...list.children].map((option) => option.getAttribute("value"));
    if (next.length === there.length && next.every((one, at) => one === there[at])) return;
    list.replaceChildren(...next.map((value) => element("option", { value })));
  };
  return { id, offer };
}

// The browser compares an option with the whole cell, so each begins with what stands already.
/** @param {string} typed @param {string[]} names */
export function following(typed, names) {
  const parts = partsOf(typed);
  const next = parts.pop() ?? "";
  const said = parts.map((part) => `${part};`).join("");
  const gap = said && !next ? " " : next.match(/^\s*/)?.[0];
  const taken = parts.map((part) => part.trim());
  return names.map(spelled).filter((name) => !taken.includes(name)).map((name) => `${said}${gap}${name}`);
}

// A semicolon between quotation marks is part of a name.
/** @param {string} text */
function partsOf(text) {
  const parts = [""];
  let isQuoted = false;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    if (sign === ";" && !isQuoted) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

/** @param {string} name */
function spelled(name) {
  return name.includes(";") || name.startsWith('"') ? `"${name.replaceAll('"', '""')}"` : name;
}
