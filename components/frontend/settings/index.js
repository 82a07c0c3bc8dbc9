// The tables of what is set up, one at a time.

/** @import { SettingFacts, SettingsData } from "./types" */

import { Grid } from "../grid/grid.js";
import { button, element } from "../shared/elements.js";
import { mounted } from "../shared/shown.js";
import { NewRow } from "./new_row.js";
import { offer } from "./offer.js";
import { SettingRow } from "./row.js";

export const styles = ["shared/shared.css", "grid/grid.css", "settings/settings.css"];

const LAST = "8.25rem";

/** @extends {Grid<SettingsData, SettingRow>} */
export class Settings extends Grid {
  /** @param {HTMLElement} root */
  constructor(root) {
    const [widths, head] = [element("colgroup"), element("thead")];
    super(root, element("table", {}, widths, head));
    this.widths = widths;
    this.head = head;
    this.columns = "";
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
    this.inOrder(this.body, [this.widths, this.head, ...this.order.map(({ node }) => node)]);
  }

  /** @param {string} key @param {SettingFacts} facts */
  createRow(key, facts) {
    return new SettingRow(this, key, facts, this.columnsHere);
  }

  showColumns() {
    const { add, editable } = this.data;
    const columns = this.columnsHere;
    const signature = JSON.stringify([columns, add]);
    if (this.columns !== signature) {
      this.columns = signature;
      const heads = columns.map(({ label, kind, hint, tip }) => element("th", { scope: "col", class: kind, title: tip || hint || null }, label));
      this.head.replaceChildren(element("tr", {}, ...heads, element("th", { scope: "col" }, element("span", { class: "unseen" }, "Saved?"))));
      this.widen();
      this.adding.textContent = add;
      this.fresh = new NewRow(this, columns.filter(({ fresh }) => fresh));
      this.form.replaceChildren(this.fresh.node);
    }
    if (!editable) this.form.hidden = true;
    this.adding.hidden = !editable || !add || !this.form.hidden;
  }

  // Some columns share what room is left; where none does, it stays empty at the end.
  widen() {
    const columns = this.columnsHere;
    const widths = columns.map(({ width, grows }) => element("col", { style: grows ? null : `width: ${width}` }));
    const grows = columns.some((column) => column.grows);
    this.widths.replaceChildren(...widths, element("col", { style: grows ? `width: ${LAST}` : null }));
    this.scroll.style.setProperty("--least", `calc(${columns.map(({ width }) => width).join(" + ")} + ${LAST})`);
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

export default mounted(Settings);
