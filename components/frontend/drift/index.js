// The leader's list and, below it, teams by weeks. Drawn anew only when its data changed.

/** @import { Decision } from "../decisions/types" */
/** @import { Editor } from "../editing/editor.js" */
/** @import { Mounted } from "../shared/types" */
/** @import { DriftData, Filter, Row, Team } from "./types" */

import { decisionEditor, keptDecision } from "../decisions/form.js";
import { hearAnswer, openEditor } from "../editing/editor.js";
import { kept } from "../editing/kept.js";
import { sparkline, valuesOf } from "../gauges/sparkline.js";
import { button, element, emptiness, focusedIn, keepingFocus, mark, present, select, turning } from "../shared/elements.js";
import { kpiLink, link } from "../shared/links.js";
import { ofTeam } from "../shared/naming.js";
import { records } from "../shared/records.js";
import { Shown, mounted } from "../shared/shown.js";
import { trail } from "../shared/trail.js";

export const styles = ["shared/shared.css", "shared/marks.css", "editing/editor.css", "decisions/form.css", "gauges/sparkline.css", "drift/drift.css"];

const HEADS = ["KPI", "Health and signal", "Value", "What happens, and the decision", "Last 26 readings", "Decide"];

/** @extends {Shown<DriftData>} */
class Drift extends Shown {
  all = false;
  /** @type {Map<number, Editor>} */
  editors = new Map();
  /** @type {Map<number, HTMLElement>} */
  forms = new Map();

  /** @param {Mounted<DriftData>} component */
  show(component) {
    super.show(component);
    this.reopen();
    hearAnswer(this.editors, this.data.answer, () => {});
    return this.leave;
  }

  render() {
    if (!this.isNews([{ ...this.data, answer: null }, this.all])) return;
    const active = focusedIn(this.root);
    const { question, besides, chance, filters } = this.data;
    const rows = element("section", { class: "rows" }, ...this.list());
    const all = [
      element("h2", { class: "heading" }, question),
      ...present([besides && element("p", { class: "fact" }, besides)]),
      element("div", { class: "filters" }, ...filters.map((filter) => this.filter(filter))),
      rows,
      ...this.strip(),
      ...present([chance && element("p", { class: "chance" }, chance)]),
    ];
    keepingFocus(this.root, () => this.root.replaceChildren(...all));
    for (const [id, line] of [...this.forms]) this.keep(id, line);
    const there = active instanceof HTMLSelectElement ? this.root.querySelector(`[name="${active.name}"]`) : active;
    if (there instanceof HTMLElement && there.isConnected) there.focus({ preventScroll: true });
  }

  /** @param {Filter} filter */
  filter({ name, label, picked, options }) {
    const onchange = (/** @type {any} */ { currentTarget }) => this.send("filter", { name, value: currentTarget.value });
    return element("label", {}, element("span", { class: "unseen" }, label), select(options, picked, { name, onchange }));
  }

  // A form stays with its row; one that was typed into stays though its row is not listed any more.
  /** @param {number} id @param {HTMLElement} line */
  keep(id, line) {
    const row = this.rowOf(id);
    const body = this.root.querySelector(".list tbody");
    if (row) row.after(line);
    else if (body && this.editors.get(id)?.touched) body.prepend(line);
    else this.editors.get(id)?.close();
  }

  /** @param {number} id */
  rowOf(id) {
    return this.root.querySelector(`tr[data-id="${id}"]`);
  }

  list() {
    const rows = records(this.data.rows);
    if (!rows.length) return emptiness(this.data.empty);
    const { more } = this.data;
    const heads = HEADS.map((name) => element("th", { scope: "col" }, name));
    const table = element(
      "table",
      { class: "list surface" },
      element("caption", { class: "unseen" }, "KPIs that drift, are out of range or are to be watched"),
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows.map((row) => this.row(row))),
    );
    return more ? [table, button(`Show ${more} more`, { class: "more", onclick: () => this.send("more", true) })] : [table];
  }

  /** @param {Row} row */
  row(row) {
    const name = kpiLink(row.name, row.id, () => this.send("open", { target: "kpi", id: row.id }));
    return element(
      "tr",
      { "data-id": row.id, "data-signal": row.signal?.kind ?? "", "data-decided": String(row.decided) },
      element("th", { scope: "row" }, name, trail(row.path.teams.map((team) => this.teamLink(team)))),
      element("td", { class: "marks" }, mark("health", row.state), row.signal && mark("signal", row.signal)),
      element("td", { class: "value" }, element("b", {}, row.value), ...lines(row.ideal)),
      element("td", {}, element("p", { class: "sentence" }, row.sentence), element("p", { class: row.waits ? "decision waits" : "decision" }, row.decision), ...lines(row.actions)),
      element("td", { class: "trend" }, sparkline(valuesOf(row.series), row.limits, row.unusual)),
      element("td", { class: "act" }, ...this.verbs(row)),
    );
  }

  // The team that is looked at is no way to elsewhere.
  /** @param {string} name */
  teamLink(name) {
    if (name === this.data.teams[0]?.name) return element("span", { class: "team" }, name);
    const act = { class: "team", title: `Look at ${name}` };
    return link(name, { page: "drift", query: { team: name } }, () => this.send("team", name), act);
  }

  /** @param {Row} row */
  verbs(row) {
    if (!row.decides || !this.data.editable) return [];
    const verbs = row.waits ? [this.decision(row, "act"), this.decision(row, "acknowledge"), ...this.reroute(row)] : [this.decision(row, "act", "Decide again")];
    return [element("div", { class: "verbs" }, ...verbs)];
  }

  /** @param {Row} row */
  reroute(row) {
    if (!row.reroutes) return [];
    const { name } = this.data.form.kinds.reroute;
    return [button(name, { "aria-label": `${name}: ${called(row)}`, onclick: () => this.askReroute(row) })];
  }

  /** @param {Row} row */
  askReroute({ id }) {
    this.send("reroute", { target: "kpi", id });
  }

  /** @param {Row} row @param {Decision} kind */
  decision(row, kind, name = this.data.form.kinds[kind].name) {
    const isFirst = row.waits && kind === "act";
    const said = { "aria-label": `${name}: ${called(row)}`, "data-decision": kind, onclick: () => this.decide(row, kind) };
    return button(name, { class: isFirst ? "primary" : null, ...said });
  }

  /** @param {Row} row @param {Decision} kind */
  decide(row, kind) {
    const { id } = row;
    openEditor(this.editors, id, (forgotten) => {
      const host = element("td", { colspan: HEADS.length });
      const line = element("tr", { class: "deciding" }, host);
      this.forms.set(id, line);
      this.rowOf(id)?.after(line);
      return decisionEditor({
        host,
        about: { id, title: called(row), own: row },
        form: this.data.form,
        kind,
        send: (edit) => this.send("edit", edit),
        onReroute: row.reroutes ? () => this.askReroute(row) : undefined,
        back: () => this.rowOf(id)?.querySelector(`[data-decision="${kind}"]`) ?? this.rowOf(id)?.querySelector("a") ?? null,
        onClose: () => {
          forgotten();
          this.forms.delete(id);
          line.remove();
        },
      });
    });
  }

  // What was typed before the page came anew is open again.
  reopen() {
    const { rows, form, editable } = this.data;
    if (!editable) return;
    for (const row of records(rows)) if (row.decides && !this.editors.has(row.id) && kept(keptDecision(form.person, row))) this.decide(row, "act");
  }

  strip() {
    const { teams, months, weeks, shown } = this.data;
    if (!teams.length) return [];
    const kept = this.all ? teams : shown.map((at) => teams[at]);
    const heads = weeks.map((week, at) => element("th", { scope: "col", "aria-label": `week of ${week}` }, months[at]));
    const recent = element("span", { class: "recent" }, "last 13 weeks · ");
    const table = element(
      "table",
      { class: "heat" },
      element("caption", { class: "unseen" }, "How many KPIs of each team drifted in each of the last 26 weeks"),
      element("thead", {}, element("tr", {}, element("td", {}), ...heads)),
      element("tbody", {}, ...kept.map((team) => this.team(team))),
    );
    const question = element("small", {}, recent, "how many KPIs drifted; darker is a larger share");
    return [element("section", { class: "strip surface" }, element("h3", {}, "Teams by week", question), table, ...this.others())];
  }

  /** @param {Team} team */
  team(team) {
    const cells = team.drifting.map((_, week) => this.week(team, week));
    const head = element("th", { scope: "row", "data-depth": team.depth }, this.teamLink(team.name));
    return element("tr", {}, head, ...cells);
  }

  /** @param {Team} team @param {number} week */
  week({ name, drifting, judged }, week) {
    const [drifts, of] = [drifting[week], judged[week]];
    const said = of ? `${drifts} of ${of} drifted` : "nothing to tell yet";
    const label = `${name}, week of ${this.data.weeks[week]}: ${said}`;
    const heat = of ? Math.ceil((drifts / of) * 4) : -1;
    const told = { class: drifts > 99 ? "long" : null, "data-heat": heat, title: label, "aria-label": label };
    return element("td", told, drifts ? String(drifts) : "");
  }

  others() {
    const hidden = this.data.teams.length - this.data.shown.length;
    const text = this.all ? "Show fewer teams" : `Show ${hidden} more team${hidden === 1 ? "" : "s"}`;
    return hidden > 0 ? [turning(this, text, "more turn")] : [];
  }
}

/** @param {Row} row */
function called({ name, path }) {
  return ofTeam(name, path.teams.at(-1) ?? "");
}

/** @param {string[]} texts */
function lines(...texts) {
  return present(texts).map((text) => element("small", {}, text));
}

export default mounted(Drift);
