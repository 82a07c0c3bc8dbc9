// What a file's numbers would have told: a headline, three stories with a strip each, and how so.

/** @import { HindsightData, Story } from "./types" */

import { button, element, keepingFocus } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";
import { download } from "./picture.js";
import { strip } from "./strip.js";

export const styles = ["shared/shared.css", "gauges/sparkline.css", "hindsight/hindsight.css"];

/** @extends {Shown<HindsightData>} */
class Hindsight extends Shown {
  isOpen = false;

  render() {
    const { title, besides, stories } = this.data;
    const card = element(
      "section",
      { class: "told surface", "aria-label": title },
      element("h2", {}, title),
      element("p", { class: "besides" }, besides),
      element("ul", { class: "stories" }, ...stories.map(told)),
      this.foot(),
    );
    keepingFocus(this.root, () => this.root.replaceChildren(card));
  }

  foot() {
    const { how, share, reasons } = this.data;
    const rows = reasons.map(({ about, text }) => element("li", {}, about ? element("b", {}, about) : "", element("p", {}, text)));
    const ways = element("details", { open: this.isOpen, ontoggle: (/** @type {Event} */ event) => this.keep(event) }, element("summary", {}, how), element("ul", {}, ...rows));
    return element("div", { class: "foot" }, ways, button(share, { class: "share", onclick: () => this.draw() }));
  }

  // What is open stays so when the page runs again.
  /** @param {Event} event */
  keep({ currentTarget }) {
    if (currentTarget instanceof HTMLDetailsElement) this.isOpen = currentTarget.open;
  }

  draw() {
    download(this.data, getComputedStyle(this.root).fontFamily);
  }
}

/** @param {Story} story */
function told(story) {
  const { name, whose, text, drift } = story;
  return element(
    "li",
    {},
    element("div", {}, element("h3", {}, name, whose ? element("small", {}, whose) : ""), element("p", {}, text)),
    element("figure", {}, strip(story), drift ? element("figcaption", {}, `┆ ${drift.note}`) : ""),
  );
}

export default mounted(Hindsight);
