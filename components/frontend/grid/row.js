// One row of a table to type in: its cells, what became of them, and what can be done with it.

import { newToken } from "../editing/tokens.js";
import { button, element } from "../shared/elements.js";
import { archive } from "./away.js";
import { choose } from "./clipboard.js";
import { fillList, pump, tryCell } from "./index.js";
import { pasted } from "./paste.js";

const WORDS = { yes: "yes", no: "no" };
export const NOT_SAVED = "This was not saved. Please try again.";

export function createRow(table, key) {
  const row = { key, cells: new Map(), notes: new Map(), node: element("tr", { class: "row" }) };
  row.state = element("span", { class: "state", role: "status" });
  row.message = element("p", { class: "message", role: "alert", id: `about-${key}`.replaceAll(" ", "-") });
  row.asked = element("div", { class: "actions" });
  const span = table.data.columns.length + 1;
  row.about = element("tr", { class: "about" }, element("td", { colspan: span }, element("div", { class: "said" }, row.message, row.asked)));
  row.nodes = [row.node, row.about];
  row.about.hidden = true;
  row.node.addEventListener("keydown", (event) => pressed(table, row, event));
  row.node.addEventListener("paste", (event) => pasted(table, row, event));
  row.about.addEventListener("keydown", (event) => event.key === "Escape" && quiet(row));
  return row;
}

// A cell about the place looked at, such as a role in a team, is another one at another place.
export function keyOf(table, row, cell) {
  const placed = table.data.columns.find(({ name }) => name === cell)?.placed;
  return placed ? `${row}|${cell}|${table.data.place}` : `${row}|${cell}`;
}

export function draftsOf(table, row) {
  return table.drafts.of(row).filter(([key, { cell }]) => key === keyOf(table, row, cell));
}

function buildRow(table, row) {
  for (const column of table.data.columns) {
    const cell = column.name;
    const note = element("small", { class: "note" });
    row.notes.set(cell, note);
    const input = cellInput(table, column);
    if (column.kind !== "shown") {
      row.cells.set(cell, input);
      input.addEventListener("input", () => typed(table, row, column));
      input.addEventListener(atOnce(column) ? "change" : "focusout", () => leave(table, row, cell));
    }
    row.node.append(element("td", { class: column.kind, "data-label": column.label }, input, note));
    if (column.kind === "shown") row.cells.set(cell, input);
  }
  row.tools = element("div", { class: "tools" });
  row.node.append(element("td", { class: "last" }, row.state, row.tools));
}

function atOnce({ kind }) {
  return kind === "choice" || kind === "checkbox";
}

export function cellInput(table, { name, kind, options, hint, tip }) {
  if (kind === "shown") return element("span", { class: "fixed" });
  if (kind === "checkbox") return element("input", { type: "checkbox" });
  if (kind === "choice") return element("select", {}, ...options.map(({ value, label }) => element("option", { value }, label)));
  if (kind === "long") return element("textarea", { rows: 1, maxlength: 10000, placeholder: hint || null, spellcheck: "false" });
  const kinds = { number: { inputmode: "decimal", maxlength: 40 }, date: { type: "date", min: "1900-01-01", max: "2199-12-31" } };
  const list = kind === "pick" || kind === "names" ? { list: `choices-${table.data.table}-${name}`, maxlength: 400 } : { maxlength: 400 };
  const input = element("input", { autocomplete: "off", placeholder: hint || null, title: tip || null, ...(kinds[kind] ?? list) });
  if (kind === "names") for (const event of ["focus", "input"]) input.addEventListener(event, () => offerNext(table, name, input.value));
  return input;
}

// A list is picked name by name: each is offered behind those that stand.
function offerNext(table, name, text) {
  const stands = text.match(/^(.*;\s*)?/s)[0];
  const there = stands.split(";").map((one) => one.trim());
  const { names } = table.data.columns.find((column) => column.name === name);
  fillList(table, name, names.filter((one) => !there.includes(one)).map((one) => stands + one));
}

export function showRow(table, row, facts) {
  if (!row.cells.size) buildRow(table, row);
  row.facts = facts;
  const signature = JSON.stringify([facts, table.data.editable]);
  if (row.signature !== signature) {
    row.signature = signature;
    for (const [cell, input] of row.cells) {
      const { label } = table.data.columns.find(({ name }) => name === cell);
      // Plain text has no name of its own: its column's heading is read out with it.
      if (!input.matches(".fixed")) input.setAttribute("aria-label", `${facts.name}: ${label.toLowerCase()}`);
      input.disabled = !table.data.editable;
      if (!table.drafts.get(keyOf(table, row.key, cell))) note(row, cell, facts.notes[cell]);
    }
    tools(table, row);
  }
  fill(table, row);
  if (!row.state.textContent && draftsOf(table, row.key).length) tellState(row, "◌ Not saved yet");
}

function tools(table, row) {
  const { acts, editable } = table.data;
  const asks = acts.map(({ name, label }) =>
    button(label, { "aria-label": `${label}: ${row.facts.name}`, onclick: () => table.trigger("act", { table: table.data.table, id: row.facts.id, act: name, nonce: newToken() }) }),
  );
  const away = button("Archive", { "aria-label": `Archive ${row.facts.name}`, onclick: () => archive(table, row) });
  const focused = row.tools.contains(row.tools.getRootNode().activeElement);
  if (!focused || row.tools.children.length !== asks.length + 1) row.tools.replaceChildren(...(editable ? [...asks, away] : []));
}

export function told(table, row, cell) {
  return row.facts.cells[cell] ?? "";
}

export function fill(table, row) {
  for (const [cell, input] of row.cells) {
    const text = table.drafts.get(keyOf(table, row.key, cell))?.typed ?? told(table, row, cell);
    if (input.type === "checkbox") input.checked = text === WORDS.yes;
    else if (input.tagName === "SPAN") input.textContent = text;
    else if (input.value !== text && input.tagName === "SELECT") choose(input, text);
    else if (input.value !== text) input.value = text;
    if (input.tagName === "TEXTAREA") input.title = text;
  }
}

export function note(row, cell, said) {
  const node = row.notes.get(cell);
  const text = said?.text ?? "";
  if (node.textContent !== text) node.textContent = text;
  node.classList.toggle("wrong", said?.tone === "wrong");
  node.classList.toggle("right", said?.tone === "right");
}

export function draftOf(table, row, cell, text) {
  const key = keyOf(table, row.key, cell);
  const seen = table.drafts.get(key)?.seen ?? table.data.version;
  table.drafts.set(key, { row: row.key, cell, typed: text, seen, left: false });
}

function typed(table, row, { name, live }) {
  const input = row.cells.get(name);
  const text = input.type === "checkbox" ? WORDS[input.checked ? "yes" : "no"] : input.value;
  draftOf(table, row, name, text);
  table.typing = true;
  if (!row.asked.children.length) quiet(row);
  tellState(row, "◌ Not saved yet");
  if (live) tryCell(table, row, name);
}

// What was refused waits for another answer than the same again.
export function leave(table, row, cell) {
  const key = keyOf(table, row.key, cell);
  const draft = table.drafts.get(key);
  if (!draft || draft.left || draft.refused === draft.typed) return;
  if (draft.typed.trim() === told(table, row, cell)) {
    table.drafts.drop(key);
    fill(table, row);
    note(row, cell, row.facts.notes[cell]);
    if (!draftsOf(table, row.key).length) settle(row);
    return;
  }
  table.drafts.set(key, { ...draft, left: true });
  tellState(row, "Saving…");
  pump(table);
}

export function settle(row) {
  quiet(row);
  tellState(row, row.saved ? "✓ Saved" : "");
}

function pressed(table, row, event) {
  event.stopPropagation();
  const cell = [...row.cells].find(([, input]) => input === event.target)?.[0];
  if (!cell) return;
  if (event.key === "Escape") {
    table.drafts.drop(keyOf(table, row.key, cell));
    fill(table, row);
    note(row, cell, row.facts.notes[cell]);
    settle(row);
  }
  const down = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey);
  const up = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
  if (event.target.tagName === "SELECT" ? event.key !== "Enter" : event.target.list || event.target.type === "date") {
    if (event.key !== "Enter") return;
  }
  if (!down && !up) return;
  event.preventDefault();
  leave(table, row, cell);
  step(table, row, cell, down ? 1 : -1);
}

// Like a spreadsheet: to the same cell of the next row.
function step(table, row, cell, by) {
  const question = row.asked.querySelector("button");
  if (question) {
    question.focus();
    return;
  }
  const rows = inOrder(table);
  const next = rows[rows.indexOf(row) + by]?.cells.get(cell);
  next?.focus();
  next?.select?.();
}

export function inOrder(table) {
  return [...table.rows.values()].sort((one, other) =>
    one.node.compareDocumentPosition(other.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

export function tellState(row, text) {
  if (row.state.textContent !== text) row.state.textContent = text;
  row.node.classList.toggle("saved", text.startsWith("✓"));
  row.node.classList.toggle("open", text.startsWith("◌") || text.startsWith("!"));
}

export function quiet(row) {
  row.message.textContent = "";
  row.asked.replaceChildren();
  row.about.hidden = true;
  for (const input of row.cells.values()) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}

export function complain(row, cell, text, answers = [], state = "! Not saved") {
  quiet(row);
  row.about.hidden = false;
  row.about.classList.toggle("wrong", state.startsWith("!"));
  row.message.textContent = text;
  row.asked.replaceChildren(...answers);
  tellState(row, state);
  if (cell) note(row, cell, null);
  const input = row.cells.get(cell);
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", row.message.id);
}
