// What the server sends of what importing a spreadsheet would do.

export interface Fact {
  what: string;
  which: string;
}

/** A new KPI with what can be set of it, as it is typed. */
export interface NewKpi {
  name: string;
  unit: string;
  low: string;
  high: string;
  better: string;
  cadence: string;
  owner: string;
}

export interface ChangesData {
  title: string;
  facts: Fact[];
  check: string;
  kpis: NewKpi[];
  more: string;
  headings: Record<string, string>;
  better: string[];
  cadences: string[];
}
