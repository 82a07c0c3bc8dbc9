// Finds KPIs, teams, objectives and key results from every page; “/” opens it.

/** @import { LineData, Option, Say } from "./types" */

import { drawn, element } from "../shared/elements.js";
import { open } from "../shared/opening.js";
import { Picker } from "./picker.js";
import { onShortcut } from "./shortcut.js";

const PAUSE = 150;

export class Search extends Picker {
  /** @param {Say} say */
  constructor(say) {
    super("search", "Search KPIs, teams, objectives and key results", "Search", () => {});
    this.say = say;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.asked = "";
    /** @type {Option[]} */
    this.found = [];
    this.button.setAttribute("aria-label", "Search");
    this.button.setAttribute("aria-keyshortcuts", "/");
    this.button.append(lens(), element("kbd", { "aria-hidden": "true" }, "/"));
    const { leave } = this;
    const forget = onShortcut("/", () => this.open());
    this.leave = () => {
      leave();
      forget();
    };
  }

  typed() {
    clearTimeout(this.timer);
    const { text } = this;
    // What is still listed is of what was typed before.
    this.shown = [];
    if (text && text === this.asked) this.tell();
    else if (text) this.timer = setTimeout(() => this.say("query", text), PAUSE);
    else this.fill([], "Type a part of a name. On a page, ? shows all keys.");
  }

  /** @param {LineData} data */
  hear({ query, found }) {
    if (!query) return;
    this.asked = query;
    this.found = found.map((each) => ({ text: each.name, note: each.where, kind: each.kind, value: each }));
    if (!this.panel.hidden && query === this.text) this.tell();
  }

  tell() {
    this.fill(this.found, `Nothing found for “${this.asked}”.`);
  }

  /** @param {{ value: any }} option */
  picked({ value: { target, id } }) {
    const query = this.text;
    this.close();
    this.say("found", { query, target, id });
    open(() => {}, target, id);
  }
}

function lens() {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": 1.75, "stroke-linecap": "round" };
  return drawn(
    "svg",
    { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true", ...line },
    drawn("circle", { cx: 8.5, cy: 8.5, r: 5.5 }),
    drawn("path", { d: "M13 13l4 4" }),
  );
}
