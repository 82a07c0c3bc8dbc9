// Objectives and their key results. One is drawn anew only when it changed; an open editor never is.

/** @import { Mounted } from "../shared/types" */
/** @import { Guardrail, KeyResult, KeyResults, KeyResultsData, Objective } from "./types" */

import { hearAnswer, openEditor, tick } from "../editing/editor.js";
import { arrange, button, element, emptiness, heading, instance, present, reveal } from "../shared/elements.js";
import { onOpen, open } from "../shared/opening.js";
import { checkInEditor } from "./check_in_editor.js";

export const styles = ["shared/shared.css", "editing/editor.css", "key_results/key_results.css"];

/** @param {HTMLElement} root @returns {KeyResults} */
function createKeyResults(root) {
  const held = /** @type {KeyResults} */ ({ root, editors: new Map(), objectives: new Map(), results: new Map() });
  held.list = element("div", { class: "objectives" });
  const question = "will we arrive? dashed: where we should be today · shade: likely end";
  held.parts = element("div", {}, heading("Destination", question));
  root.append(held.parts, held.list);
  held.leave = onOpen("key result", (id, edit) => visit(held, id, edit));
  return held;
}

/** @param {KeyResults} held @param {number} id @param {boolean} edit */
function visit(held, id, edit) {
  const shown = held.results.get(id);
  if (!shown) return false;
  reveal(shown.node);
  if (edit && held.data.editable && !shown.result.closed) edited(held, id);
  else shown.node.focus({ preventScroll: true });
  return true;
}

/** @param {KeyResults} held */
function render(held) {
  const { objectives, empty } = held.data;
  held.parts.querySelector(".empty")?.remove();
  held.parts.append(...emptiness(empty));
  const here = new Set(objectives.flatMap((objective) => objective.key_results.map(({ id }) => id)));
  for (const [id, shown] of [...held.results]) {
    if (here.has(id) || held.editors.get(id)?.touched) continue;
    held.editors.get(id)?.close();
    shown.node.remove();
    held.results.delete(id);
  }
  const nodes = objectives.map((objective) => block(held, objective));
  const open = [...held.objectives.values()].filter((node) => node.querySelector(".editor"));
  arrange(held.list, [...new Set([...nodes, ...open])]);
}

/** @param {KeyResults} held @param {Objective} objective */
function block(held, objective) {
  const node = held.objectives.get(objective.id) ?? createBlock();
  held.objectives.set(objective.id, node);
  const [header, results, footer] = node.children;
  header.replaceChildren(
    element("h3", {}, named(held, "objective", objective)),
    element("span", { class: "facts" }, objective.facts),
    element("b", { class: "progress", title: "Progress from 0 to 1" }, objective.progress),
    ...(objective.expected ? [element("span", { class: "expected", title: "Progress at the cycle's end" }, objective.expected)] : []),
  );
  const mine = objective.key_results.map((result) => update(held, result));
  const left = [...results.children].filter((result) => result.querySelector(".editor"));
  arrange(results, [...new Set([...mine, ...left])]);
  footer.replaceChildren(...objective.guardrails.map((rail) => guardrail(held, rail)), ...unvalued(objective));
  return node;
}

// Straight to the page: this list itself answers to who wants to see a key result.
/** @param {KeyResults} held @param {string} target @param {{ id: number, name: string }} shown */
function named(held, target, { id, name }) {
  const see = () => held.send("open", { target, id });
  return button(name, { class: "name", title: `${name}: see its history`, onclick: see });
}

function createBlock() {
  const parts = [element("header"), element("div", { class: "key-results" }), element("footer")];
  return element("section", { class: "objective" }, ...parts);
}

/** @param {KeyResults} held @param {Guardrail} rail */
function guardrail(held, { id, name, matter }) {
  const mark = element("i", { "aria-hidden": "true" }, "◆ ");
  const link = button(name, { class: "link", onclick: () => open(held.send, "kpi", id) });
  return element("p", { class: "guardrail" }, mark, "Guardrail: ", link, ` ${matter}`);
}

/** @param {Objective} objective */
function unvalued({ unvalued: text }) {
  return text ? [element("p", { class: "unvalued" }, text)] : [];
}

/** @param {KeyResults} held @param {KeyResult} result */
function update(held, result) {
  const signature = JSON.stringify([result, held.data.editable]);
  const shown = held.results.get(result.id) ?? { node: element("article", { class: "key-result", tabindex: -1 }), result, signature: "" };
  held.results.set(result.id, shown);
  shown.result = result;
  if (shown.signature === signature) return shown.node;
  shown.signature = signature;
  const editor = held.editors.get(result.id)?.form;
  for (const child of [...shown.node.children]) if (child !== editor) child.remove();
  shown.node.prepend(...face(held, result));
  shown.node.dataset.standing = result.standing;
  shown.node.dataset.promise = result.promise;
  shown.node.setAttribute("aria-label", spoken(result));
  return shown.node;
}

/** @param {KeyResults} held @param {KeyResult} result */
function face(held, result) {
  return [
    element(
      "div",
      { class: "what" },
      element("h4", {}, named(held, "key result", result)),
      result.fed ? element("p", { class: "small" }, feed(held, result)) : null,
    ),
    element("div", { class: "way", title: result.prospect }, bar(result), ends(result)),
    element("div", { class: "now" }, reading(held, result), element("small", {}, result.change)),
    sureness(result),
    element(
      "div",
      { class: "phrase", title: result.prospect },
      element("b", {}, result.phrase),
      result.lag ? element("small", {}, result.lag) : null,
      result.basis ? element("small", {}, result.basis) : null,
    ),
  ];
}

// An archived KPI has no page of its own any more.
/** @param {KeyResults} held @param {KeyResult} result */
function feed(held, { fed, kpi }) {
  if (kpi === null) return element("span", { title: `Fed by the KPI ${fed}, which is archived` }, `⟲ ${fed} · archived`);
  return button(`⟲ ${fed}`, {
    class: "link",
    title: `Fed by the KPI ${fed}`,
    onclick: () => open(held.send, "kpi", kpi),
  });
}

/** @param {KeyResult} result */
function ends({ ends: texts }) {
  return element("div", { class: "small ends" }, ...texts.map((text) => element("span", {}, text)));
}

/** @param {KeyResult} result */
function bar({ done, pace, span, standing }) {
  /** @param {number} share */
  const percent = (share) => `${(share * 100).toFixed(1)}%`;
  const part = element("span", { class: "done", style: `width: ${percent(done)}` });
  const shade = span && element("span", { class: "span", style: `--from: ${percent(span[0])}; --to: ${percent(span[1])}` });
  const late = standing === "done" ? null : element("span", { class: "pace", style: `left: ${percent(pace)}` });
  return element("div", { class: "bar", "aria-hidden": "true" }, part, shade, late);
}

/** @param {KeyResult} result */
function sureness({ sureness: { dots, word }, confidence }) {
  if (!confidence) return element("div", { class: "sureness none" }, word);
  return element("div", { class: "sureness" }, element("i", { "aria-hidden": "true" }, dots), " ", word);
}

/** @param {KeyResults} held @param {KeyResult} result */
function reading(held, { id, name, value, unit, exact, checked, closed }) {
  const parts = [element("b", {}, value), exact !== null && unit ? element("small", {}, unit) : null];
  const when = checked ? `Checked in on ${checked}` : "Not checked in yet";
  if (!held.data.editable || closed) return element("span", { class: "number", title: when }, ...parts);
  const label = `${name}: ${value}${unit ? ` ${unit}` : ""}. Check in`;
  const act = { onclick: () => edited(held, id), "aria-label": label, title: `${when}. Check in` };
  return element("button", { type: "button", class: "number", ...act }, ...parts);
}

/** @param {KeyResult} result */
function spoken(result) {
  const now = present([result.value, result.unit]).join(" ");
  const said = result.confidence ? `confidence ${result.confidence}` : result.sureness.word;
  const ahead = result.prospect || result.phrase;
  return present([result.name, result.way, `now ${now}`, result.change, said, result.lag, ahead]).join(", ");
}

/** @param {KeyResults} held @param {number} id */
function edited(held, id) {
  const shown = held.results.get(id);
  if (shown) openEditor(held.editors, id, (forgotten) => checkInEditor(held, shown, forgotten));
}

/** @param {Mounted<KeyResultsData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const held = instance(parentElement, createKeyResults);
  held.data = data;
  held.send = setTriggerValue;
  render(held);
  hearAnswer(held.editors, data.answer, (id) => tick(held.results.get(id)?.node));
  if (data.focus !== null && data.focus !== held.focus) visit(held, data.focus, false);
  held.focus = data.focus;
  return held.leave;
}
