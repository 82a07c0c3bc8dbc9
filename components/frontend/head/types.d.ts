// What the server sends of the head of a KPI's page.

import type { Mark } from "../gauges/types";

export interface HeadData {
  /** The teams that it stands under, the topmost first. */
  path: string[];
  name: string;
  marks: Mark[];
  value: string;
  period: string;
  first: string;
  about: string;
  /** Where its numbers are kept, empty where nobody said. */
  link: string;
  /** What the first sentence rests on, and each term in it with its line. */
  numbers: string;
  terms: [string, string][];
}
