// What the server sends of what is one's own.

import type { Facts, GridData } from "../grid/types";
import type { Lead } from "../shared/types";

export type Section = "due" | "late" | "later";

/** A period or a day that something can be typed for. */
export interface Day {
  day: string;
  name: string;
}

export interface Step {
  id: number;
  name: string;
  done: boolean;
  when: string;
}

/**
 * `kind` is which cells it has; `days` points into the list of choices of days, and what was told
 * stands in their order. `missing` are those days that still wait, the oldest first; `before` is the
 * value before all of them. `series` ends with the value that is `last`.
 */
export interface UpdateFacts extends Facts {
  kind: string;
  leads: Lead | null;
  team: string;
  objective: Lead | null;
  unit: string;
  section: Section;
  waits: string;
  aim: string[];
  last: string;
  moved: string;
  when: string;
  dismissed: string;
  before: string;
  fed: Lead | null;
  days: number;
  told: (Record<string, string> | null)[];
  missing: string[];
  series: (number | null)[];
  limits: [number, number] | null;
  range: [number | null, number | null];
  steps: Step[];
}

/** Somebody for whom something is due. */
export interface Name {
  name: string;
  text: string;
}

export interface UpdateData extends GridData<UpdateFacts> {
  sentence: string;
  names: Name[];
  otherwise: string;
  days: Day[][];
}
