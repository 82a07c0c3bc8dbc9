// What elements show as changes to a base, which a message of its own brings with each run.

/** @import { Changes, Packed, Row } from "./types" */
/** @typedef {{ rows: Record<string, Row[]>, values: Row }} Base */

import { records } from "./records.js";

/** @type {Map<string, { base: Base, holders: Set<object> }>} */
const bases = new Map();
/** @type {WeakMap<object, string>} */
const held = new WeakMap();
/** @type {WeakMap<object, number>} */
const turns = new WeakMap();
/** @type {Map<string, Set<() => void>>} */
const waiting = new Map();

/** @param {object} holder */
function release(holder) {
  const name = held.get(holder);
  const kept = name === undefined ? undefined : bases.get(name);
  held.delete(holder);
  kept?.holders.delete(holder);
  if (name !== undefined && !kept?.holders.size) bases.delete(name);
}

// A base stays as long as what brought it; what waits for it goes on. What leaves after it has
// brought another one, as it does where two runs overlap, takes nothing away.
/** @param {object} holder @param {string} name @param {Packed} packed */
export function hold(holder, name, { rows, values }) {
  const turn = (turns.get(holder) ?? 0) + 1;
  turns.set(holder, turn);
  if (held.get(holder) !== name) {
    release(holder);
    const unpacked = Object.entries(rows).map(([field, each]) => [field, Array.isArray(each) ? each : records(each)]);
    const kept = bases.get(name) ?? { base: { rows: Object.fromEntries(unpacked), values }, holders: new Set() };
    kept.holders.add(holder);
    bases.set(name, kept);
    held.set(holder, name);
  }
  const runs = waiting.get(name) ?? [];
  waiting.delete(name);
  for (const run of runs) run();
  return () => {
    if (turns.get(holder) === turn) release(holder);
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
