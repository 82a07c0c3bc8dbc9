// What was done, by day, the latest first; what is long is unfolded where somebody asks.

/** @import { Deed, HistoryData, Line } from "./types" */

import { button, element, emptiness, keepingFocus, present } from "../shared/elements.js";
import { leadLink, teamLink } from "../shared/links.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "history/history.css"];

/** @extends {Shown<HistoryData>} */
class History extends Shown {
  /** @type {Set<number>} */
  unfolded = new Set();

  render() {
    const { note, empty, older, deeds } = this.data;
    if (!this.isNews()) return;
    const said = note ? [element("p", { class: "note" }, note)] : [];
    const more = older ? [button("Show older", { class: "more", onclick: () => this.send("older", true) })] : [];
    const all = [...said, ...emptiness(empty), ...days(deeds).map((each) => this.day(each)), ...more];
    // What was taken back has no button any more.
    keepingFocus(this.root, () => this.root.replaceChildren(...all), true);
  }

  /** @param {Deed[]} deeds */
  day(deeds) {
    const rows = deeds.map((deed) => this.deed(deed));
    return element("section", {}, element("h3", {}, deeds[0].day), element("ul", { class: "surface" }, ...rows));
  }

  /** @param {Deed} deed */
  deed(deed) {
    const { id, at, why, mine, taken_back } = deed;
    const quoted = why ? [element("p", { class: "why" }, why)] : [];
    const say = { class: "back", "aria-label": `Take back what you did at ${at}`, onclick: () => this.send("back", id) };
    return element(
      "li",
      { class: taken_back ? "gone" : null },
      element("span", { class: "at" }, at),
      element("div", { class: "deed" }, ...this.told(deed), ...quoted),
      ...(mine ? [button("Take back", say)] : []),
    );
  }

  /** @param {Deed} deed */
  told({ id, who, did, lines, more, folded, taken_back }) {
    const head = spaced(taken_back && element("span", { class: "mark" }, "↶ taken back"), who && element("b", {}, who), element("span", {}, did));
    const rest = more ? [element("p", { class: "rest" }, more)] : [];
    const all = [...lines.map((line) => this.line(line)), ...rest];
    if (!folded || !all.length) return [element("p", { class: "head" }, ...head), ...all];
    const details = element("details", { open: this.unfolded.has(id) }, element("summary", { class: "head" }, ...head), ...all);
    details.addEventListener("toggle", () => (details.open ? this.unfolded.add(id) : this.unfolded.delete(id)));
    return [details];
  }

  /** @param {Line} line */
  line({ name, leads, team, has_team, said }) {
    const named = leads ? leadLink(leads, this) : element("span", { class: "name" }, name);
    const whose = team && (has_team ? teamLink(team, () => this.send("team", team)) : team);
    const rest = said && element("span", {}, ...(whose ? [whose, " · ", said] : [said]));
    return element("p", { class: "line" }, ...spaced(name && named, rest));
  }
}

/** @param {(Element | "" | false)[]} parts */
function spaced(...parts) {
  return present(parts).flatMap((part) => [part, " "]);
}

/** @param {Deed[]} deeds @returns {Deed[][]} */
function days(deeds) {
  const names = [...new Set(deeds.map(({ day }) => day))];
  return names.map((name) => deeds.filter(({ day }) => day === name));
}

export default mounted(History);
