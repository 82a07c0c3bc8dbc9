// Putting a row away, and giving to somebody else what stands in the way of that.

import { button, element } from "../shared/elements.js";
import { holding, send } from "./index.js";
import { NOT_SAVED, complain, quiet, settle, tellState } from "./row.js";

const NOT_ARCHIVED = "! Not archived";

export function archive(table, row) {
  const go = () => {
    quiet(row);
    send(table, { row, archived: true, drafts: [], edit: { id: row.facts.id, archive: true, seen: table.data.version } });
  };
  const keep = button("Keep it", { onclick: () => quiet(row) });
  complain(row, null, table.data.archiving, [keep, button("Archive", { class: "primary", onclick: go })], "");
  keep.focus();
}

export function heardArchived(table, row, answer) {
  if (answer.kind === "saved") dropRow(table, row);
  else if (answer.field === "owned") askHeir(table, row, answer.message);
  else complain(row, null, answer.message || NOT_SAVED, [], NOT_ARCHIVED);
}

// Who owns something is put away once somebody else has it all.
function askHeir(table, row, message) {
  const others = table.data.heirs.filter(({ id }) => id !== row.facts.id);
  if (!others.length) {
    complain(row, null, message, [], NOT_ARCHIVED);
    return;
  }
  const options = others.map(({ id, name }) => element("option", { value: id }, name));
  const label = `Hand all of ${row.facts.name} to`;
  const heir = element("select", { "aria-label": label }, element("option", { value: "" }, "Hand all to …"), ...options);
  const go = () => {
    if (!heir.value) {
      heir.focus();
      return;
    }
    const edit = { id: row.facts.id, hand_to: Number(heir.value), seen: table.data.version };
    quiet(row);
    send(table, { row, handed: true, drafts: [], edit });
  };
  const keep = button("Keep it", { onclick: () => settle(row) });
  complain(row, null, message, [heir, button("Hand over", { class: "primary", onclick: go }), keep], NOT_ARCHIVED);
  heir.focus();
}

export function heardHanded(table, row, answer) {
  if (answer.kind !== "saved") {
    askHeir(table, row, answer.message || NOT_SAVED);
    return;
  }
  archive(table, row);
  tellState(row, "✓ Handed over");
}

export function dropRow(table, row) {
  for (const [key] of table.drafts.of(row.key)) table.drafts.drop(key);
  table.rows.delete(row.key);
  for (const node of row.nodes) node.remove();
  holding(table);
}
