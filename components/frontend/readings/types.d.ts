// What the server sends of a KPI's readings.

import type { Columns } from "../shared/types";

export interface ReadingRow {
  period: string;
  value: string;
  who: string;
  when: string;
  note: string;
  replaced: string;
}

export interface ReadingsData {
  readings: Columns<ReadingRow>;
}
