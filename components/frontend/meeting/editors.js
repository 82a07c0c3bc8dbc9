// What is typed in a check-in: a value, a confidence, a decision, an action, a note.

/** @import { Item, MeetingData } from "./types" */
/** @typedef {"value" | "decide" | "reroute" | "action" | "note"} What */
/** @typedef {{ data: MeetingData, send: (name: string, value: unknown) => void, host: HTMLElement, item: Item, back: () => HTMLElement | null, onClose: () => void }} Held */

import { NOBODY, decisionEditor, keptDecision } from "../decisions/form.js";
import { keptReroute, rerouteEditor } from "../decisions/reroute.js";
import { Editor, field } from "../editing/editor.js";
import { kept } from "../editing/kept.js";
import { gaugeEditor, keptReading } from "../gauges/reading_editor.js";
import { checkInEditor, keptCheckIn } from "../key_results/check_in_editor.js";
import { element, select } from "../shared/elements.js";

// What somebody had begun to type about an item before the page came anew.
/** @param {MeetingData} data @param {Item} item */
export function begun({ person }, item) {
  const { gauge, key_result } = item;
  const value = gauge ? keptReading(person, gauge.id) : keptCheckIn(person, key_result?.id ?? 0);
  const about = { id: gauge?.id ?? 0 };
  /** @type {[What, string][]} */
  const names = [
    ["value", value],
    ["decide", keptDecision(person, about)],
    ["reroute", keptReroute(person, about.id)],
    ["action", keptAction(person, item)],
    ["note", keptNote(person, item)],
  ];
  return names.find(([, name]) => kept(name))?.[0];
}

/** @param {string} person @param {Item} item */
function keptAction(person, { id }) {
  return `form action ${id} ${person}`;
}

/** @param {string} person @param {Item} item */
function keptNote(person, { id }) {
  return `form note ${id} ${person}`;
}

// What a twin sends as an edit goes under the name of its kind.
/** @param {Held} held @param {string} name */
function named(held, name) {
  return { data: held.data, send: (/** @type {string} */ _name, /** @type {unknown} */ edit) => held.send(name, edit) };
}

/** @param {Held} held */
export function valueEditor(held) {
  const { item, host } = held;
  if (item.gauge) return gaugeEditor(named(held, "reading"), { node: host, facts: item.gauge }, held.onClose);
  if (item.key_result) return checkInEditor(named(held, "check_in"), { node: host, facts: item.key_result }, held.onClose);
  return null;
}

/** @param {Held} held @param {"act" | "acknowledge"} kind @param {() => void} onReroute */
export function decideEditor(held, kind, onReroute) {
  const { item, data } = held;
  if (!item.decide || !item.gauge) return null;
  return decisionEditor({
    ...held,
    about: { id: item.gauge.id, title: item.name, own: item.decide },
    form: data.form,
    kind,
    send: (edit) => held.send("decision", edit),
    onReroute: item.recovery ? onReroute : undefined,
  });
}

// No drawer lies over a screen that all look at: a recovery is agreed in place.
/** @param {Held} held */
export function recoveryEditor(held) {
  const { item, data } = held;
  if (!item.decide || !item.gauge || !item.recovery) return null;
  return rerouteEditor({
    ...held,
    about: { id: item.gauge.id, title: item.name, owner: item.decide.owner },
    recovery: item.recovery,
    form: data.form,
    send: (edit) => held.send("reroute", edit),
  });
}

/** @param {Held} held */
export function actionEditor(held) {
  const { item, data } = held;
  const { people, person, today, latest } = data.form;
  const who = select([NOBODY, ...people], people.includes(person) ? person : "");
  const what = element("input", { maxlength: 200, placeholder: "call the three largest" });
  const due = element("input", { type: "date", min: today, max: latest, value: weekAfter(today) });
  return new Editor({
    ...held,
    label: `Agree an action about ${item.name}`,
    fields: [element("strong", { class: "about" }, item.name), field("What", what), field("Who", who), field("By when", due)],
    kept: keptAction(data.person, item),
    first: what,
    version: data.version,
    send: (edit) => held.send("plan", edit),
    read: () => {
      if (!what.value.trim()) return "Say what will be done: a few words are enough.";
      if (!who.value) return "Choose who does it.";
      if (!due.value) return "Choose a day by which it is done.";
      return { id: item.id, what: what.value.trim(), owner: who.value, due: due.value };
    },
    verb: () => "Agree",
  });
}

/** @param {Held} held */
export function noteEditor(held) {
  const { item, data } = held;
  const text = element("input", { maxlength: 2000, placeholder: "watch one more week" });
  text.value = item.said;
  return new Editor({
    ...held,
    label: `Note what was said of ${item.name}`,
    fields: [element("strong", { class: "about" }, item.name), field("What was said", text)],
    kept: keptNote(data.person, item),
    first: text,
    version: data.during?.version ?? data.version,
    send: (edit) => held.send("said", edit),
    read: () => ({ id: item.id, typed: text.value.trim() }),
  });
}

/** @param {string} today */
function weekAfter(today) {
  const day = new Date(`${today}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 7);
  return day.toISOString().slice(0, 10);
}
