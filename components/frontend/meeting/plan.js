// Before a check-in: when the last one was, what is still due, the agenda; and the last minutes.

/** @import { Trigger } from "../shared/types" */
/** @import { Before, Minutes } from "./types" */

import { button, element, present } from "../shared/elements.js";
import { leadLink, link } from "../shared/links.js";

/**
 * @typedef {{
 *   editable: boolean, send: Trigger, start: () => void, tick: (id: number) => void, told: Node | null,
 * }} Acts
 */

/** @param {Before} before @param {Acts} acts */
export function plan({ title, last, is_done, more, agenda, owed, none_owed, to_do, rhythm }, acts) {
  const { editable, send, start } = acts;
  const open = (/** @type {string} */ target, id = 0) => send("open", { target, id });
  const parts = Map.groupBy(agenda, ({ part }) => part);
  const items = [...parts].map(([part, found]) =>
    element("section", { class: "part" }, element("h3", {}, part), element("ol", {}, ...found.map(({ name, whose, reason, lead }) =>
      element("li", {}, lead ? leadLink(lead, { send }) : element("b", {}, name), element("span", {}, [reason, whose].filter(Boolean).join(" · ")))))),
  );
  return [
    element("header", { class: "top" },
      element("div", {}, element("h1", {}, title), element("p", { class: "last" }, last)),
      link("Show on the wall", { page: "check-in", query: { wall: 1 } }, () => open("wall"), { class: "link to-wall" }),
      editable ? button(is_done ? "Start another" : "Start the check-in", { class: is_done ? "start" : "primary start", onclick: start }) : null),
    element("div", { class: "columns" },
      element("div", { class: "column" },
        element("section", { class: "surface agenda", "aria-label": "Agenda" }, element("h2", {}, is_done ? "Next time, as it is now" : "Agenda"), ...items, more ? element("p", { class: "quiet" }, more) : null),
        to_do.length || acts.told ? element("section", { class: "surface todo", "aria-label": "To do" }, element("h2", {}, "To do"), ...toDo(to_do, acts)) : null),
      element("div", { class: "column" },
        element("section", { class: "surface owed", "aria-label": "Still due" }, element("h2", {}, "Still due"), ...due(owed, none_owed, open)),
        rhythm.length ? element("section", { class: "rhythm", "aria-label": "How it goes" }, element("h3", {}, "How it goes"), ...rhythm.map((text) => element("p", {}, text))) : null)),
  ];
}

/** @param {Before["owed"]} owed @param {string} none @param {(target: string, id?: number) => void} open */
function due(owed, none, open) {
  if (!owed.length) return [element("p", { class: "quiet" }, none)];
  const rows = owed.map(({ who, is_somebody, text }, place) => {
    const name = is_somebody ? link(who, { page: "update", query: { of: who } }, () => open("updates", place), { class: "name link" }) : element("b", {}, who);
    return element("li", {}, name, element("span", {}, text));
  });
  const way = link("Open my list", { page: "update" }, () => open("update"), { class: "link" });
  return [element("ul", {}, ...rows), element("p", { class: "quiet" }, "A name leads to their list. ", way)];
}

const FIRST = 8;

// What is still to be done, the first of it in sight.
/** @param {Before["to_do"]} actions @param {Acts} acts */
function toDo(actions, { editable, tick, told }) {
  const rows = actions.map(({ id, what, facts, is_late }) => {
    const box = element("input", { type: "checkbox", disabled: !editable, onchange: () => tick(id) });
    return element("li", {}, element("label", {}, box, element("b", {}, what)), element("span", { class: is_late ? "late" : "" }, is_late ? `▲ ${facts}` : facts));
  });
  const rest = rows.slice(FIRST);
  const more = rest.length ? element("details", {}, element("summary", {}, `${rest.length} more`), element("ul", {}, ...rest)) : null;
  return present([told, element("ul", {}, ...rows.slice(0, FIRST)), more]);
}

/**
 * @param {Minutes} minutes @param {{ id: number, text: string }[]} past
 * @param {HTMLElement} status @param {(id: number) => void} look
 */
export function minutes({ id, title, facts, parts, agreed, open, markdown, mail }, past, status, look) {
  const copy = async () => {
    await navigator.clipboard.writeText(markdown);
    status.textContent = "Copied.";
  };
  const to = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(mail)}`;
  const sections = parts.map((part) => element("section", { class: "part" }, element("h3", {}, part.title), element("ul", {}, ...part.lines.map(line))));
  const actions = [{ title: "Agreed", lines: agreed }, open].filter(({ lines }) => lines.length).map((list) =>
    element("section", { class: "part" }, element("h3", {}, list.title), element("ul", {}, ...list.lines.map((text) => element("li", {}, text)))));
  const others = past.filter((each) => each.id !== id).map((each) => link(each.text, { page: "check-in", query: { minutes: each.id } }, () => look(each.id), { class: "link" }));
  return [
    element("h2", {}, title),
    element("p", { class: "quiet" }, facts),
    ...sections,
    ...actions,
    element("div", { class: "tools" }, button("Copy as Markdown", { onclick: copy }), element("a", { class: "more", href: to }, "Mail"), button("Print", { onclick: () => window.print() }), status),
    ...(others.length ? [element("nav", { class: "others", "aria-label": "Other check-ins" }, "Others: ", ...others)] : []),
  ];
}

/** @param {Minutes["parts"][number]["lines"][number]} shown */
function line({ name, why, said }) {
  return element("li", {}, element("b", {}, name), element("span", {}, why), ...said.map((text) => element("p", {}, text)));
}
