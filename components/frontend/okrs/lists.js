// What a cell offers to pick from; one that lists several names offers the next behind the others.

/** @import { Table } from "./types" */

import { element } from "../shared/elements.js";
import { LISTS, SEVERAL } from "./fields.js";

/** @param {Table} table @param {string} field @param {string} typed */
export function offer(table, field, typed) {
  const all = table.data[LISTS[field]];
  const names = SEVERAL.includes(field) ? following(typed, all) : all;
  const signature = names.join("\n");
  if (table.offered.get(field) === signature) return;
  table.offered.set(field, signature);
  table.lists.get(field)?.replaceChildren(...names.map((name) => element("option", { value: name })));
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
  return name.includes(";") ? `"${name.replaceAll('"', '""')}"` : name;
}
