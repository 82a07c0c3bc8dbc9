// A screen without hands: it goes from slide to slide by itself, and says when it lost the server.

/** @import { Row, Slide, WallData } from "./types" */
/** @import { Mounted } from "../shared/types" */

import { chart, track } from "../meeting/chart.js";
import { head } from "../meeting/head.js";
import { button, element, present } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";
import { Rota } from "./rota.js";

export const styles = ["shared/shared.css", "shared/marks.css", "gauges/signals.css", "meeting/stage.css", "wall/wall.css"];

const LOST = 30_000;
const DAY = 24 * 3_600_000;
const NIGHT = [20, 6];

/** @extends {Shown<WallData>} */
class Wall extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.stage = element("dialog", { class: "stage wall", tabindex: -1, "aria-label": "Wall" });
    this.stage.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.send("leave", Date.now());
    });
    this.stage.addEventListener("keydown", (event) => this.press(event));
    this.where = element("span", {});
    this.clock = element("span", { class: "at" });
    this.lost = element("p", { class: "lost", role: "alert", hidden: true });
    this.left = element("i", {});
    this.body = element("article", { class: "item" });
    this.team = element("strong");
    const leave = button("Leave the wall", { class: "leave", onclick: () => this.send("leave", Date.now()) });
    const bar = element("header", { class: "bar" }, this.team, this.where, element("span", { class: "left", "aria-hidden": "true" }, this.left), this.clock, leave);
    this.stage.append(bar, this.lost, this.body);
    root.append(this.stage);
    /** @type {Rota<Slide>} */
    this.rota = new Rota();
    this.beat = 0;
    this.heard = Date.now();
    this.opened = Date.now();
    const ticking = setInterval(() => this.tick(), 500);
    this.leave = () => clearInterval(ticking);
  }

  /** @param {Mounted<WallData>} component */
  show(component) {
    super.show(component);
    if (!this.stage.open) {
      this.stage.showModal();
      this.stage.focus();
    }
    return this.leave;
  }

  render() {
    const { team, slides, hour, beat, at } = this.data;
    const now = Date.now();
    if (beat !== this.beat) this.heard = now;
    this.beat = beat;
    this.team.textContent = team;
    this.clock.textContent = at;
    this.stage.dataset.night = String(hour >= NIGHT[0] || hour < NIGHT[1]);
    this.rota.take(slides, now);
    this.draw();
  }

  draw() {
    const slide = this.rota.current();
    if (!slide || !this.isNews(slide)) return;
    this.where.textContent = `${this.rota.at + 1} of ${this.rota.slides.length} · ${slide.part}`;
    this.body.dataset.kind = slide.kind;
    this.body.replaceChildren(...face(slide));
  }

  tick() {
    const now = Date.now();
    const isLost = now - this.heard > LOST;
    this.lost.hidden = !isLost;
    if (isLost) this.lost.textContent = `No answer from the server: these are the numbers of ${this.data.at}.`;
    // What a browser gathers over days goes with the page, where there is a server to ask for another.
    else if (now - this.opened > DAY) location.reload();
    if (this.rota.tick(now)) this.draw();
    this.left.style.width = `${(100 * this.rota.share(now)).toFixed(1)}%`;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    if (this.rota.go(by, Date.now())) this.draw();
  }
}

/** @param {Slide} slide */
function face(slide) {
  const { sentence, rows } = slide;
  return present([
    head(slide),
    slide.chart ? chart(slide.chart) : null,
    sentence ? element("div", { class: "sentences" }, element("p", {}, sentence)) : null,
    rows ? element("ul", { class: "rows" }, ...rows.map(row)) : null,
  ]);
}

/** @param {Row} shown */
function row(shown) {
  const { name, value, phrase, standing } = shown;
  return element(
    "li",
    { "data-standing": standing },
    element("h2", {}, name),
    track(shown),
    element("b", {}, value),
    element("span", { class: "phrase" }, phrase),
  );
}

export default mounted(Wall);
