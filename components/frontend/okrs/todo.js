// What is to be done about a row: listed, ticked off, and agreed on.

/** @import { Form } from "../decisions/types" */
/** @import { Editor } from "../editing/editor.js" */
/** @import { OkrRow } from "./row.js" */

import { decisionEditor } from "../decisions/form.js";
import { button, element, focusedIn } from "../shared/elements.js";

const CADENCE = "";

export class ToDo {
  /** @param {OkrRow} row */
  constructor(row) {
    this.row = row;
    this.signature = "";
    /** @type {Editor | null} */
    this.editor = null;
    this.list = element("ul", { class: "actions-open" });
    this.host = element("div", { class: "agreeing" });
    this.add = button("Add an action", { onclick: () => this.ask() });
    this.node = element("div", { class: "todo", hidden: true }, this.list, this.host, this.add);
  }

  show() {
    const { actions = [] } = this.row.facts;
    const signature = JSON.stringify(actions);
    if (this.signature === signature) return;
    this.signature = signature;
    const hadFocus = this.list.contains(focusedIn(this.list));
    this.list.replaceChildren(...actions.map(({ id, text, late }) => this.line(id, text, late)));
    if (hadFocus) (this.list.querySelector("input") ?? this.add).focus();
  }

  /** @param {number} id @param {string} text @param {boolean} late */
  line(id, text, late) {
    const tick = element("input", { type: "checkbox" });
    tick.addEventListener("change", () => {
      // It is ticked once it is saved: then it is listed no more.
      tick.checked = false;
      this.row.act({ do: "tick", action: id });
    });
    return element("li", { class: late ? "late" : null }, element("label", {}, tick, text));
  }

  ask() {
    if (this.editor) return this.editor.focus();
    const { row, host } = this;
    const { target, id } = row.facts;
    const { acting, person, lists } = row.okrs.data;
    if (!acting) return;
    const form = /** @type {Form} */ ({
      ...acting,
      people: lists.person,
      person,
      tomorrow: acting.today,
      cadences: { [CADENCE]: { due: acting.due, again: acting.due, periods: [] } },
    });
    this.add.hidden = true;
    this.editor = decisionEditor({
      host,
      about: { id, target, title: row.title(), own: { owner: row.text("owner"), cadence: CADENCE, latest: null, series: "", unusual: 0 } },
      form,
      kind: "act",
      send: (edit) => row.okrs.send("agree", { ...edit, target }),
      back: () => this.add,
      onClose: () => {
        this.editor = null;
        this.add.hidden = false;
      },
    });
    this.editor.restore();
  }
}
