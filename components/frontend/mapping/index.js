// How a spreadsheet is read: its first rows with roles above them, and what is asked about it.

/** @import { Child, Choice } from "../shared/types" */
/** @import { MappingData, Sheet } from "./types" */

import { button, element, focusedIn, keepKeys, select, turning } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";
import { ask } from "./questions.js";
import { table } from "./table.js";

export const styles = ["shared/shared.css", "mapping/mapping.css"];

const FEW = 3;
/** @type {Choice} */
const NO_LINE = ["", "–"];

/** @extends {Shown<MappingData>} */
class Mapping extends Shown {
  sheet = "";
  all = false;
  isWide = false;
  /** @type {boolean | null} */
  isOpen = null;
  /** @type {Set<string>} */
  unfolded = new Set();

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    keepKeys(root);
  }

  render() {
    const focused = focusedIn(this.root);
    const key = focused?.getAttribute("data-key");
    const about = focused?.closest(".ask")?.getAttribute("data-about");
    const isOpen = this.isOpen ?? !this.data.folded;
    this.root.replaceChildren(...this.head(), isOpen ? this.card() : this.folded());
    const next = this.keyed(key) ?? this.within(about) ?? (about ? this.following() : null);
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }

  /** @param {string | null | undefined} key */
  keyed(key) {
    return key ? this.root.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  }

  // Another button stands where an answer was given: who works by keyboard goes on from there.
  /** @param {string | null | undefined} about */
  within(about) {
    const asked = about ? this.root.querySelector(`.ask[data-about="${CSS.escape(about)}"]`) : null;
    return asked?.querySelector("input, button, select") ?? null;
  }

  // A question that is gone leads on to the next one, or to where its answer stands.
  following() {
    const open = this.root.querySelector(".ask:not([data-state=answered])");
    return open?.querySelector("input, button, select") ?? this.keyed("team") ?? this.keyed("heading");
  }

  head() {
    const { title, steps, remarks } = this.data;
    const places = this.data.sheets.filter((sheet) => sheet.read).map((sheet) => sheet.place);
    const all = [...places.slice(0, 2), remarks].filter(Boolean).join(" · ");
    const list = element("ol", { class: "steps" }, ...steps.map((step) => element("li", {}, step)));
    return [element("h2", { class: "heading" }, title), element("div", { class: "about" }, list, element("p", {}, all))];
  }

  folded() {
    const open = button("Change the mapping", { class: "more", "data-key": "open", onclick: () => this.turnOpen(true) });
    return element("div", { class: "surface folded" }, element("p", {}, `✓ ${this.data.kept}`), open);
  }

  /** @param {boolean} isOpen */
  turnOpen(isOpen) {
    this.isOpen = isOpen;
    this.render();
  }

  card() {
    const { sheets, kept } = this.data;
    const shown = sheets.find((sheet) => sheet.title === this.sheet) ?? sheets.find((sheet) => sheet.read) ?? sheets[0];
    const parts = shown ? [this.tools(shown), table(shown, this)] : [];
    return element("section", { class: "surface", "aria-label": "How it is read" }, this.tabs(shown), ...parts, ...this.questions(), kept ? element("p", { class: "quiet" }, kept) : null);
  }

  questions() {
    const { questions } = this.data;
    const open = questions.filter((question) => !question.taken);
    const rest = questions.filter((question) => question.taken);
    const shown = this.all ? rest : rest.slice(0, FEW);
    const more = rest.length - FEW;
    const turn = more > 0 ? turning(this, this.all ? "Show fewer" : `${more} more like these`, "more") : null;
    return [...[...open, ...shown].map((question) => ask(question, this)), turn];
  }

  /** @param {Sheet | undefined} shown */
  tabs(shown) {
    const { sheets } = this.data;
    if (sheets.length < 2) return null;
    const tab = (/** @type {Sheet} */ sheet) =>
      button(sheet.read ? sheet.title : `${sheet.title} (left out)`, {
        "data-key": `sheet ${sheet.title}`,
        "aria-pressed": String(sheet === shown),
        onclick: () => this.pick(sheet.title),
      });
    return element("div", { class: "tabs", role: "group", "aria-label": "Sheets" }, ...sheets.map(tab));
  }

  /** @param {string} title */
  pick(title) {
    this.sheet = title;
    this.render();
  }

  /** @param {Sheet} sheet */
  tools(sheet) {
    const read = element("input", {
      type: "checkbox",
      checked: sheet.read,
      "data-key": "read",
      onchange: () => this.correct("read", sheet.title, sheet.read ? "no" : "yes"),
    });
    const turn = button("Swap rows and columns", {
      "data-key": "turn",
      onclick: () => this.correct("turn", sheet.title, sheet.turned ? "no" : "yes"),
    });
    const isOnly = sheet.read && this.data.sheets.length < 2;
    const parts = sheet.read ? [this.headings(sheet), this.team(sheet), turn] : [];
    return element("div", { class: "bar" }, isOnly ? null : element("label", {}, read, "Read this sheet"), ...parts);
  }

  /** @param {Sheet} sheet */
  headings(sheet) {
    const isKnown = sheet.lines.includes(sheet.heading);
    const onchange = (/** @type {any} */ event) => this.correct("heading", sheet.title, event.target.value);
    /** @type {Choice[]} */
    const lines = sheet.lines.map((line) => [line, String(line)]);
    const choice = select([...(isKnown ? [] : [NO_LINE]), ...lines], isKnown ? sheet.heading : "", { "data-key": "heading", onchange });
    return element("label", {}, sheet.turned ? "Headings in column" : "Headings in row", choice);
  }

  /** @param {Sheet} sheet @returns {Child} */
  team(sheet) {
    if (sheet.has_team) return null;
    const input = element("input", {
      type: "text",
      value: sheet.team,
      list: "teams",
      maxlength: 200,
      placeholder: "Name of the team",
      "data-key": "team",
      onchange: (/** @type {any} */ event) => this.correct("team", sheet.title, event.target.value),
    });
    const known = element("datalist", { id: "teams" }, ...this.data.teams.map((name) => element("option", { value: name })));
    return element("label", {}, "Team", input, known);
  }

  /** @param {string} what @param {string} about @param {string} said */
  correct(what, about, said, column = 0) {
    // Whoever corrects it goes on to see it.
    this.isOpen = true;
    this.send("correct", { what, about, said, column });
  }
}

export default mounted(Mapping);
