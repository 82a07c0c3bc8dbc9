// What the server sends of the teams below the one looked at.

import type { Gauge, Mark } from "../gauges/types";

export interface Worst extends Pick<Gauge, "id" | "name" | "series" | "limits" | "unusual"> {
  mark: Mark;
}

/** Of the `kpis` of a team so many are `fine`; `shares` counts those of each part of its bar. */
export interface Team {
  name: string;
  fine: number;
  kpis: number;
  said: string;
  shares: number[];
  worst: Worst | null;
}

export interface TeamsData {
  /** The parts of a bar, each by what its colour goes by and its name. */
  parts: [string, string][];
  turn: string;
  whole: boolean;
  teams: Team[];
}
