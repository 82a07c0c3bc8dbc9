// What elements show as changes to a base, which a message of its own brings with each run.

/** @import { Changes, Packed, Row } from "./types" */
/** @typedef {{ rows: Record<string, Row[]>, values: Row }} Base */

import { records } from "./records.js";

/** @type {Map<string, { base: Base, holders: Set<object> }>} */
const bases = new Map();
/** @type {WeakMap<object, string[]>} */
const held = new WeakMap();
/** @type {WeakMap<object, number>} */
const turns = new WeakMap();
/** @type {Map<string, Set<() => void>>} */
const waiting = new Map();

/** @param {object} holder @param {string} name */
function release(holder, name) {
  const kept = bases.get(name);
  kept?.holders.delete(holder);
  if (!kept?.holders.size) bases.delete(name);
}

/** @param {string} text @returns {Base} */
function read(text) {
  const { rows, values } = /** @type {Packed} */ (JSON.parse(text));
  const unpacked = Object.entries(rows).map(([field, each]) => [field, Array.isArray(each) ? each : records(each)]);
  return { rows: Object.fromEntries(unpacked), values };
}

/** @param {string} name */
function goOn(name) {
  const runs = waiting.get(name) ?? [];
  waiting.delete(name);
  for (const run of runs) run();
}

// Bases stay as long as what brought them; what waits for one goes on. What leaves after it has
// brought others, as it does where two runs overlap, takes nothing away.
/** @param {object} holder @param {Record<string, string>} texts what each base holds, by its name */
export function hold(holder, texts) {
  const turn = (turns.get(holder) ?? 0) + 1;
  turns.set(holder, turn);
  const before = held.get(holder) ?? [];
  held.set(holder, Object.keys(texts));
  for (const [name, text] of Object.entries(texts)) {
    const kept = bases.get(name) ?? { base: read(text), holders: new Set() };
    kept.holders.add(holder);
    bases.set(name, kept);
    goOn(name);
  }
  for (const name of before) if (!(name in texts)) release(holder, name);
  return () => {
    if (turns.get(holder) !== turn) return;
    for (const name of held.get(holder) ?? []) release(holder, name);
    held.delete(holder);
  };
}

// Goes on with all that an element shows, at once where its base is there.
/** @param {Record<string, any> & { base?: string, changes?: Changes }} data @param {(data: any) => void} show */
export function whole(data, show) {
  const { base: name, changes, ...rest } = data;
  if (name === undefined || !changes) return show(data);
  const run = () => {
    const kept = bases.get(name);
    if (kept) show({ ...changed(kept.base, changes), ...rest });
    return kept !== undefined;
  };
  if (!run()) waiting.set(name, (waiting.get(name) ?? new Set()).add(run));
}

/** @param {Base} base @param {Changes} changes */
function changed({ rows, values }, changes) {
  const all = { ...rows, ...values, ...changes.values };
  for (const [field, { at, new: others }] of Object.entries(changes.rows))
    all[field] = at.flatMap((run) => (Array.isArray(run) ? rows[field].slice(run[0], run[0] + run[1]) : [others[-run - 1]]));
  return all;
}
