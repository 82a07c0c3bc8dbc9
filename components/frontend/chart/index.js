// The control chart of a KPI, drawn by Plotly in the colours of the theme that is shown.

/** @import { ChartData, Figure, Part, Plot, Plotly, Point } from "./types" */

import { element } from "../shared/elements.js";
import { mounted, Shown } from "../shared/shown.js";
import { painted, readings, selectedPoints, spokenText, stepped } from "./figure.js";
import { picture } from "./picture.js";
import { loadedPlotly, plotlyStyle } from "./plotly.js";

export const styles = ["shared/shared.css", "chart/chart.css"];

const STEPS = ["ArrowLeft", "ArrowRight", "Home", "End"];
const HINT = "Arrow keys go from reading to reading. The table of readings says the same.";
const NOT_THERE = "It cannot be explored: load the page again. The table of readings says the same.";
const COLOURS = /var\(--[a-z-]+\)/g;
const LATEST = 300;
const AFTER_CLICK = 50;
const PAPER = 720;
const EXPAND = { width: 24, height: 24, path: "M3 3h7v2H5v5H3zM14 3h7v7h-2V5h-5zM3 14h2v5h5v2H3zM19 14h2v7h-7v-2h5z" };

/** @extends {Shown<ChartData>} */
class Chart extends Shown {
  text = "";
  /** The figure as it was sent, and before as text. @type {Figure} */
  figure = { data: [], layout: {} };
  /** The same in the colours of the theme that is shown. */
  painted = this.figure;
  /** Which of them was drawn last, and how large. @type {Figure | undefined} */
  drawn = undefined;
  place = "";
  /** @type {Part} */
  config = {};
  /** Its readings, once somebody asks for one. @type {Point[] | undefined} */
  known = undefined;
  /** The reading that the keys have come to. @type {Point | undefined} */
  point = undefined;
  /** @type {string | undefined} */
  chosen = undefined;
  /** @type {Plotly | undefined} */
  plotly = undefined;
  drawing = Promise.resolve();

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.plot = element("div", { class: "plot", tabindex: 0, role: "application" });
    this.spoken = element("p", { class: "unseen", "aria-live": "polite" });
    this.frame = element("div", { class: "figure", role: "figure" }, this.plot, this.spoken);
    // Takes the name of a colour and has the colour.
    this.probe = element("i", { hidden: true });
    this.plot.addEventListener("keydown", (event) => this.hearKey(event));
    root.append(this.frame, this.probe);
    const resized = new ResizeObserver(() => this.drawSoon());
    resized.observe(this.frame);
    const print = () => this.showPrinted();
    const forget = () => this.frame.querySelector(".printed")?.remove();
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", forget);
    this.leave = () => {
      window.removeEventListener("beforeprint", print);
      window.removeEventListener("afterprint", forget);
      resized.disconnect();
      this.plotly?.purge(this.plot);
    };
  }

  // The place has its height before the chart is there.
  render() {
    const { name, alternative, figure, selectable } = this.data;
    const names = new Set(figure.match(COLOURS));
    const colours = new Map([...names].map((colour) => [colour, this.colourOf(colour)]));
    const isOther = figure !== this.text;
    this.text = figure;
    if (!this.isNews([name, alternative, selectable, ...colours.values()]) && !isOther) return;
    if (isOther) this.figure = JSON.parse(figure);
    this.painted = painted(this.figure, colours);
    if (this.config.toImageButtonOptions?.filename !== name) this.config = this.configured();
    this.known = undefined;
    this.frame.style.height = `${this.figure.layout.height}px`;
    this.frame.setAttribute("aria-label", alternative);
    this.plot.setAttribute("aria-label", selectable ? `${HINT} Enter chooses one, Escape lets go of it.` : HINT);
    this.drawSoon();
  }

  get points() {
    this.known ??= readings(this.figure);
    return this.known;
  }

  // One drawing after the other; until Plotly is there, a picture of what it will draw.
  drawSoon() {
    if (!this.plotly) this.showPicture();
    this.drawing = this.drawing
      .then(() => this.draw())
      .catch((error) => {
        if (!this.plotly) this.plot.textContent = NOT_THERE;
        console.error(error);
      });
  }

  showPicture() {
    this.frame.querySelector(".picture")?.remove();
    const drawing = this.frame.clientWidth ? picture(this.painted, this.frame.clientWidth) : null;
    if (drawing) this.plot.before(drawing);
  }

  // On paper, as wide as that is, in the colours that the theme has there.
  showPrinted() {
    this.frame.querySelector(".printed")?.remove();
    const drawing = picture(this.figure, PAPER);
    drawing?.setAttribute("class", "printed");
    if (drawing) this.frame.append(drawing);
  }

  async draw() {
    const plotly = this.plotly ?? (await loadedLast());
    const { clientWidth: width, clientHeight } = this.frame;
    // Nobody sees what has no width; what is gone or as it was is drawn no more.
    const place = `${width} ${clientHeight}`;
    if (!width || !this.root.isConnected || (this.drawn === this.painted && this.place === place)) return;
    Object.assign(this, { drawn: this.painted, place });
    // A copy: Plotly writes into what it is given where somebody zooms or clicks.
    const { data, layout } = structuredClone(this.painted);
    const point = this.chosen === undefined ? null : (this.points.find(({ period }) => period === this.chosen) ?? null);
    const selected = selectedPoints(this.painted, point);
    data.forEach((line, curve) => Object.assign(line, { selectedpoints: selected[curve] }));
    const height = this.isWhole ? clientHeight : layout.height;
    const font = { ...layout.font, family: getComputedStyle(this.root).fontFamily };
    const clickmode = this.data.selectable ? "event+select" : "event";
    if (!this.plotly) this.plot.replaceChildren();
    await plotly.react(this.plot, data, { ...layout, width, height, font, clickmode }, this.config);
    if (!this.plotly) this.listen();
    this.frame.querySelector(".picture")?.remove();
    this.plotly = plotly;
  }

  listen() {
    const plot = /** @type {Plot} */ (/** @type {HTMLElement} */ (this.plot));
    plot.on("plotly_selected", (event) => this.choose(event?.points?.[0]?.customdata));
    plot.on("plotly_deselect", () => this.choose(undefined));
    // Its second click chooses what it lies near once more: that ends as well.
    plot.on("plotly_doubleclick", () => setTimeout(() => this.mark(null), AFTER_CLICK));
    this.root.append(element("style", {}, plotlyStyle()));
  }

  /** @param {string} name */
  colourOf(name) {
    this.probe.style.color = name;
    return getComputedStyle(this.probe).color;
  }

  // Kept as it is: with another one Plotly draws all anew, and forgets a zoom.
  configured() {
    const expand = { name: "whole", title: "Full screen", icon: EXPAND, click: () => this.turnWhole() };
    return {
      displaylogo: false,
      // What people measure is nobody else's: Plotly offers to send it to its own servers.
      showSendToCloud: false,
      plotlyServerURL: "",
      toImageButtonOptions: { filename: this.data.name, scale: 2 },
      modeBarButtonsToRemove: ["lasso2d", "select2d", "sendChartToCloud"],
      modeBarButtonsToAdd: document.fullscreenEnabled ? [expand] : [],
    };
  }

  get isWhole() {
    return this.frame.matches(":fullscreen");
  }

  turnWhole() {
    if (this.isWhole) document.exitFullscreen();
    else this.frame.requestFullscreen();
  }

  /** @param {unknown} period */
  choose(period) {
    const chosen = typeof period === "string" ? period : undefined;
    if (chosen === this.chosen) return;
    this.chosen = chosen;
    this.send("chosen", { period: chosen ?? null });
  }

  /** @param {KeyboardEvent} event */
  hearKey(event) {
    if (event.target !== this.plot || !this.plotly) return;
    if (STEPS.includes(event.key)) this.step(event.key);
    else if (event.key === "Enter" && this.point && this.data.selectable) this.mark(this.point);
    else if (event.key === "Escape") this.mark(null);
    else return;
    event.preventDefault();
  }

  /** @param {string} key */
  step(key) {
    this.point = stepped(this.points, this.point, key);
    if (!this.point) return;
    this.plotly?.Fx.hover(this.plot, [{ curveNumber: this.point.curve, pointNumber: this.point.at }]);
    this.spoken.textContent = spokenText(this.point.text);
  }

  // Marks a reading as a click on it does, or lets go of it.
  /** @param {Point | null} point */
  mark(point) {
    this.plotly?.restyle(this.plot, { selectedpoints: selectedPoints(this.figure, point) });
    this.choose(point?.period);
  }
}

// What is beside the chart comes first.
async function loadedLast() {
  await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: LATEST }));
  return loadedPlotly();
}

export default mounted(Chart);
