// The head of the table: what the coach says of all objectives, and what is done with them at once.

/** @import { Change } from "../grid/types" */
/** @import { Verdict } from "../editing/types" */
/** @import { Okrs } from "./index.js" */
/** @import { OkrsData } from "./types" */

import { focusOn } from "../grid/focus.js";
import { Row } from "../grid/row.js";
import { button, element, focusedIn } from "../shared/elements.js";

export class Head extends Row {
  /** @param {Okrs} okrs */
  constructor(okrs) {
    super(okrs, "head", { target: "objective", id: 0, name: "", cells: {} });
    this.okrs = okrs;
    this.since = 0;
    this.offered = "";
    this.remarks = element("ul", { class: "remarks team" });
    this.buttons = element("div", { class: "do" });
    this.panel = element("div", { class: "panel", hidden: true });
    this.state.classList.add("unseen");
    this.node = element("div", { class: "head" }, this.remarks, this.buttons, this.state, this.complaints.about, this.panel);
  }

  show() {
    const { start, ending: ended, editable, version } = this.okrs.data;
    // What stood in the way may be gone.
    if (this.since !== version) this.settle();
    const signature = JSON.stringify([start, ended, editable]);
    if (this.offered === signature) return;
    this.offered = signature;
    const ending = editable ? ended : null;
    const buttons = [];
    if (editable && start) buttons.push(this.startButton());
    if (ending) buttons.push(button(ending.button, { class: buttons.length ? null : "primary", onclick: () => this.turn(!this.panel.hidden) }));
    const active = focusedIn(this.node);
    const isLost = active && this.node.contains(active);
    this.buttons.replaceChildren(...buttons);
    this.panel.replaceChildren(...(ending ? this.asksToEnd(ending) : []));
    if (!ending) this.panel.hidden = true;
    if (!isLost) return;
    if (buttons.length) buttons[0].focus();
    else focusOn(this.okrs.body, "[data-field]:enabled");
  }

  startButton() {
    const title = "Every draft here becomes active today";
    const start = () => this.act({ do: "steps", step: "start" });
    return button(this.okrs.data.start, { class: "primary", title, onclick: start });
  }

  /** @param {boolean} isHidden */
  turn(isHidden) {
    this.panel.hidden = isHidden;
    if (isHidden) focusOn(this.buttons, "button:last-of-type");
    else focusOn(this.panel, "button");
  }

  /** @param {NonNullable<OkrsData["ending"]>} ending */
  asksToEnd({ question, rows, yes, no, ids }) {
    const close = () => {
      this.turn(true);
      this.act({ do: "steps", step: "close", ids });
    };
    return [
      element("p", { class: "question" }, question),
      element("ul", {}, ...rows.map((row) => element("li", {}, row))),
      button(no, { onclick: () => this.turn(true) }),
      button(yes, { class: "primary", onclick: close }),
    ];
  }

  mayGo() {
    this.since = this.okrs.data.version;
    return this.isClear([...this.okrs.rows.values()]);
  }

  // The cycle starts with the drafts that stand when it does.
  /** @param {Change} change @returns {Change} */
  stamped(change) {
    const { order, data } = this.okrs;
    if (change.edit.step !== "start") return super.stamped(change);
    const ids = order.filter(({ isNew, facts }) => !isNew && facts.state === "draft").map(({ facts }) => facts.id);
    return { ...change, edit: { ...change.edit, ids, base_version: data.version } };
  }

  /** @param {Record<string, unknown>} edit @param {Verdict} verdict */
  objectToAct(edit, verdict) {
    this.since = this.okrs.data.version;
    super.objectToAct(edit, verdict);
  }
}
