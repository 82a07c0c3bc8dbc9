// Shows nothing: brings the bases of what elements beside it show.

/** @import { Mounted } from "../shared/types" */

import { hold } from "../shared/bases.js";

/** @param {Mounted<{ shown: [{ bases: Record<string, string> }] }>} component */
export default function ({ data: { shown: [{ bases }] }, parentElement }) {
  return hold(parentElement, bases);
}
