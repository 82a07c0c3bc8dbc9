// What the page proposes for a row, one part after the other: nothing is saved by itself.

/** @import { Part } from "./types" */
/** @import { SettingRow } from "./row.js" */

import { button, found } from "../shared/elements.js";

/** @param {import("./index.js").Settings} settings */
export function offer(settings) {
  const { offered, table } = settings.data;
  if (!offered || settings.offered === offered.nonce) return;
  const row = settings.rows.get(`${table} ${offered.id}`);
  if (!row) return;
  settings.offered = offered.nonce;
  ask(row, offered.parts);
}

// A part that is `shown` stands in its cells meanwhile as if it had been typed.
/** @param {SettingRow} row @param {Part[]} parts */
function ask(row, [part, ...others]) {
  const cells = Object.entries(part.cells).filter(([name, text]) => row.standing(name) !== text);
  const type = () => {
    for (const [name, text] of cells) row.type(name, text);
    row.fill();
  };
  const goOn = () => {
    row.settle();
    if (others.length) ask(row, others);
  };
  const save = () => {
    type();
    for (const [name] of cells) row.leave(name);
    goOn();
  };
  const drop = () => {
    if (part.shown) for (const [name] of cells) row.forget(name);
    goOn();
  };
  const answers = [button(part.save, { class: "primary", onclick: save }), button("Leave it as it was", { onclick: drop })];
  const alone = [button(others.length ? "Next" : "Close", { onclick: goOn })];
  if (part.shown) type();
  row.ask(part.reason, cells.length ? answers : alone);
  found(row.complaints.asked, "button").focus();
}
