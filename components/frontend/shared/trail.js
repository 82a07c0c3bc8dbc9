// The way down to where one is: the teams from the top, and last what leads nowhere.

import { element } from "./elements.js";

/** @param {Node[]} steps @param {string} [here] */
export function trail(steps, here) {
  const last = here === undefined ? [] : [element("li", { "aria-current": "page" }, here)];
  return element("ol", { class: "trail" }, ...steps.map((step) => element("li", {}, step)), ...last);
}
