// How something went, with what is being typed as if it were saved: does it make sense?

/** @import { Child } from "../shared/types" */
/** @import { UpdateRow } from "./row.js" */

import { sparkline } from "../gauges/sparkline.js";
import { element, present } from "../shared/elements.js";
import { typedNumber } from "./numbers.js";

const SHOWN = 26;

export class Trend {
  /** @param {UpdateRow} row */
  constructor(row) {
    this.row = row;
    this.line = element("div", { class: "spark" });
    this.words = element("p");
    this.node = element("div", { class: "trend" }, this.line, this.words);
    this.drawn = "";
    /** @type {HTMLElement | undefined} */
    this.news = undefined;
  }

  /** @param {Child} fed */
  face(fed) {
    const { last, dismissed } = this.row.facts;
    const [value, ...unit] = last.split("\u00a0");
    const said = [element("b", {}, value), unit.length ? ` ${unit.join("\u00a0")}` : null];
    this.news = element("small");
    const more = dismissed ? element("small", {}, dismissed) : null;
    this.words.replaceChildren(...present([last && element("span", {}, ...said), this.news, more, fed]));
    this.drawn = "";
    this.show();
  }

  show() {
    const { limits, moved, when, series } = this.row.facts;
    const values = [...series, ...this.typed()].slice(-SHOWN);
    const news = this.row.lines.map((line) => line.news()).findLast(Boolean);
    const drawn = JSON.stringify([values, news]);
    if (this.drawn === drawn || !this.news) return;
    this.drawn = drawn;
    this.news.textContent = news?.text ?? [moved, when].filter(Boolean).join(" · ");
    this.news.classList.toggle("odd", news?.isOdd ?? false);
    const isLine = values.filter((value) => value !== null).length > 1;
    this.line.replaceChildren(...(isLine ? [sparkline(values, limits)] : []));
  }

  // What is typed for days that come after all that stands.
  typed() {
    const { lines, facts } = this.row;
    const typed = lines.map((line) => {
      const at = line.days.findIndex(({ day }) => day === line.day);
      const isLast = facts.told.slice(0, at + 1).every((told) => !told?.value);
      return isLast ? typedNumber(line.draft("value")?.typed ?? "") : null;
    });
    return typed.slice(0, typed.findLastIndex((value) => value !== null) + 1);
  }
}
