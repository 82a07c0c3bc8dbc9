// What the server sends of what was done.

/** What changed of one thing; only a KPI has a page to go to. */
export interface Line {
  name: string;
  kpi_id: number | null;
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
