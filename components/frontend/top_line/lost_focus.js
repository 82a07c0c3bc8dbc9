// Where what had the focus is gone, somebody at the keyboard goes on where the page begins.

const TRIES = 12;
const EVERY = 250;

export class LostFocus {
  /** @param {() => void} goOn */
  constructor(goOn) {
    this.goOn = goOn;
    /** @type {Node | null} */
    this.last = null;
    /** @param {Event} event */
    const hear = (event) => {
      this.last = /** @type {Node} */ (event.composedPath()[0]);
    };
    document.addEventListener("focusin", hear);
    this.leave = () => {
      clearTimeout(this.timer);
      document.removeEventListener("focusin", hear);
    };
  }

  // The old page stays until the new one has come: it is looked for a while.
  look(tries = TRIES) {
    clearTimeout(this.timer);
    if (this.last && !this.last.isConnected && document.activeElement === document.body) {
      this.last = null;
      this.goOn();
    } else if (tries > 1) {
      this.timer = setTimeout(() => this.look(tries - 1), EVERY);
    }
  }
}
