// The head of a KPI's page: where it stands, how it is in one look and one sentence, and why.

/** @import { HeadData } from "./types" */

import { element, mark, present } from "../shared/elements.js";
import { teamLink } from "../shared/links.js";
import { printButton } from "../shared/printing.js";
import { Shown, mounted } from "../shared/shown.js";
import { trail } from "../shared/trail.js";

export const styles = ["shared/shared.css", "shared/marks.css", "head/head.css"];

/** @extends {Shown<HeadData>} */
class Head extends Shown {
  // Drawn anew, what somebody has unfolded stays so.
  render() {
    if (!this.isNews()) return;
    const { first, about, link: address } = this.data;
    const isOpen = this.root.querySelector("details")?.open ?? isAsked();
    const kept = address && element("a", { class: "kept", href: address, target: "_blank", rel: "noreferrer" }, "Open where its numbers are kept");
    this.root.replaceChildren(
      this.path(),
      this.title(),
      element("p", { class: "first" }, first),
      ...present([about && element("p", { class: "about" }, about), kept]),
      this.reasons(isOpen),
    );
  }

  path() {
    const teams = this.data.path.map((team) => teamLink(team, () => this.send("team", team)));
    return element("nav", { "aria-label": "Where it stands" }, trail(teams, this.data.name), printButton());
  }

  title() {
    const { name, marks, value, period } = this.data;
    return element(
      "div",
      { class: "title" },
      element("h2", {}, name),
      element("span", { class: "marks" }, ...marks.map((each) => mark("", each))),
      element("span", { class: "now" }, element("b", {}, value), element("span", { class: "period" }, period)),
    );
  }

  /** @param {boolean | undefined} isOpen */
  reasons(isOpen) {
    const { numbers, terms } = this.data;
    if (!numbers) return "";
    const lines = terms.map(([term, line]) => element("div", {}, element("dt", {}, term), element("dd", {}, line)));
    return element("details", { open: isOpen }, element("summary", {}, "How do we know?"), element("p", {}, numbers), element("dl", {}, ...lines));
  }
}

// Who comes from “How do we know?” has asked.
function isAsked() {
  return new URLSearchParams(location.search).get("how") === "open";
}

export default mounted(Head);
