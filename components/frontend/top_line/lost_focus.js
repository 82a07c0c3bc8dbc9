// Where what had the focus is gone, somebody at the keyboard goes on where the page begins.

const TRIES = 12;
const EVERY = 250;

export class LostFocus {
  /** @param {(isAnew: boolean) => void} goOn */
  constructor(goOn) {
    this.goOn = goOn;
    /** @type {Node | null} */
    this.last = null;
    this.isMain = false;
    /** @param {Event} event */
    const hear = (event) => {
      const path = event.composedPath();
      this.last = /** @type {Node} */ (path[0]);
      this.isMain = path.some((node) => node instanceof Element && node.getAttribute("kind") === "primary");
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
      // After what a page is there for, another one stands in its place, whose begin is to be seen.
      this.goOn(this.isMain);
    } else if (tries > 1) {
      this.timer = setTimeout(() => this.look(tries - 1), EVERY);
    }
  }
}
