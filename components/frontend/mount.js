// The one address that stays: it loads the element that the page names, of the version that the page
// is of. So a tab that outlives an upgrade never runs an older module on newer data. Where it is to do
// more for a module than it did, it takes another name: a tab would go on with what it did.

/** @import { Mounted } from "./shared/types" */
/** @typedef {(component: Mounted<any>) => (() => void) | undefined} Show */
/** @typedef {{ show: Show, sheets: CSSStyleSheet[] }} Kind what shows an element, and its styles */
/** @typedef {{ kind: Kind, leave?: () => void }} Shown */

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();
/** @type {Map<string, Promise<Kind>>} */
const coming = new Map();
/** @type {Map<string, Kind>} */
const kinds = new Map();
/** @type {WeakMap<object, Shown>} */
const shown = new WeakMap();

// Each is loaded once; one that did not come is asked for again the next time.
/** @template Part @param {Map<string, Promise<Part>>} all @param {string} address @param {(address: string) => Promise<Part>} load */
function once(all, address, load) {
  const part = all.get(address) ?? load(address);
  all.set(address, part);
  part.catch(() => all.delete(address));
  return part;
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} did not come: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
}

/** @param {string} address @returns {Promise<Kind>} */
async function imported(address) {
  const { default: show, styles = [], page = [] } = await import(address);
  const base = new URL("../", address);
  const loaded = (/** @type {string[]} */ names) => Promise.all(names.map((name) => once(sheets, new URL(name, base).href, fetched)));
  const kind = { show, sheets: await loaded(styles) };
  if (page.length) document.adoptedStyleSheets = await loaded(page);
  kinds.set(address, kind);
  return kind;
}

// What an older version has drawn here goes, with all that it listens to.
/** @param {ShadowRoot} parentElement @param {Kind} kind @returns {Shown} */
function cleared(parentElement, kind) {
  const before = shown.get(parentElement);
  if (before?.kind === kind) return before;
  before?.leave?.();
  if (before) parentElement.querySelector(".root")?.replaceChildren();
  const root = /** @type {ShadowRoot | Document} */ (parentElement.getRootNode());
  // What stands on the page itself has no styles but the page's.
  if (root !== document) root.adoptedStyleSheets = kind.sheets;
  const now = { kind };
  shown.set(parentElement, now);
  return now;
}

// What the page shows first is there before the server has said what it shows: it is drawn at once.
for (const { href } of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[data-element]")))
  once(coming, href, imported).catch(console.error);

/** @param {Mounted<{ module: string }>} component */
export default async function (component) {
  const { data, parentElement } = component;
  const address = new URL(data.module, import.meta.url).href;
  const held = cleared(parentElement, kinds.get(address) ?? (await once(coming, address, imported)));
  held.leave = held.kind.show(component);
  // Data that newer data overtakes is told to leave as well: the element stays.
  return () => {
    if (!parentElement.isConnected) held.leave?.();
  };
}
