// Shows what others saved: by itself where nobody is typing, else when they say so.

import { button, element } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "live/live.css"];

const AGAIN = 3000;
const LATEST = 1000;

// The innermost of what has the focus, in whatever elements it lies.
/** @param {DocumentOrShadowRoot} root @returns {Element | null} */
function focused(root) {
  const { activeElement } = root;
  return activeElement?.shadowRoot ? focused(activeElement.shadowRoot) : activeElement;
}

function isTyping() {
  return Boolean(focused(document)?.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"));
}

// Whoever looks into a drawer would find it closed.
function isAway() {
  return document.querySelector("[role=dialog]") !== null;
}

/** @extends {Shown<{ newer: number, rest: boolean }>} */
class Live extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.offer = element("p", { class: "offer", role: "status", hidden: true });
    this.offer.append("There are newer numbers. ", button("Show them", { onclick: () => this.ask() }));
    root.append(this.offer);
    // Whoever is done typing need not ask; what they said goes first.
    const look = () => setTimeout(() => this.render(), 300);
    document.addEventListener("focusout", look);
    this.leave = () => {
      clearTimeout(this.timer);
      document.removeEventListener("focusout", look);
    };
  }

  ask() {
    this.offer.hidden = true;
    this.send("show", Date.now());
    this.lookAgain();
  }

  // What was left out of a page comes once all else is there.
  askForRest() {
    (window.requestIdleCallback ?? setTimeout)(() => this.send("show", Date.now()), { timeout: LATEST });
    this.lookAgain();
  }

  // What was asked for may be lost on its way, and what was waited for may be over.
  lookAgain() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.render(), AGAIN);
  }

  render() {
    clearTimeout(this.timer);
    const { newer, rest } = this.data;
    if (rest) this.askForRest();
    this.offer.hidden = !newer || isAway() || !isTyping();
    if (!newer) return;
    if (isAway() || isTyping()) this.lookAgain();
    else this.ask();
  }
}

export default mounted(Live);
