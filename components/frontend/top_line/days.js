// Looks back: at days worth a look, or at any that is typed.

/** @import { LineData, Say } from "./types" */

import { button, element, keepKeys, keepingFocus } from "../shared/elements.js";
import { Drop } from "./drop.js";

export class Days extends Drop {
  /** @param {Say} say */
  constructor(say) {
    super("day", "dialog");
    this.say = say;
    this.named = element("div", { class: "named" });
    this.input = element("input", { type: "date" });
    this.form = element(
      "form",
      { onsubmit: (event) => this.typed(event) },
      element("label", {}, "As it was known at the end of", this.input),
      element("button", { type: "submit" }, "Show"),
    );
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", "Look back");
    this.panel.append(this.named, this.form);
    keepKeys(this.panel);
  }

  open() {
    super.open();
    const [first] = this.named.querySelectorAll("button");
    (first ?? this.input).focus({ preventScroll: true });
  }

  /** @param {SubmitEvent} event */
  typed(event) {
    event.preventDefault();
    if (this.input.value && this.form.reportValidity()) this.picked(this.input.value);
  }

  /** @param {string} day */
  picked(day) {
    this.close();
    this.say("as_of", day);
  }

  /** @param {LineData} data */
  show({ as_of, as_of_text, earliest, today, days }) {
    this.words.textContent = as_of ? `as of ${as_of_text}` : "today";
    this.button.setAttribute("aria-label", `As of ${as_of_text}: look back`);
    this.root.classList.toggle("back", Boolean(as_of));
    const all = [...(as_of ? [{ text: "Today", day: "", note: "" }] : []), ...days];
    const named = all.map(({ text, day, note }) => {
      const one = button(text, { onclick: () => this.picked(day) });
      one.append(element("small", {}, note));
      return one;
    });
    keepingFocus(this.named, () => this.named.replaceChildren(...named));
    this.input.min = earliest;
    this.input.max = today;
    if (this.panel.hidden) this.input.value = as_of;
  }
}
