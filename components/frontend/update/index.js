// The list of what is one's own. Rows stay where they are until the page is opened anew.

/** @import { Section, UpdateData, UpdateFacts } from "./types" */

import { Grid } from "../grid/grid.js";
import { arrange, element, heading } from "../shared/elements.js";
import { mounted } from "../shared/shown.js";
import { UpdateRow } from "./row.js";

export const styles = ["shared/shared.css", "grid/grid.css", "gauges/sparkline.css", "update/update.css"];

/** @type {[Section, string][]} */
const SECTIONS = [["due", "Due"], ["late", "Late"], ["early", "Early"]];
const HEADS = ["", "last", "new", "confidence", "comment", "blocked by", ""];

/** @extends {Grid<UpdateData, UpdateRow>} */
class UpdateList extends Grid {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, element("div", { class: "sections" }));
    this.sentence = element("p", { class: "sentence", role: "status" });
    const head = element("div", { class: "head" }, heading("Update", "type, Enter, done"), this.sentence);
    this.columns = element("div", { class: "columns", "aria-hidden": "true" }, ...HEADS.map((name) => element("span", {}, name)));
    this.sections = SECTIONS.map(([section, title]) => {
      const [name, body] = [element("h3", {}, title), element("div", { class: "rows surface" })];
      const node = element("section", { class: section, "aria-label": title }, name, body);
      this.body.append(node);
      return { section, title, name, body, node };
    });
    this.isFocused = false;
    root.append(head, this.empty, this.columns, this.body, this.lists);
  }

  render() {
    const { sentence, rows } = this.data;
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    this.columns.hidden = !rows.length;
    super.render();
    if (rows.length && !this.isFocused) this.focusFirst();
  }

  /** @param {string} key @param {UpdateFacts} facts */
  createRow(key, facts) {
    return new UpdateRow(this, key, facts);
  }

  // Order is that of the first sight: a saved row does not jump away under one's fingers.
  settle() {
    for (const { section, title, name, body, node } of this.sections) {
      const rows = [...this.rows.values()].filter((row) => row.section === section);
      const open = rows.filter(({ facts }) => facts.section === section).length;
      name.textContent = rows.length && !open ? `${title}: all done ✓` : `${title} (${open})`;
      node.hidden = !rows.length;
      arrange(body, rows.map((row) => row.node));
    }
  }

  focusFirst() {
    this.isFocused = true;
    const isFree = document.activeElement === document.body || document.activeElement === null;
    const first = this.root.querySelector(".entry:not(.closed) input.value");
    const isTouched = window.matchMedia("(pointer: coarse)").matches;
    if (isFree && this.data.editable && !isTouched && first instanceof HTMLElement) first.focus();
  }
}

export default mounted(UpdateList);
