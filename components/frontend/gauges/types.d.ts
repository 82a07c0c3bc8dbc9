// What the server sends of gauges.

import type { Period } from "../decisions/types";
import type { TypedOn } from "../editing/types";

/** A shape with its words; `kind` is what its colour goes by. */
export interface Mark {
  kind: string;
  shape: string;
  text: string;
}

/** `exact` is the value as somebody would type it, empty for none.
 * Of the band and the limits the lower end comes first; the series is text, a gap in it a dash. */
export interface Gauge {
  id: number;
  name: string;
  /** Empty for the team that is looked at. */
  team: string;
  owner: string;
  cadence: string;
  state: Mark;
  exact: string;
  shown: string;
  unit: string;
  ideal: string;
  needle: number | null;
  off: number;
  lower: string;
  upper: string;
  band: [number, number];
  series: string;
  behind: number | null;
  limits: [number, number] | null;
  /** What is plainly said first; `line` is what there is room for. */
  sentence: string;
  line: string;
  signal: Mark | null;
  unusual: number;
  decided: boolean;
  /** What is another than it was at the last check-in, where somebody asks. */
  changed?: string;
}

/** What of a gauge its editor needs. */
export type EditedGauge = Pick<Gauge, "id" | "name" | "team" | "unit" | "cadence" | "exact" | "shown" | "series" | "behind">;

export interface Indicator {
  id: number;
  name: string;
  /** Empty for the team that is looked at. */
  team: string;
  value: string;
  change: string;
  period: string;
}

export interface GaugesData extends TypedOn {
  heading: string;
  question: string;
  empty: string;
  gauges: Gauge[];
  indicators: Indicator[];
  periods: Record<string, Period[]>;
  day: string;
  opens: boolean;
  /** Whether they are rows of a table; null where nobody may choose. */
  table: boolean | null;
  focus: number | null;
  /** What is another than it was, by key; null where nobody asks. */
  moved: Record<string, string> | null;
  /** Whether there is room for what follows beside them; null where nothing does. */
  beside: boolean | null;
  /** What a button says that shows all or few of them; empty for none. */
  turn: string;
  whole: boolean;
}
