// The cycle so far, week by week: every part of the cockpit shows what it showed then.

/** @import { Frame } from "./types" */

import { newToken } from "../editing/outbox.js";
import { button, element } from "../shared/elements.js";
import { shownAt } from "../shared/shown.js";

const EACH = 1200;
// What is of today alone, and cannot be looked back to here.
const OF_TODAY = ".st-key-decisions, .st-key-checklist";

export class TimeLapse {
  /** @param {(asked: string) => void} ask */
  constructor(ask) {
    this.ask = ask;
    this.asked = "";
    /** @type {Frame[]} */
    this.frames = [];
    this.at = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    this.opener = button("▶ Play the cycle so far", { class: "play", onclick: () => this.begin() });
    this.turn = button("Play", { class: "turn", onclick: () => this.toggle() });
    this.slider = element("input", { type: "range", min: 0, step: 1, "aria-label": "Week" });
    this.slider.addEventListener("input", () => this.goTo(Number(this.slider.value)));
    this.said = element("output", { class: "when" });
    const close = button("Back to now", { class: "close", onclick: () => this.end() });
    this.bar = element("div", { class: "lapse", popover: "manual", role: "group", "aria-label": "The cycle so far" }, this.turn, this.slider, this.said, close);
    this.bar.addEventListener("keydown", (event) => event.key === "Escape" && this.end());
  }

  begin() {
    this.asked = newToken();
    this.ask(this.asked);
  }

  // Frames that somebody asked for who has left the page since are not played.
  /** @param {number} weeks @param {Frame[]} frames @param {string} asked */
  show(weeks, frames, asked) {
    this.opener.hidden = weeks < 2;
    if (asked !== this.asked) return;
    const begins = frames.length > 0 && !this.frames.length;
    this.frames = frames;
    if (begins) this.open();
  }

  open() {
    this.slider.max = String(this.frames.length - 1);
    this.bar.showPopover();
    this.setToday(true);
    this.goTo(0);
    this.turn.focus();
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.play();
  }

  toggle() {
    if (this.timer !== undefined) return this.pause();
    if (this.at === this.frames.length - 1) this.goTo(0);
    this.play();
  }

  play() {
    this.timer = setInterval(() => this.next(), EACH);
    this.turn.textContent = "Pause";
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.turn.textContent = "Play";
  }

  next() {
    this.goTo(this.at + 1);
    if (this.at === this.frames.length - 1) this.pause();
  }

  /** @param {number} at */
  goTo(at) {
    this.at = Math.min(at, this.frames.length - 1);
    const { week, day, parts } = this.frames[this.at];
    const said = [week, day].filter(Boolean).join(" · ");
    this.slider.value = String(this.at);
    this.slider.setAttribute("aria-valuetext", said);
    this.said.textContent = said;
    for (const [key, past] of Object.entries(parts)) shownAt(key)?.lookBack(past);
  }

  // Now is at once; the page only forgets what was played.
  end() {
    this.leave();
    this.asked = "";
    this.ask("");
    this.opener.focus();
  }

  leave() {
    if (!this.frames.length) return;
    this.pause();
    for (const key of Object.keys(this.frames[0].parts)) shownAt(key)?.lookBack(null);
    this.frames = [];
    this.setToday(false);
    if (this.bar.matches(":popover-open")) this.bar.hidePopover();
  }

  /** @param {boolean} isPast */
  setToday(isPast) {
    for (const part of document.querySelectorAll(OF_TODAY)) {
      if (!(part instanceof HTMLElement)) continue;
      part.inert = isPast;
      part.style.opacity = isPast ? "0.35" : "";
    }
  }
}
