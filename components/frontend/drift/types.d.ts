// What the server sends of KPIs that drift and of teams by weeks.

import type { Mark } from "../gauges/types";
import type { Columns } from "../shared/types";

export interface Row {
  id: number;
  name: string;
  path: string;
  state: Mark;
  signal: Mark | null;
  value: string;
  ideal: string;
  since: string;
  decision: string;
  waits: boolean;
  leaves: string;
  series: string;
  limits: [number, number] | null;
  unusual: number;
}

/** For each week how many KPIs drifted, and of how many that could be told. */
export interface Team {
  name: string;
  depth: number;
  drifting: number[];
  judged: number[];
}

export interface DriftData {
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
}
