// The editor of a check-in, over its key result.

/** @import { Trigger } from "../shared/types" */
/** @import { EditedKeyResult as Edited, KeyResultsData } from "./types" */

import { Editor, field, noteInput, numberInput } from "../editing/editor.js";
import { element, select } from "../shared/elements.js";

// The name under which what is typed is kept.
/** @param {string} person @param {number} id */
export function keptCheckIn(person, id) {
  return `form check-in ${id} ${person}`;
}

/**
 * @param {{ data: Pick<KeyResultsData, "version" | "day" | "confidences" | "person">, send: Trigger }} held
 * @param {{ node: HTMLElement, facts: Edited }} card @param {() => void} forgotten
 */
export function checkInEditor(held, { node, facts: result }, forgotten) {
  const { data } = held;
  const value = result.typed ? numberInput(result.exact, "") : null;
  const date = element("input", { type: "date", max: data.day });
  date.value = data.day;
  const choice = select([["", "not given"], ...data.confidences], result.again ? result.confidence : "");
  const note = noteInput();
  const source = result.fed ? `Value fed by ${result.fed}` : "Value counted from its steps";
  const about = value ? field(result.unit ? `Value, ${result.unit}` : "Value", value) : null;
  return new Editor({
    host: node,
    label: `Check in ${result.name}`,
    fields: [
      element("strong", { class: "about" }, result.name),
      about ?? element("p", { class: "source" }, source),
      field("Date", date),
      field("Confidence", choice),
      field("Comment", note),
    ],
    kept: keptCheckIn(data.person, result.id),
    first: value ?? choice,
    version: data.version,
    send: (edit) => held.send("edit", edit),
    read: () => {
      const text = value ? value.value.trim() : "";
      if (value && !text) return "Type a number first, such as 3.4.";
      if (!date.value) return "Choose the date of the check-in.";
      const words = { confidence: choice.value, note: note.value.trim() };
      return { id: result.id, date: date.value, typed: text, ...words };
    },
    back: () => node.querySelector(".number"),
    onClose: forgotten,
    repeats: true,
  });
}
