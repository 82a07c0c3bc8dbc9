// While a check-in goes on: one item at a time, large, with what may be done about it.

/** @import { Act, During, MeetingData } from "./types" */
/** @typedef {{ name: string, key: string, act: () => void, primary?: boolean, pressed?: boolean }} Verb */

import { button, drawn, element, select } from "../shared/elements.js";
import { chart, lane } from "./chart.js";
import { head } from "./head.js";

export const KEYS = [
  ["→ ←", "next and back"],
  ["E", "edit the value"],
  ["D", "decide"],
  ["A", "agree an action"],
  ["N", "note what was said"],
  ["V", "vote on a key result"],
  ["1 – 4", "give your vote, or record what you agree on"],
  ["S", "skip"],
  ["K", "park for next time"],
  ["P", "pause"],
  ["Z", "undo what you saved last"],
  ["?", "help, and how to join"],
];

/** @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {MeetingData} data @param {During} during @param {HTMLElement} times @param {HTMLElement[]} also */
export function bar(data, { item, position, count, driver, drives, here }, times, also) {
  const leads = drives ? "you lead" : driver ? `${driver} leads` : "nobody leads";
  return element(
    "header",
    { class: "bar" },
    element("strong", {}, `${data.team} · check-in`),
    element("span", {}, `${position + 1} of ${count} · ${item.part}`),
    element("progress", { max: count, value: position + 1, "aria-label": "How far the agenda has come" }),
    times,
    element("span", { title: here.join(", ") }, `${leads} · ${here.length} here`),
    element("span", { class: "verbs also" }, ...also),
  );
}

/** @param {During} during */
export function face({ item, position, next }) {
  return [
    head(item),
    item.lane ? lane(item.lane) : null,
    item.chart ? chart(item.chart) : null,
    element("div", { class: "sentences" }, element("p", {}, item.sentence), item.last ? element("p", { class: "quiet" }, item.last) : null, item.said ? element("p", { class: "said" }, `“${item.said}”`) : null),
    votes(item.votes, item.apart),
    element("span", { class: "unseen", role: "status", "aria-live": "polite" }, `${position + 1}: ${item.name}. ${next ? "" : "The last one."}`),
  ];
}

/** @param {During["item"]["votes"]} given @param {boolean} apart */
function votes(given, apart) {
  if (!given.length) return null;
  const rows = given.map(({ word, count }) => element("span", { class: "vote" }, element("b", {}, String(count)), word));
  return element("div", { class: "votes", "data-apart": String(apart) }, ...rows, apart ? element("span", { class: "quiet" }, "You see this differently: talk it through.") : null);
}

/** @param {Verb} verb @param {boolean} disabled */
export function verb({ name, key, act, primary, pressed }, disabled = false) {
  const node = button("", { class: primary ? "primary" : name ? "" : "bare", title: name, onclick: act, disabled, "aria-keyshortcuts": key, "aria-label": name ? null : "Help, and how to join", "aria-pressed": pressed === undefined ? null : String(pressed) });
  node.append(...(name ? [element("span", {}, name)] : []), element("kbd", { "aria-hidden": "true" }, key));
  return node;
}

// What a press on a confidence does now: it is one's vote, or, once all are shown, what is recorded.
/** @param {During} during */
export function ballotDoes({ voting, drives, item }) {
  if (voting) return "vote";
  return drives && item.middle && item.key_result ? "record" : "";
}

/** @param {During} during @param {string[]} confidences @param {(act: Act) => void} send */
export function ballot(during, confidences, send) {
  const { voted, here, has_voted, item } = during;
  const did = ballotDoes(during);
  if (!did) return null;
  const isVote = did === "vote";
  const given = item.key_result?.again ? item.key_result.confidence : "";
  const words = confidences.map((word, at) => {
    const act = () => send({ did, word, shown: item.position });
    const agreed = isVote ? {} : { primary: word === (given || item.middle), pressed: word === given };
    return verb({ name: word, key: String(at + 1), act, ...agreed });
  });
  const [label, question, state] = isVote
    ? ["Your vote", "How confident are you?", `${voted} of ${here.length} in${has_voted ? " · yours is" : ""}`]
    : ["What you agree on", "What do you agree on?", given ? `Recorded today: ${given}.` : `The middle of the votes is ${item.middle}.`];
  return element("div", { class: "ballot surface", role: "group", "aria-label": label }, element("b", {}, question), ...words, element("span", { class: "quiet" }, state));
}

/** @param {string} address @param {string[]} code @param {string[]} here @param {() => void} close */
export function help(address, code, here, close) {
  const rows = KEYS.flatMap(([key, text]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, text)]);
  const join = code.length ? [element("h2", {}, "Join"), picture(code), element("p", { class: "address" }, address)] : [];
  return element(
    "div",
    { class: "help surface", role: "group", "aria-label": "Help" },
    element("section", {}, element("h2", {}, "Keys"), element("dl", {}, ...rows)),
    element("section", {}, ...join, element("h2", {}, "Here"), element("p", {}, here.join(", ") || "Nobody by name")),
    button("Close", { onclick: close }),
  );
}

// A code that a phone reads: dark on light in any theme, with the quiet edge that readers need.
/** @param {string[]} rows */
function picture(rows) {
  const edge = 4;
  const size = rows.length + 2 * edge;
  const dots = rows.flatMap((row, y) => [...row].map((dot, x) => (dot === "1" ? `M ${x + edge} ${y + edge} h 1 v 1 h -1 z` : "")));
  return drawn(
    "svg",
    { viewBox: `0 0 ${size} ${size}`, class: "code", role: "img", "aria-label": "Code to join with a phone" },
    drawn("rect", { width: size, height: size, class: "light" }),
    drawn("path", { d: dots.join(""), class: "dark", "shape-rendering": "crispEdges" }),
  );
}

/** @param {string} label @param {string[]} names @param {(name: string) => void} pick */
function choice(label, names, pick) {
  const node = select([["", label], ...names], "", { "aria-label": label });
  node.addEventListener("change", () => node.value && pick(node.value));
  return node;
}

/** @param {MeetingData} data @param {During} during @param {(act: Act) => void} send */
export function people(data, { here, driver, drives, driver_is_here }, send) {
  if (!data.person) return [choice("Who are you?", data.people, (word) => send({ did: "who", word }))];
  const others = here.filter((name) => name !== driver);
  if (drives) return others.length ? [choice("Hand over to…", others, (word) => send({ did: "hand over", word }))] : [];
  const name = driver_is_here || !driver ? "Take over" : `${driver} has gone: take over`;
  return [button(name, { onclick: () => send({ did: "take over" }), "data-away": String(!driver_is_here) })];
}
