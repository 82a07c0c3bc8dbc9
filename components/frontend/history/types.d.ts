// What the server sends of what was done.

import type { Lead } from "../shared/types";

/** What changed of one thing; what is gone leads nowhere. */
export interface Line {
  name: string;
  leads: Lead | null;
  team: string;
  has_team: boolean;
  said: string;
}

export interface Deed {
  id: number;
  day: string;
  at: string;
  who: string;
  did: string;
  why: string;
  lines: Line[];
  more: string;
  folded: boolean;
  taken_back: boolean;
  mine: boolean;
}

export interface HistoryData {
  note: string;
  empty: string;
  older: boolean;
  deeds: Deed[];
}
