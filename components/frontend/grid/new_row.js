// The form of a row to come: what is typed in it is kept until the row is there.

import { button, element } from "../shared/elements.js";
import { send } from "./index.js";
import { NOT_SAVED, cellInput, keyOf, tellState } from "./row.js";

export function newKey(table) {
  return `${table.data.table} new`;
}

export function buildNew(table) {
  const { columns, add } = table.data;
  const asked = columns.filter(({ fresh }) => fresh);
  table.inputs = new Map(asked.map((column) => [column.name, cellInput(table, column)]));
  table.told = element("p", { class: "message", role: "alert" });
  const fields = asked.map(({ name, label }) => element("label", {}, element("span", {}, label), table.inputs.get(name)));
  const save = element("button", { type: "submit", class: "primary" }, add);
  const cancel = button("Cancel", { onclick: () => cancelNew(table) });
  table.fresh.replaceChildren(...fields, element("div", { class: "actions" }, save, cancel), table.told);
  for (const [cell, input] of table.inputs) {
    const draft = table.drafts.get(keyOf(table, newKey(table), cell));
    if (draft) input.value = draft.typed;
    else if (input.tagName === "SELECT") input.value = columns.find(({ name }) => name === cell).first;
    else if (input.value === "") input.value = columns.find(({ name }) => name === cell).first;
    input.addEventListener("input", () =>
      table.drafts.set(keyOf(table, newKey(table), cell), { row: newKey(table), cell, typed: input.value, seen: table.data.version, left: false }),
    );
  }
  table.fresh.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") cancelNew(table);
  };
  if (table.drafts.of(newKey(table)).length) table.fresh.hidden = false;
  face(table);
}

export function face(table) {
  table.adding.hidden = !table.data.editable || !table.data.add || !table.fresh.hidden;
  if (!table.data.editable) table.fresh.hidden = true;
}

export function askNew(table) {
  table.fresh.hidden = false;
  face(table);
  table.inputs.values().next().value.focus();
}

function cancelNew(table) {
  for (const [key] of table.drafts.of(newKey(table))) table.drafts.drop(key);
  table.fresh.hidden = true;
  buildNew(table);
  table.adding.focus();
}

export function addRow(table) {
  if (table.sending) return;
  const cells = Object.fromEntries([...table.inputs].map(([cell, input]) => [cell, input.value.trim()]));
  table.told.textContent = "";
  send(table, { added: true, edit: { id: 0, cells, seen: table.data.version } });
}

export function heardNew(table, answer) {
  if (answer.kind !== "saved") {
    table.told.textContent = answer.message || NOT_SAVED;
    (table.inputs.get(answer.field) ?? table.inputs.values().next().value).focus();
    return;
  }
  for (const [key] of table.drafts.of(newKey(table))) table.drafts.drop(key);
  buildNew(table);
  table.inputs.values().next().value.focus();
  table.added = answer.id;
}

// Where the new row stands is shown, or that it stands elsewhere.
export function welcome(table) {
  if (!table.added) return;
  const row = table.rows.get(`${table.data.table} ${table.added}`);
  table.added = null;
  if (!row) {
    table.told.textContent = "Added. It is not listed here: look at its team, or search for it.";
    return;
  }
  row.saved = true;
  tellState(row, "✓ Added");
  table.scroll.scrollTop = row.node.offsetTop - table.scroll.clientHeight / 2;
}
