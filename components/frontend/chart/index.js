// The control chart of a KPI, drawn by Plotly in the colours of the theme that is shown.

/** @import { Chart, ChartData, Figure, Plot, Point } from "./types" */

import { element } from "../shared/elements.js";
import { mounted, Shown } from "../shared/shown.js";
import { painted, readings, selectedPoints, spokenText, stepped } from "./figure.js";
import { picture } from "./picture.js";
import { loadedPlotly, plotlyStyle } from "./plotly.js";

export const styles = ["shared/shared.css", "chart/chart.css"];

const STEPS = ["ArrowLeft", "ArrowRight", "Home", "End"];
const HINT = "Arrow keys go from reading to reading. The table of readings says the same.";
const NOT_THERE = "It cannot be explored: load the page again. The table of readings says the same.";
const LATEST = 300;
const AFTER_CLICK = 50;
const PAPER = 720;
const EXPAND = { width: 24, height: 24, path: "M3 3h7v2H5v5H3zM14 3h7v7h-2V5h-5zM3 14h2v5h5v2H3zM19 14h2v7h-7v-2h5z" };

/** @param {HTMLElement} root @returns {Chart} */
function createChart(root) {
  const plot = element("div", { class: "plot", tabindex: 0, role: "application" });
  const spoken = element("p", { class: "unseen", "aria-live": "polite" });
  const figure = element("div", { class: "figure", role: "figure" }, plot, spoken);
  const probe = element("i", { hidden: true });
  const held = /** @type {Chart} */ ({ root, figure, plot, spoken, probe, signature: "" });
  held.drawing = Promise.resolve();
  plot.addEventListener("keydown", (event) => hearKey(held, event));
  root.append(figure, probe);
  const resized = new ResizeObserver(() => drawSoon(held));
  resized.observe(figure);
  const print = () => showPrinted(held);
  const forget = () => figure.querySelector(".printed")?.remove();
  window.addEventListener("beforeprint", print);
  window.addEventListener("afterprint", forget);
  held.leave = () => {
    window.removeEventListener("beforeprint", print);
    window.removeEventListener("afterprint", forget);
    resized.disconnect();
    held.plotly?.purge(plot);
  };
  return held;
}

// One drawing after the other; until Plotly is there, a picture of what it will draw.
/** @param {Chart} held */
function drawSoon(held) {
  if (!held.plotly) showPicture(held);
  held.drawing = held.drawing
    .then(() => draw(held))
    .catch((error) => {
      if (!held.plotly) held.plot.textContent = NOT_THERE;
      console.error(error);
    });
}

/** @param {Chart} held */
function showPicture({ figure, painted: shown, plot }) {
  figure.querySelector(".picture")?.remove();
  const drawing = figure.clientWidth ? picture(shown, figure.clientWidth) : null;
  if (drawing) plot.before(drawing);
}

// On paper, as wide as that is, in the colours that the theme has there.
/** @param {Chart} held */
function showPrinted({ figure, data }) {
  figure.querySelector(".printed")?.remove();
  const drawing = picture(data.figure, PAPER);
  drawing?.setAttribute("class", "printed");
  if (drawing) figure.append(drawing);
}

/** @param {Chart} held */
async function draw(held) {
  const plotly = held.plotly ?? (await loadedLast());
  const { clientWidth: width, clientHeight } = held.figure;
  // Nobody sees what has no width; what is gone or as it was is drawn no more.
  const place = `${width} ${clientHeight}`;
  if (!width || !held.root.isConnected || (held.drawn === held.painted && held.place === place)) return;
  Object.assign(held, { drawn: held.painted, place });
  // A copy: Plotly writes into what it is given where somebody zooms or clicks.
  const { data, layout } = structuredClone(held.painted);
  const selected = selectedPoints(held.painted, held.points.find(({ period }) => period === held.chosen) ?? null);
  data.forEach((line, curve) => Object.assign(line, { selectedpoints: selected[curve] }));
  const height = isWhole(held) ? clientHeight : layout.height;
  const font = { ...layout.font, family: getComputedStyle(held.root).fontFamily };
  const clickmode = held.data.selectable ? "event+select" : "event";
  if (!held.plotly) held.plot.replaceChildren();
  await plotly.react(held.plot, data, { ...layout, width, height, font, clickmode }, held.config);
  if (!held.plotly) listen(held);
  held.figure.querySelector(".picture")?.remove();
  held.plotly = plotly;
}

// What is beside the chart comes first.
async function loadedLast() {
  await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: LATEST }));
  return loadedPlotly();
}

/** @param {Chart} held */
function listen(held) {
  const plot = /** @type {Plot} */ (/** @type {HTMLElement} */ (held.plot));
  plot.on("plotly_selected", (event) => choose(held, event?.points?.[0]?.customdata));
  plot.on("plotly_deselect", () => choose(held, undefined));
  // Its second click chooses what it lies near once more: that ends as well.
  plot.on("plotly_doubleclick", () => setTimeout(() => mark(held, null), AFTER_CLICK));
  held.root.append(element("style", {}, plotlyStyle()));
}

/** @param {Chart} held @param {string} name */
function colourOf({ probe }, name) {
  probe.style.color = name;
  return getComputedStyle(probe).color;
}

// Kept as it is: with another one Plotly draws all anew, and forgets a zoom.
/** @param {Chart} held */
function config(held) {
  const expand = { name: "whole", title: "Full screen", icon: EXPAND, click: () => turnWhole(held) };
  return {
    displaylogo: false,
    // What people measure is nobody else's: Plotly offers to send it to its own servers.
    showSendToCloud: false,
    plotlyServerURL: "",
    toImageButtonOptions: { filename: held.data.name, scale: 2 },
    modeBarButtonsToRemove: ["lasso2d", "select2d", "sendChartToCloud"],
    modeBarButtonsToAdd: document.fullscreenEnabled ? [expand] : [],
  };
}

/** @param {Chart} held */
function isWhole({ figure }) {
  return figure.matches(":fullscreen");
}

/** @param {Chart} held */
function turnWhole(held) {
  if (isWhole(held)) document.exitFullscreen();
  else held.figure.requestFullscreen();
}

/** @param {Chart} held @param {unknown} period */
function choose(held, period) {
  const chosen = typeof period === "string" ? period : undefined;
  if (chosen === held.chosen) return;
  held.chosen = chosen;
  held.send("chosen", { period: chosen ?? null });
}

/** @param {Chart} held @param {KeyboardEvent} event */
function hearKey(held, event) {
  if (event.target !== held.plot || !held.plotly) return;
  if (STEPS.includes(event.key)) step(held, event.key);
  else if (event.key === "Enter" && held.point && held.data.selectable) mark(held, held.point);
  else if (event.key === "Escape") mark(held, null);
  else return;
  event.preventDefault();
}

/** @param {Chart} held @param {string} key */
function step(held, key) {
  held.point = stepped(held.points, held.point, key);
  if (!held.point) return;
  held.plotly?.Fx.hover(held.plot, [{ curveNumber: held.point.curve, pointNumber: held.point.at }]);
  held.spoken.textContent = spokenText(held.point.text);
}

// Marks a reading as a click on it does, or lets go of it.
/** @param {Chart} held @param {Point | null} point */
function mark(held, point) {
  held.plotly?.restyle(held.plot, { selectedpoints: selectedPoints(held.data.figure, point) });
  choose(held, point?.period);
}

/** @extends {Shown<ChartData>} */
class ChartOfKpi extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.held = createChart(root);
    this.leave = this.held.leave;
  }

  render() {
    const { held } = this;
    held.send = this.send;
    held.data = this.data;
    const figure = painted(held.data.figure, (name) => colourOf(held, name));
    const signature = JSON.stringify([held.data, figure]);
    if (held.signature !== signature) show(held, figure);
    held.signature = signature;
  }
}

export default mounted(ChartOfKpi);

// The place has its height before the chart is there.
/** @param {Chart} held @param {Figure} shown */
function show(held, shown) {
  held.painted = shown;
  const { name, alternative, figure, selectable } = held.data;
  if (held.config?.toImageButtonOptions.filename !== name) held.config = config(held);
  held.points = readings(figure);
  held.figure.style.height = `${figure.layout.height}px`;
  held.figure.setAttribute("aria-label", alternative);
  held.plot.setAttribute("aria-label", selectable ? `${HINT} Enter chooses one, Escape lets go of it.` : HINT);
  drawSoon(held);
}
