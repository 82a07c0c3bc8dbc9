// Putting a row away, and giving to somebody else what stands in the way of that.

/** @import { Verdict } from "../editing/types" */
/** @import { Row, Table } from "./types" */

import { NOT_SAVED } from "../editing/protocol.js";
import { button, element } from "../shared/elements.js";
import { complain, quiet, rest, tellState } from "./state.js";

const NOT_ARCHIVED = "! Not archived";

/** @param {Table} table @param {Row} row */
export function archive(table, row) {
  const go = () => {
    quiet(row);
    tellState(row, "Saving…");
    const edit = { id: row.facts.id, archive: true, seen: table.data.version };
    table.edits.act({ act: "archive", row, drafts: [], edit });
  };
  const keep = button("Keep it", { onclick: () => quiet(row) });
  complain(row, null, table.data.archiving, [keep, button("Archive", { class: "primary", onclick: go })], "");
  keep.focus();
}

/** @param {Table} table @param {Row} row @param {Verdict} verdict */
export function heardArchived(table, row, { kind, field, message }) {
  if (kind === "saved") dropRow(table, row);
  else if (field === "owned") askHeir(table, row, message || NOT_SAVED);
  else complain(row, null, message || NOT_SAVED, [], NOT_ARCHIVED);
}

// Who owns something is put away once somebody else has it all.
/** @param {Table} table @param {Row} row @param {string} message */
function askHeir(table, row, message) {
  const others = table.data.heirs.filter(({ id }) => id !== row.facts.id);
  if (!others.length) return complain(row, null, message, [], NOT_ARCHIVED);
  const options = others.map(({ id, name }) => element("option", { value: id }, name));
  const label = `Hand all of ${row.facts.name} to`;
  const heir = element("select", { "aria-label": label }, element("option", { value: "" }, "Hand all to …"), ...options);
  const go = () => {
    if (!heir.value) return heir.focus();
    const edit = { id: row.facts.id, hand_to: Number(heir.value), seen: table.data.version };
    quiet(row);
    tellState(row, "Saving…");
    table.edits.act({ act: "hand over", row, drafts: [], edit });
  };
  const keep = button("Keep it", { onclick: () => rest(row) });
  complain(row, null, message, [heir, button("Hand over", { class: "primary", onclick: go }), keep], NOT_ARCHIVED);
  heir.focus();
}

/** @param {Table} table @param {Row} row @param {Verdict} verdict */
export function heardHanded(table, row, { kind, message }) {
  if (kind !== "saved") return askHeir(table, row, message || NOT_SAVED);
  archive(table, row);
  tellState(row, "✓ Handed over");
}

/** @param {Table} table @param {Row} row */
export function dropRow(table, row) {
  for (const [key] of table.edits.drafts.of(row.key)) table.edits.drafts.drop(key);
  table.rows.delete(row.key);
  for (const node of row.nodes) node.remove();
}
