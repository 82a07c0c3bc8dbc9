// What is typed and not safe yet: kept in the tab by person, so that a reload finds it again.

/** @import { Draft, Entry, Storage } from "../editing/types" */

import { keep, kept } from "../editing/kept.js";

export class Drafts {
  /** @param {string} owner @param {Storage} [storage] */
  constructor(owner, storage) {
    this.place = `drafts ${owner}`;
    this.storage = storage;
    /** @type {Map<string, Draft>} */
    this.held = new Map(this.kept());
  }

  /** @returns {Entry[]} */
  kept() {
    const entries = kept(this.place, this.storage);
    return Array.isArray(entries) ? entries.filter((entry) => entry?.[0] && typeof entry[1]?.typed === "string") : [];
  }

  /** @param {string} key */
  get(key) {
    return this.held.get(key);
  }

  /** @param {string} key @param {Draft} draft */
  set(key, draft) {
    this.held.set(key, draft);
    this.keep();
  }

  /** @param {string} key */
  drop(key) {
    if (this.held.delete(key)) this.keep();
  }

  keep() {
    keep(this.place, [...this.held], this.storage);
  }

  /** @param {string} row @returns {Entry[]} */
  of(row) {
    return [...this.held].filter(([, draft]) => draft.row === row);
  }

  /** @returns {Entry[]} */
  left() {
    return [...this.held].filter(([, draft]) => draft.left);
  }
}
