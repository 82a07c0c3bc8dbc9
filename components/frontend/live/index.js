// Shows what others saved: by itself where nobody is typing, else when they say so.

import { button, element } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";

export const styles = ["shared/shared.css", "live/live.css"];

// The innermost of what has the focus, in whatever elements it lies.
/** @param {DocumentOrShadowRoot} root @returns {Element | null} */
function focused(root) {
  const { activeElement } = root;
  return activeElement?.shadowRoot ? focused(activeElement.shadowRoot) : activeElement;
}

function isTyping() {
  return Boolean(focused(document)?.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"));
}

/** @extends {Shown<{ newer: boolean }>} */
class Live extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.offer = element("p", { class: "offer", role: "status", hidden: true });
    this.offer.append("There are newer numbers. ", button("Show them", { onclick: () => this.ask() }));
    root.append(this.offer);
    // Whoever is done typing need not ask; what they said goes first.
    const look = () => setTimeout(() => this.render(), 300);
    document.addEventListener("focusout", look);
    this.leave = () => document.removeEventListener("focusout", look);
  }

  ask() {
    this.offer.hidden = true;
    this.send("show", Date.now());
  }

  render() {
    if (!this.data.newer) this.offer.hidden = true;
    else if (isTyping()) this.offer.hidden = false;
    else this.ask();
  }
}

export default mounted(Live);
