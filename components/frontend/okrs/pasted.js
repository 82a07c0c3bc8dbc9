// Which cells of a key result what is copied goes into.

/** @import { OkrRow } from "./row.js" */

import { choiceOf } from "../grid/paste.js";

/** @type {Record<string, (string | null)[]>} */
const PASTED = {
  metric: ["name", "kind", "start", "target", "unit", "weight", "owner", "kpi"],
  milestone: ["name", "kind", "steps", null, null, "weight", "owner", "kpi"],
  hold: ["name", "kind", "hold_periods", null, null, "weight", "owner", "kpi"],
};

// A milestone and a hold have one cell under From, To and Unit: what is copied may have it so too.
/** @param {OkrRow} first @param {OkrRow | undefined} row @param {string} from @param {string[]} line */
export function pastedInto(first, row, from, line) {
  const at = PASTED[first.kind].indexOf(from);
  const kind = kindSaid(first, line[1 - at] ?? "") ?? (row ?? first).kind;
  const wide = PASTED[kind].slice(at);
  const isWide = wide.every((name, to) => name || !line[to]);
  const label = first.cells.get(PASTED.metric[at] ?? "")?.column.label;
  if (!isWide && at > 2) return `A ${kind} has no “${label}”: not all of this fits here.`;
  return isWide ? wide : wide.filter(Boolean);
}

/** @param {OkrRow} row @param {string} said */
function kindSaid(row, said) {
  const column = row.cells.get("kind")?.column;
  const kind = column && choiceOf(column, said);
  return column?.options.find(({ value }) => value === kind)?.value;
}
