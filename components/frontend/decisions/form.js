// The form in which people decide about a KPI: the same on a card and in a row of a list.

/** @import { Decision, DecisionOptions, Period } from "./types" */
/** @import { Choice } from "../shared/types" */

import { Editor, field } from "../editing/editor.js";
import { valuesOf } from "../gauges/sparkline.js";
import { button, element, select } from "../shared/elements.js";
import { number } from "../shared/numbers.js";

const ASKS = { act: ["who", "due"], acknowledge: ["again"], rebase: ["since"], dismiss: ["reading"] };
/** @type {Record<string, string>} */
const DAYS = { act: "due", acknowledge: "again", rebase: "since", dismiss: "reading" };
const LONGEST = { name: 200, text: 2000 };
/** @type {Choice} */
export const NOBODY = ["", "choose who does it"];

/** @param {DecisionOptions} options */
export function decisionEditor({ host, about, form, kind: first, send, back, onClose, onReroute }) {
  const { id, title, own } = about;
  const offered = form.cadences[own.cadence];
  const readings = readingsOf(own, offered.periods);
  /** @type {Record<string, HTMLInputElement | HTMLSelectElement>} */
  const inputs = {
    who: personChoice(form.people, own.owner || form.person),
    due: dayInput(form.today, form.latest, offered.due),
    again: dayInput(form.tomorrow, form.latest, offered.again),
    since: periodChoice(readings.map(({ period }) => period), Math.max(own.unusual, 1) - 1),
    reading: periodChoice(readings.filter(({ value }) => value !== null).map(named), 0),
  };
  const words = element("input", {});
  // It is kept with all else that is typed, and what is kept of it is chosen again.
  const chosen = element("input", { type: "hidden", value: first });
  const kind = () => /** @type {Decision} */ (chosen.value);
  chosen.addEventListener("change", () => choose(kind()));
  const wordsLabel = field("", words);
  const meaning = element("p", { class: "meaning" });
  const asked = {
    who: field("Who", inputs.who),
    due: field("By when", inputs.due),
    again: field("Look again on", inputs.again),
    since: field("Since", inputs.since),
    reading: field("Which reading", inputs.reading),
  };
  const known = /** @type {Decision[]} */ (Object.keys(form.kinds)).filter(isOffered);
  const choices = known.map((each) => button(form.kinds[each].name, { "data-decision": each, onclick: () => choose(each) }));
  const editor = new Editor({
    host,
    label: `Decide about ${title}`,
    fields: [
      element("strong", { class: "about" }, title),
      element("div", { class: "kinds", role: "group", "aria-label": "Decision", hidden: choices.length < 2 }, ...choices),
      meaning,
      element("div", { class: "asked" }, asked.who, asked.since, asked.reading, wordsLabel, asked.due, asked.again),
      chosen,
    ],
    kept: keptDecision(form.person, about),
    first: words,
    send,
    read,
    verb: () => form.kinds[kind()].verb,
    back,
    onClose,
  });
  choose(first);

  /** @param {Decision} each */
  function isOffered(each) {
    if (each === "reroute") return Boolean(onReroute);
    return inputs[DAYS[each]].tagName === "INPUT" || readings.length > 0;
  }

  // A recovery takes more than a line: it is planned in a drawer of its own.
  /** @param {Decision} wanted */
  function choose(wanted) {
    if (wanted === "reroute") {
      editor.close();
      onReroute?.();
      return;
    }
    chosen.value = wanted;
    const { about: text, words: label, hint } = form.kinds[wanted];
    for (const node of choices) node.setAttribute("aria-pressed", String(node.dataset.decision === wanted));
    const asks = ASKS[wanted];
    for (const [name, node] of Object.entries(asked)) node.hidden = !asks.includes(name);
    meaning.textContent = text;
    wordsLabel.firstChild?.replaceWith(element("span", {}, label));
    words.placeholder = hint;
    words.maxLength = wanted === "act" ? LONGEST.name : LONGEST.text;
    editor.say("");
    editor.showBusy();
    editor.focus();
    if (editor.touched) editor.keep();
  }

  function read() {
    const text = words.value.trim();
    const isAct = kind() === "act";
    if (isAct && !inputs.who.value) return "Choose who does it.";
    if (!text) return isAct ? "Say what will be done: a few words are enough." : "Say why in a few words: others will want to know.";
    const day = inputs[DAYS[kind()]].value;
    if (!day) return isAct ? "Choose a day by which it is done." : "Choose a day to look again.";
    return { id, kind: kind(), text, day, owner: isAct ? inputs.who.value : "" };
  }

  return editor;
}

// The name under which what is typed is kept.
/** @param {string} person @param {{ id: number, target?: string }} about */
export function keptDecision(person, { id, target = "kpi" }) {
  return `form decision ${target} ${id} ${person}`;
}

/** @param {DecisionOptions["about"]["own"]} own @param {Period[]} periods */
function readingsOf({ latest, series }, periods) {
  if (latest === null) return [];
  const values = valuesOf(series).reverse();
  return periods.slice(latest).map((period, at) => ({ period, value: values[at] ?? null }));
}

/** @param {{ period: Period, value: number | null }} reading */
function named({ period, value }) {
  return { ...period, name: `${period.name} · ${number(value ?? 0)}` };
}

/** @param {string[]} people @param {string} chosen */
export function personChoice(people, chosen) {
  const names = people.includes(chosen) || !chosen ? people : [chosen, ...people];
  return select([...(chosen ? [] : [NOBODY]), ...names], chosen);
}

/** @param {string} min @param {string} max @param {string} value */
function dayInput(min, max, value) {
  return element("input", { type: "date", min, max, value });
}

/** @param {Period[]} periods @param {number} chosen */
function periodChoice(periods, chosen) {
  const choice = select(periods.map(({ start, name }) => [start, name]));
  choice.selectedIndex = Math.min(chosen, periods.length - 1);
  return choice;
}
