// The editor of a reading, over its gauge.

/** @import { Choice, Trigger } from "../shared/types" */
/** @import { Period } from "../decisions/types" */
/** @import { EditedGauge as Edited, GaugesData } from "./types" */

import { Editor, field, noteInput, numberInput } from "../editing/editor.js";
import { element, select } from "../shared/elements.js";
import { ofTeam } from "../shared/naming.js";
import { number } from "../shared/numbers.js";
import { valuesOf } from "./sparkline.js";

/** @param {Edited} gauge @param {number} index */
function valueAt({ series, behind }, index) {
  return behind === null ? null : (valuesOf(series).at(-1 - (index - behind)) ?? null);
}

// Only the latest reading is known to the last digit: others are hinted at, or they would be
// saved rounded.
/** @param {Edited} gauge @param {number} index */
function exact(gauge, index) {
  return index === gauge.behind ? gauge.exact : "";
}

/** @param {Edited} gauge @param {number} index */
function hint(gauge, index) {
  const there = valueAt(gauge, index);
  if (there !== null) return `now ${toldApart(gauge, there)}`;
  return gauge.exact ? `was ${gauge.shown}` : "";
}

/** @param {Edited} gauge @param {number} value */
function toldApart({ series }, value) {
  return number(value, ...valuesOf(series));
}

/** @param {Period[]} periods @param {Edited} gauge */
function periodChoice(periods, gauge) {
  const options = periods.map(({ start, name }, index) => {
    const value = valueAt(gauge, index);
    return /** @type {Choice} */ ([start, `${name} · ${value === null ? "not yet" : toldApart(gauge, value)}`]);
  });
  return select([...options, ["", "an earlier date…"]]);
}

// The name under which what is typed is kept.
/** @param {string} person @param {number} id */
export function keptReading(person, id) {
  return `form reading ${id} ${person}`;
}

/**
 * @param {{ data: Pick<GaugesData, "periods" | "version" | "day" | "person">, send: Trigger }} held
 * @param {{ node: HTMLElement, facts: Edited }} card @param {() => void} forgotten
 */
export function gaugeEditor(held, { node, facts: gauge }, forgotten) {
  const { data } = held;
  const periods = data.periods[gauge.cadence] ?? [];
  const value = numberInput(exact(gauge, 0), hint(gauge, 0));
  const choice = periodChoice(periods, gauge);
  const earlier = element("input", { type: "date", max: data.day, "aria-label": "Date" });
  earlier.hidden = periods.length > 0;
  let filled = value.value;
  choice.addEventListener("change", () => {
    earlier.hidden = choice.value !== "";
    if (value.value !== filled) return;
    value.placeholder = hint(gauge, choice.selectedIndex);
    value.value = filled = exact(gauge, choice.selectedIndex);
  });
  const note = noteInput();
  const called = ofTeam(gauge.name, gauge.team);
  return new Editor({
    host: node,
    label: `Enter a reading for ${called}`,
    fields: [
      element("strong", { class: "about" }, called),
      field(gauge.unit ? `Value, ${gauge.unit}` : "Value", value),
      element("div", { class: "when" }, field("For", choice), earlier),
      field("Note", note),
    ],
    kept: keptReading(data.person, gauge.id),
    first: value,
    version: data.version,
    send: (edit) => held.send("edit", edit),
    read: () => {
      const period = choice.value || earlier.value;
      if (!value.value.trim()) return "Type a number first, such as 3.4.";
      if (!period) return "Choose the date it is for.";
      return { id: gauge.id, period, typed: value.value.trim(), note: note.value.trim() };
    },
    back: () => node.querySelector(".number"),
    onClose: forgotten,
    repeats: true,
  });
}
