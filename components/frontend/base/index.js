// Shows nothing: brings the base of what an element beside it shows.

/** @import { Mounted, Packed } from "../shared/types" */

import { hold } from "../shared/bases.js";

/** @param {Mounted<{ shown: [Packed & { name: string }] }>} component */
export default function ({ data: { shown: [{ name, rows, values }] }, parentElement }) {
  return hold(parentElement, name, { rows, values });
}
