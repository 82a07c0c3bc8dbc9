// What is typed and not safe yet: kept in the tab by person, so that a reload finds it again.

const DRAFTS = "milepost:drafts";

class Drafts {
  constructor(person) {
    this.place = `${DRAFTS} ${person}`;
    this.held = new Map(this.kept());
  }

  kept() {
    try {
      const entries = JSON.parse(sessionStorage.getItem(this.place));
      return Array.isArray(entries) ? entries.filter(([key, draft]) => key && typeof draft?.typed === "string") : [];
    } catch {
      return [];
    }
  }

  get(key) {
    return this.held.get(key);
  }

  set(key, draft) {
    this.held.set(key, draft);
    this.keep();
  }

  drop(key) {
    if (this.held.delete(key)) this.keep();
  }

  // A tab that may keep nothing still holds what is typed until it is reloaded.
  keep() {
    try {
      sessionStorage.setItem(this.place, JSON.stringify([...this.held]));
    } catch {
      return;
    }
  }

  of(row) {
    return [...this.held].filter(([, draft]) => draft.row === row);
  }

  left() {
    return [...this.held].filter(([, draft]) => draft.left);
  }
}
