// Loads Plotly when a chart is first drawn: nothing else on a page waits for it.

/** @import { Plotly } from "./types" */

const ADDRESS = new URL("../vendor/plotly-basic.min.js", import.meta.url).href;
const STYLE = "plotly.js-style-global";

/** @type {Promise<Plotly> | undefined} */
let loading;

// One that did not come is asked for again the next time.
/** @returns {Promise<Plotly>} */
export function loadedPlotly() {
  loading ??= import(ADDRESS).then(() => /** @type {any} */ (window).Plotly);
  loading.catch(() => (loading = undefined));
  return loading;
}

// Plotly writes its style into the page, where it does not reach what is in here.
export function plotlyStyle() {
  const style = document.getElementById(STYLE);
  const sheet = style instanceof HTMLStyleElement ? style.sheet : null;
  return [...(sheet?.cssRules ?? [])].map((rule) => rule.cssText).join("\n");
}
