// What the page proposes for a row, one part after the other: nothing is saved by itself.

import { button } from "../shared/elements.js";
import { complain, draftOf, fill, keyOf, leave, quiet, tellState, told } from "./row.js";

export function offer(table) {
  const { offered } = table.data;
  if (!offered || table.offered === offered.nonce) return;
  const row = table.rows.get(`${table.data.table} ${offered.id}`);
  if (!row) return;
  table.offered = offered.nonce;
  ask(table, row, offered.parts);
}

// A part that is `shown` stands in its cells meanwhile as if it had been typed.
function ask(table, row, [part, ...others]) {
  const cells = Object.entries(part.cells).filter(([cell, text]) => told(table, row, cell) !== text);
  const type = () => {
    for (const [cell, text] of cells) draftOf(table, row, cell, text);
    fill(table, row);
  };
  const goOn = () => {
    quiet(row);
    if (others.length) ask(table, row, others);
  };
  const save = () => {
    type();
    for (const [cell] of cells) leave(table, row, cell);
    goOn();
  };
  const drop = () => {
    if (part.shown) for (const [cell] of cells) table.drafts.drop(keyOf(table, row.key, cell));
    fill(table, row);
    if (part.shown) tellState(row, "");
    goOn();
  };
  const answers = [button(part.save, { class: "primary", onclick: save }), button("Leave it as it was", { onclick: drop })];
  const alone = [button(others.length ? "Next" : "Close", { onclick: goOn })];
  if (part.shown) type();
  const state = part.shown ? (cells.length ? "◌ Not saved yet" : "") : row.state.textContent;
  complain(row, null, part.reason, cells.length ? answers : alone, state);
  row.asked.querySelector("button").focus();
}
