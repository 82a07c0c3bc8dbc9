// What the server sends of what is one's own.

import type { Facts, GridData } from "../grid/types";

export type Section = "due" | "late" | "early";

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
 * stands in their order. `before` is what “no change” takes, `was` how that is said.
 */
export interface UpdateFacts extends Facts {
  kind: string;
  place: string;
  unit: string;
  section: Section;
  waits: string;
  last: string;
  when: string;
  dismissed: string;
  before: string;
  was: string;
  fed: string;
  kpi: number | null;
  days: number;
  told: (Record<string, string> | null)[];
  series: (number | null)[];
  steps: Step[];
}

export interface UpdateData extends GridData<UpdateFacts> {
  sentence: string;
  days: Day[][];
}
