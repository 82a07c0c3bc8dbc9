// The form in which a KPI is rerouted where no drawer opens: a recovery, filled in, open to change.

/** @import { RerouteOptions } from "./types" */

import { Editor, field } from "../editing/editor.js";
import { element, select } from "../shared/elements.js";
import { personChoice } from "./form.js";

/** @param {RerouteOptions} options */
export function rerouteEditor({ host, about, recovery, form, send, back, onClose }) {
  const { longest } = recovery;
  const objective = words(recovery.objective, longest.name);
  const result = words(recovery.key_result, longest.name);
  const reason = words(recovery.reason, longest.text);
  const periods = element("input", { type: "number", min: recovery.fewest, max: recovery.most });
  periods.value = String(recovery.periods);
  const cycle = select(recovery.cycles.map(({ id, name }) => [id, name]), recovery.cycle);
  const owner = personChoice(form.people, about.owner || form.person);
  const editor = new Editor({
    host,
    label: `Reroute ${about.title}`,
    fields: [
      element("strong", { class: "about" }, about.title),
      element("p", { class: "meaning" }, form.kinds.reroute.about, " ", recovery.beside),
      field("Objective", objective),
      field("Key result", result),
      element("div", { class: "side" }, field(recovery.how_long, periods), field("Cycle", cycle)),
      field("Who", owner),
      field("Why", reason),
    ],
    kept: keptReroute(form.person, about.id),
    first: objective,
    send,
    read: () => {
      if (!objective.value.trim()) return "Name the objective: what is to be achieved?";
      if (!result.value.trim()) return "Name the key result: what holds it?";
      if (!reason.value.trim()) return "Say why in a few words: others will want to know.";
      const count = Number(periods.value);
      if (!Number.isInteger(count) || count < recovery.fewest || count > recovery.most) return `Hold it for ${recovery.fewest} to ${recovery.most}: type a whole number.`;
      const said = { objective: objective.value.trim(), key_result: result.value.trim(), reason: reason.value.trim() };
      return { id: about.id, ...said, owner: owner.value, periods: count, cycle: Number(cycle.value) };
    },
    verb: () => form.kinds.reroute.verb,
    back,
    onClose,
  });
  editor.form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    editor.submit();
  });
  return editor;
}

// The name under which what is typed is kept.
/** @param {string} person @param {number} id */
export function keptReroute(person, id) {
  return `form reroute ${id} ${person}`;
}

// Words with room for all of them; Enter sends them, as it does from a field of one line.
/** @param {string} proposed @param {number} longest */
function words(proposed, longest) {
  const node = element("textarea", { maxlength: longest, rows: 2 });
  node.value = proposed;
  return node;
}
