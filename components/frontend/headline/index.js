// The headline of a cockpit: one sentence, a quiet line, where one is, and what the signs mean.

/** @import { HeadlineData, Sign } from "./types" */

import { button, element, keepingFocus } from "../shared/elements.js";
import { link, teamLink } from "../shared/links.js";
import { Shown, mounted } from "../shared/shown.js";
import { trail } from "../shared/trail.js";
import { TimeLapse } from "./time_lapse.js";

export const styles = ["shared/shared.css", "headline/headline.css"];

/** @extends {Shown<HeadlineData>} */
class Headline extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.said = element("div", { class: "said" });
    this.signs = element("div", { class: "signs" });
    this.legend = element("details", { class: "legend" }, element("summary", {}, "What the signs mean"), this.signs);
    this.lapse = new TimeLapse((asked) => this.send("play", asked));
    this.leave = () => this.lapse.pause();
    this.since = button("", { class: "play", onclick: () => this.send("since", !this.data.since.is_marked) });
    root.append(this.said, this.since, this.lapse.opener, this.legend, this.lapse.bar);
  }

  render() {
    const { title, besides, trail, notice, legend, weeks, frames, asked, since } = this.data;
    const all = [
      ...this.trail(trail),
      element("h1", {}, title),
      ...(besides.length ? [element("p", { class: "besides" }, besides.join(" · "))] : []),
      ...(notice ? [this.notice(notice)] : []),
      ...(since.text && !this.past ? [element("p", { class: "notice", role: "status" }, since.text)] : []),
    ];
    keepingFocus(this.said, () => this.said.replaceChildren(...all));
    if (!this.signs.childElementCount) this.signs.replaceChildren(...legend.map(sign));
    // What changed until now says nothing of a week that is played.
    this.since.hidden = this.past !== null;
    this.since.textContent = since.is_marked ? "± Hide the changes" : "± Mark changes since the check-in";
    this.lapse.show(weeks, frames, asked);
  }

  // The team looked at is named last and leads nowhere.
  /** @param {string[]} names */
  trail(names) {
    if (!names.length) return [];
    const above = names.slice(0, -1).map((name) => teamLink(name, () => this.send("team", name)));
    return [element("nav", { "aria-label": "Teams above" }, trail(above, names.at(-1)))];
  }

  /** @param {{ text: string, cycle: string }} notice */
  notice({ text, cycle }) {
    const way = link(`Go to ${cycle}`, { page: "", query: { cycle } }, () => this.send("cycle", cycle), { class: "link" });
    return element("p", { class: "notice" }, `${text} `, way);
  }
}

/** @param {Sign} shown */
function sign({ sign: shape, line, name, meaning }) {
  const drawn = element("i", { class: line ? `line ${line}` : "shape", "aria-hidden": "true" }, shape);
  return element("p", {}, drawn, element("span", {}, element("b", {}, name), ` ${meaning}`));
}

export default mounted(Headline);
