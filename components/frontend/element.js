// The one address that stays: it loads the element that the page names, of the version that the page
// is of. So a tab that outlives an upgrade never runs an older module on newer data.

/** @import { Mounted } from "./shared/types" */
/** @typedef {(component: Mounted<any>) => (() => void) | undefined} Show */
/** @typedef {{ address: string, show?: Show, leave?: () => void }} Shown */

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();
/** @type {WeakMap<object, Shown>} */
const shown = new WeakMap();

// Each style is loaded once; one that did not come is asked for again the next time.
/** @param {string} address */
function loaded(address) {
  const sheet = sheets.get(address) ?? fetched(address);
  sheets.set(address, sheet);
  sheet.catch(() => sheets.delete(address));
  return sheet;
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} did not come: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
}

// What an older version has drawn here goes, with all that it listens to.
/** @param {ShadowRoot} parentElement @param {string} address @returns {Shown} */
function cleared(parentElement, address) {
  const before = shown.get(parentElement);
  if (before?.address === address) return before;
  before?.leave?.();
  if (before) parentElement.querySelector(".root")?.replaceChildren();
  const now = { address };
  shown.set(parentElement, now);
  return now;
}

// Loads what shows an element, with its styles.
/** @param {ShadowRoot} parentElement @param {string} address */
async function prepared(parentElement, address) {
  const { default: show, styles = [] } = await import(address);
  const base = new URL("../", address);
  const held = cleared(parentElement, address);
  const root = /** @type {ShadowRoot} */ (parentElement.getRootNode());
  root.adoptedStyleSheets = await Promise.all(styles.map((/** @type {string} */ name) => loaded(new URL(name, base).href)));
  held.show = show;
  return held;
}

/** @param {Mounted<{ module: string }>} component */
export default async function (component) {
  const { data, parentElement } = component;
  const address = new URL(data.module, import.meta.url).href;
  const before = shown.get(parentElement);
  // What is shown already shows newer data at once: to set its styles anew would lay all out again.
  const held = before?.address === address && before.show ? before : await prepared(parentElement, address);
  held.leave = held.show?.(component);
  // Data that newer data overtakes is told to leave as well: the element stays.
  return () => {
    if (!parentElement.isConnected) held.leave?.();
  };
}
