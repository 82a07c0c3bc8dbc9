// What a cell offers to pick from; one that lists several names offers the next behind the others.

import { element } from "../shared/elements.js";

export const LISTS = { owner: "people", supports: "supportable", guardrails: "kpis", kpi: "kpis" };
const SEVERAL = ["supports", "guardrails"];

export function offer(table, field, typed) {
  const list = table.lists.get(field);
  const names = SEVERAL.includes(field) ? following(typed, table.data[LISTS[field]]) : table.data[LISTS[field]];
  const signature = names.join("\n");
  if (list.signature === signature) return;
  list.signature = signature;
  list.replaceChildren(...names.map((name) => element("option", { value: name })));
}

// The browser compares an option with the whole cell, so each begins with what stands already.
export function following(typed, names) {
  const parts = partsOf(typed);
  const next = parts.pop();
  const said = parts.map((part) => `${part};`).join("");
  const gap = said && !next ? " " : next.match(/^\s*/)[0];
  const taken = parts.map((part) => part.trim());
  return names.map(spelled).filter((name) => !taken.includes(name)).map((name) => `${said}${gap}${name}`);
}

// A semicolon between quotation marks is part of a name.
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

function spelled(name) {
  return name.includes(";") ? `"${name.replaceAll('"', '""')}"` : name;
}
