// A team's road so far: its cycles with their scores, and what became of its KPIs in each.

/** @import { ChapterShown, PastEventShown, PastObjectiveShown, TimelineData } from "./types" */

import { bar, element, emptiness, present } from "../shared/elements.js";
import { kpiLink, link } from "../shared/links.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "timeline/timeline.css"];

/** @extends {Shown<TimelineData>} */
class Timeline extends Shown {
  render() {
    if (!this.isNews()) return;
    const { empty, chapters } = this.data;
    this.root.replaceChildren(...emptiness(empty), element("ol", {}, ...chapters.map((each) => this.chapter(each))));
  }

  /** @param {ChapterShown} chapter */
  chapter(chapter) {
    const { title, days, mean, pattern, objectives, events } = chapter;
    const head = element("header", {}, element("h3", {}, title), ...present([element("span", { class: "days" }, days), mean && element("b", {}, mean), this.then(chapter)]));
    const parts = present([
      pattern && element("p", { class: "pattern" }, pattern),
      objectives.length > 0 && element("ul", { class: "objectives" }, ...objectives.map((each) => this.objective(each, chapter))),
      events.length > 0 && element("ul", { class: "events" }, ...events.map((each) => this.event(each))),
    ]);
    return element("li", { class: "chapter" }, head, ...(parts.length ? [element("div", { class: "surface told" }, ...parts)] : []));
  }

  // The cockpit as it was on the last day of the cycle.
  /** @param {ChapterShown} chapter */
  then({ cycle, as_of }) {
    if (!as_of) return null;
    const query = { team: this.data.team, cycle, as_of };
    return link("See it as it was", { page: "", query }, () => this.send("then", { cycle, as_of }), { class: "link" });
  }

  /** @param {PastObjectiveShown} objective @param {ChapterShown} chapter */
  objective({ id, name, said, share }, { cycle }) {
    const query = { team: this.data.team, cycle, focus: `objective ${id}` };
    const named = link(name, { page: "", query }, () => this.send("open", { target: "objective", id }), { class: "name" });
    return element("li", {}, named, element("span", { class: "track" }, bar(share)), element("span", { class: "said" }, said));
  }

  /** @param {PastEventShown} event */
  event({ day, shape, kind, kpi, name, said, why }) {
    const named = kpiLink(name, kpi, () => this.send("open", { target: "kpi", id: kpi }));
    const line = element("p", {}, element("i", { "aria-hidden": "true" }, `${shape} `), named, ` ${said}`);
    return element("li", { "data-kind": kind }, element("span", { class: "day" }, day), element("div", {}, line, ...(why ? [element("p", { class: "why" }, why)] : [])));
  }
}

export default mounted(Timeline);
