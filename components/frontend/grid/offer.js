// What the page proposes for a row, one part after the other: nothing is saved by itself.

/** @import { Part, Row, Table } from "./types" */

import { button, found } from "../shared/elements.js";
import { dropDraft, fill, keepDraft, leave, told } from "./row.js";
import { complain, quiet, tellState } from "./state.js";

/** @param {Table} table */
export function offer(table) {
  const { offered } = table.data;
  if (!offered || table.offered === offered.nonce) return;
  const row = table.rows.get(`${table.data.table} ${offered.id}`);
  if (!row) return;
  table.offered = offered.nonce;
  ask(table, row, offered.parts);
}

// A part that is `shown` stands in its cells meanwhile as if it had been typed.
/** @param {Table} table @param {Row} row @param {Part[]} parts */
function ask(table, row, [part, ...others]) {
  const cells = Object.entries(part.cells).filter(([cell, text]) => told(row, cell) !== text);
  const type = () => {
    for (const [cell, text] of cells) keepDraft(table, row, cell, text);
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
    if (part.shown) for (const [cell] of cells) dropDraft(table, row, cell);
    if (part.shown) tellState(row, "");
    goOn();
  };
  const answers = [button(part.save, { class: "primary", onclick: save }), button("Leave it as it was", { onclick: drop })];
  const alone = [button(others.length ? "Next" : "Close", { onclick: goOn })];
  if (part.shown) type();
  const state = part.shown ? (cells.length ? "◌ Not saved yet" : "") : (row.state.textContent ?? "");
  complain(row, null, part.reason, cells.length ? answers : alone, state);
  found(row.asked, "button").focus();
}
