// What is typed and not safe yet: kept in the tab by person, so that a reload finds it again.

/** @import { Draft, Entry, Storage } from "../editing/types" */

const DRAFTS = "milepost:drafts";

export class Drafts {
  /** @param {string} owner @param {Storage} [storage] */
  constructor(owner, storage = sessionStorage) {
    this.place = `${DRAFTS} ${owner}`;
    this.storage = storage;
    /** @type {Map<string, Draft>} */
    this.held = new Map(this.kept());
  }

  /** @returns {Entry[]} */
  kept() {
    try {
      const entries = JSON.parse(this.storage.getItem(this.place) ?? "[]");
      return Array.isArray(entries) ? entries.filter(([key, draft]) => key && typeof draft?.typed === "string") : [];
    } catch {
      return [];
    }
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

  // A tab that may keep nothing still holds what is typed until it is reloaded.
  keep() {
    try {
      this.storage.setItem(this.place, JSON.stringify([...this.held]));
    } catch {
      return;
    }
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
