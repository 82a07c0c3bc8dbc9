// The tables of what is set up, one at a time.

/** @import { Column } from "../grid/types" */
/** @import { SettingFacts, SettingsData } from "./types" */

import { Grid } from "../grid/grid.js";
import { button, element } from "../shared/elements.js";
import { mounted } from "../shared/shown.js";
import { NewRow } from "./new_row.js";
import { offer } from "./offer.js";
import { SettingRow } from "./row.js";

export const styles = ["shared/shared.css", "grid/grid.css", "settings/settings.css"];

// Into so many parts the width of a line is divided, and so many rem fill it on a laptop.
const PARTS = 120;
const FULL = 60;

/** @extends {Grid<SettingsData, SettingRow>} */
export class Settings extends Grid {
  /** @param {HTMLElement} root */
  constructor(root) {
    const head = element("thead");
    super(root, element("table", {}, head));
    this.head = head;
    this.columns = "";
    /** @type {Map<string, string>} */
    this.places = new Map();
    /** @type {number | null} */
    this.offered = null;
    /** @type {number | null} */
    this.added = null;
    this.more = element("p", { class: "more" });
    this.held = element("p", { class: "more", role: "status" });
    this.adding = button("", { class: "add", onclick: () => this.fresh?.open() });
    this.form = element("div", { class: "form" });
    /** @type {NewRow | null} */
    this.fresh = null;
    this.scroll = element("div", { class: "scroll" }, this.body);
    root.append(this.adding, this.form, this.empty, this.scroll, this.held, this.more, this.lists);
    new ResizeObserver(() => this.stayInSight()).observe(root);
  }

  // It ends where the window does, so that its scrollbar is not to be looked for below.
  stayInSight() {
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const above = Math.round(this.scroll.getBoundingClientRect().top + scrolled);
    this.scroll.style.setProperty("--above", `${above}px`);
  }

  get isSentAtOnce() {
    return false;
  }

  get columnsHere() {
    return this.data.columns[this.data.table];
  }

  begin() {
    super.begin();
    this.columns = "";
  }

  render() {
    this.showColumns();
    super.render();
    const { more, rows } = this.data;
    this.scroll.hidden = !this.order.length && !rows.length;
    this.more.textContent = more;
    this.held.textContent = this.heldElsewhere();
    this.stayInSight();
    this.welcome();
    offer(this);
    this.tried();
  }

  settle() {
    this.inOrder(this.body, [this.head, ...this.order.map(({ node }) => node)]);
  }

  /** @param {string} key @param {SettingFacts} facts */
  createRow(key, facts) {
    return new SettingRow(this, key, facts, this.columnsHere, this.places);
  }

  showColumns() {
    const { add, editable } = this.data;
    const columns = this.columnsHere;
    const signature = JSON.stringify([columns, add]);
    if (this.columns !== signature) {
      this.columns = signature;
      this.places = placesOf(columns);
      const heads = columns.map((column) => this.heading(column));
      this.head.replaceChildren(element("tr", {}, ...heads, element("th", { scope: "col", class: "last" }, element("span", { class: "unseen" }, "Saved?"))));
      this.adding.textContent = add;
      this.fresh = new NewRow(this, columns.filter(({ fresh }) => fresh));
      this.form.replaceChildren(this.fresh.node);
    }
    if (!editable) this.form.hidden = true;
    this.adding.hidden = !editable || !add || !this.form.hidden;
  }

  /** @param {Column} column */
  heading({ name, label, kind, hint, tip, below }) {
    return element("th", { scope: "col", class: below ? `${kind} below` : kind, title: tip || hint || null, style: this.places.get(name) ?? null }, label);
  }

  // What is typed stands in no cell that is shown: of a row behind the search, or of another team.
  heldElsewhere() {
    const kept = [...this.edits.drafts.held.values()].filter(({ row }) => row !== this.fresh?.key);
    const away = new Set(kept.filter((draft) => !this.rows.get(draft.row)?.holds(draft)).map(({ row }) => row));
    return away.size ? `◌ Typed and not saved yet in ${away.size} more not shown here.` : "";
  }

  tried() {
    const { tried: heard, table } = this.data;
    const row = heard && this.rows.get(`${table} ${heard.id}`);
    const draft = row?.draft(heard?.cell ?? "");
    // Why it was refused is told once.
    if (row && draft && draft.typed === heard.typed && draft.refused !== heard.typed) row.note(heard.cell, heard);
  }

  // Where the new row stands is shown, or that it stands elsewhere.
  welcome() {
    if (!this.added) return;
    const row = this.rows.get(`${this.data.table} ${this.added}`);
    this.added = null;
    if (!row) return this.fresh?.complain(null, "Added. It is not listed here: look at its team, or search for it.", [], "");
    row.savedAs = "✓ Added";
    row.tellState();
    this.scroll.scrollTop = row.line.offsetTop - this.scroll.clientHeight / 2;
  }
}

// Where each column stands, in the first line of a row or below it; what is left of a line stays empty.
/** @param {Column[]} columns @returns {Map<string, string>} */
function placesOf(columns) {
  const lines = [columns.filter(({ below }) => !below), columns.filter(({ below }) => below)];
  return new Map(lines.flatMap((line, at) => inLine(line, at + 1)));
}

/** @param {Column[]} columns @param {number} line @returns {[string, string][]} */
function inLine(columns, line) {
  const widths = columns.map(({ width }) => Number.parseFloat(width));
  const full = Math.max(FULL, sum(widths));
  const edge = (/** @type {number} */ at) => Math.round((PARTS * sum(widths.slice(0, at))) / full) + 1;
  return columns.map(({ name }, at) => [name, `grid-area: ${line} / ${edge(at)} / auto / ${edge(at + 1)}`]);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((all, number) => all + number, 0);
}

export default mounted(Settings);
