// A row a team: how many of its KPIs are in range, what is the matter with others, its worst.

/** @import { Team, TeamsData, Worst } from "./types" */

import { sparkline, valuesOf } from "../gauges/sparkline.js";
import { asking, element, keepingFocus, mark, sayMore } from "../shared/elements.js";
import { kpiLink, link } from "../shared/links.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "shared/marks.css", "gauges/sparkline.css", "gauges/signals.css", "teams/teams.css"];

/** @extends {Shown<TeamsData>} */
class Teams extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.head = element("header");
    this.rows = element("ul", { class: "rows" });
    this.more = asking(() => this.send("more", true));
    root.append(this.head, element("section", { class: "surface" }, this.rows, this.more));
  }

  render() {
    const { teams, parts, turn } = this.data;
    if (!this.isNews([teams, turn])) return;
    const shapes = parts.map(([kind, name]) => element("li", {}, element("i", { class: kind, "aria-hidden": "true" }), name));
    const title = element("h2", { class: "heading" }, "Teams");
    const legend = element("ul", { class: "parts" }, ...shapes);
    this.head.replaceChildren(title, legend);
    const rows = teams.map((team) => this.row(team));
    keepingFocus(this.rows, () => this.rows.replaceChildren(...rows));
    sayMore(this.more, this.data);
  }

  /** @param {Team} team */
  row({ name, fine, kpis, said, shares, worst }) {
    const named = link(name, { page: "", query: { team: name } }, () => this.send("team", name), { class: "name" });
    const count = kpis ? [element("b", {}, String(fine)), ` of ${kpis}`] : [said];
    return element(
      "li",
      { "data-signal": worst?.mark.kind ?? "" },
      element("h3", {}, named),
      element("span", { class: "count" }, ...count),
      element("span", { class: "bar", role: "img", "aria-label": `${name}: ${said}`, title: said }, ...this.parts(shares)),
      ...(worst ? this.worst(worst) : []),
    );
  }

  /** @param {number[]} shares */
  parts(shares) {
    const drawn = shares.map((count, at) => count > 0 && element("i", { class: this.data.parts[at][0], style: `flex-grow: ${count}` }));
    return drawn.filter((part) => part !== false);
  }

  /** @param {Worst} worst */
  worst({ id, name, mark: told, series, limits, unusual }) {
    return [
      mark("", told),
      element("span", { class: "worst" }, kpiLink(name, id, () => this.send("open", { target: "kpi", id }))),
      sparkline(valuesOf(series), limits, unusual),
    ];
  }
}

export default mounted(Teams);
