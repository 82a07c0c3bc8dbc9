// What the server sends of KPIs that drift and of teams by weeks.

import type { Form, Own } from "../decisions/types";
import type { Answer } from "../editing/types";
import type { Gauge } from "../gauges/types";
import type { Columns } from "../shared/types";

/** `decides` tells that something can be decided about it, `reroutes` that a recovery can begin, `actions` what is done beside that. */
export interface Row extends Own, Pick<Gauge, "id" | "name" | "state" | "signal" | "ideal" | "sentence" | "decided" | "limits"> {
  /** Its team and those above it, the topmost below the one looked at first. */
  path: { teams: string[] };
  value: string;
  decision: string;
  actions: string;
  decides: boolean;
  reroutes: boolean;
  waits: boolean;
}

/** For each week how many KPIs drifted, and of how many that could be told. */
export interface Team {
  name: string;
  depth: number;
  drifting: number[];
  judged: number[];
}

/** What the list can be narrowed to: each value with its words. */
export interface Filter {
  name: string;
  label: string;
  picked: string;
  options: [string, string][];
}

export interface DriftData {
  filters: Filter[];
  question: string;
  besides: string;
  chance: string;
  empty: string;
  rows: Columns<Row>;
  more: number;
  weeks: string[];
  months: string[];
  teams: Team[];
  shown: number[];
  editable: boolean;
  form: Form;
  answer: Answer | null;
}
