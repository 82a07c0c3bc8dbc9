// What is asked about a spreadsheet: one line each, with what each answer would make of a cell.

/** @import { Question } from "./types" */
/** @import { Choice } from "../shared/types" */

import { button, element, select } from "../shared/elements.js";

const FEW = 4;

/** @typedef {{ unfolded: Set<string>, render: () => void, correct: (what: string, about: string, said: string) => void }} Held */

/** @param {Question} question @param {Held} held */
export function ask(question, held) {
  const isUnfolded = held.unfolded.has(question.key);
  const state = question.answered ? "answered" : question.taken ? "proposed" : "open";
  const acts = question.taken && !isUnfolded ? settled(question, held) : readings(question, held);
  return element("div", { class: "ask", "data-about": question.key, "data-state": state, role: "group", "aria-label": `${question.lead} ${question.asked}` }, sentence(question), ...acts);
}

/** @param {Question} question */
function sentence({ lead, cell, asked, taken, answered, named }) {
  const begins = lead ? [element("strong", {}, lead), ": "] : [];
  if (!taken) return element("p", {}, "? ", ...begins, cell, cell ? " – " : "", asked);
  const is = cell && !named ? `${cell} is read as ` : "";
  return element("p", {}, answered ? "✓ " : "", ...begins, is, element("strong", {}, taken), ".");
}

/** @param {Question} question @param {Held} held */
function settled(question, held) {
  const unfold = () => {
    held.unfolded.add(question.key);
    held.render();
  };
  const change = button(question.answered ? "Change" : "No, …", { "data-key": `change ${question.key}`, onclick: unfold });
  if (question.answered) return [change];
  return [button("Yes", { "data-key": `yes ${question.key}`, onclick: () => answer(question, held, question.code) }), change];
}

/** @param {Question} question @param {Held} held */
function readings(question, held) {
  const others = question.readings.filter(({ code }) => code !== question.code || !question.taken);
  const buttons = others.slice(0, FEW).map(({ code, text }) => button(text, { "data-key": `answer ${question.key} ${code}`, onclick: () => answer(question, held, code) }));
  const rest = others.length > FEW ? [pick(question, held, others.slice(FEW))] : [];
  return [...buttons, ...rest, ...(question.named ? [name(question, held)] : [])];
}

/** @param {Question} question @param {Held} held @param {Question["readings"]} others */
function pick(question, held, others) {
  const onchange = (/** @type {any} */ event) => answer(question, held, event.target.value);
  /** @type {Choice[]} */
  const choices = others.map(({ code, text }) => [code, text]);
  return select([["", "another …"], ...choices], "", { "aria-label": "Another answer", onchange });
}

/** @param {Question} question @param {Held} held */
function name(question, held) {
  return element("input", {
    type: "text",
    maxlength: 200,
    placeholder: "or type its name",
    "aria-label": question.asked,
    "data-key": `name ${question.key}`,
    onchange: (/** @type {any} */ event) => event.target.value.trim() && answer(question, held, event.target.value.trim()),
  });
}

/** @param {Question} question @param {Held} held @param {string} code */
function answer(question, held, code) {
  if (!code) return;
  held.unfolded.delete(question.key);
  held.correct("answer", question.key, code);
}
