// What is typed and not safe yet: kept in the tab by name, so that a reload finds it again. A tab that
// may keep nothing still holds what is typed until it is reloaded.

/** @import { Storage } from "./types" */

/** @param {string} name */
const named = (name) => `milepost:${name}`;

/** @param {() => unknown} act @returns {any} */
function tried(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

/** @param {string} name @param {Storage} [storage] */
export function kept(name, storage) {
  return tried(() => JSON.parse((storage ?? sessionStorage).getItem(named(name)) ?? "null"));
}

/** @param {string} name @param {unknown} value @param {Storage} [storage] */
export function keep(name, value, storage) {
  tried(() => (storage ?? sessionStorage).setItem(named(name), JSON.stringify(value)));
}

/** @param {string} name */
export function drop(name) {
  tried(() => sessionStorage.removeItem(named(name)));
}
