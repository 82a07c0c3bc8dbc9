// Which slide is shown, and for how long: a rota that goes on while what it shows changes.

/** @typedef {{ id: string, seconds: number }} Turn */

/** @template {Turn} Slide */
export class Rota {
  constructor() {
    /** @type {Slide[]} */
    this.slides = [];
    this.at = 0;
    this.since = 0;
  }

  // What is shown stays until its time is over; where it is gone, what took its place begins anew.
  /** @param {Slide[]} slides @param {number} now milliseconds */
  take(slides, now) {
    const shown = this.slides[this.at]?.id;
    const again = slides.findIndex(({ id }) => id === shown);
    this.slides = slides;
    if (again >= 0) this.at = again;
    else {
      this.at = Math.min(this.at, Math.max(slides.length - 1, 0));
      this.since = now;
    }
  }

  current() {
    return this.slides[this.at];
  }

  /** @param {number} now milliseconds */
  share(now) {
    const slide = this.current();
    return slide ? Math.min((now - this.since) / (1000 * slide.seconds), 1) : 0;
  }

  // Goes on where it is time; tells whether another slide is shown now.
  /** @param {number} now milliseconds */
  tick(now) {
    if (this.share(now) < 1) return false;
    return this.go(1, now);
  }

  /** @param {number} by @param {number} now milliseconds */
  go(by, now) {
    const { length } = this.slides;
    if (!length) return false;
    this.since = now;
    this.at = (this.at + by + length) % length;
    return length > 1;
  }
}
