// What the server sends of what is one's own.

import type { Answer, Change } from "../editing/types";
import type { Edits } from "../editing/edits.js";
import type { Trigger } from "../shared/types";

export type Cell = "typed" | "confidence" | "note" | "blocked_by";
export type Section = "due" | "late" | "early";

/** A period or a day that something can be typed for. */
export interface Day {
  day: string;
  name: string;
}

/** What was said for a period or a day. */
export interface Told {
  value: number | null;
  confidence: string;
  note: string;
  blocked_by: string;
}

export interface Step {
  id: number;
  name: string;
  done: boolean;
  when: string;
}

/** `days` points into the list of choices of days; what was told stands in their order. */
export interface Facts {
  target: string;
  id: number;
  name: string;
  place: string;
  unit: string;
  section: Section;
  waits: string;
  last: string;
  when: string;
  dismissed: string;
  before: number | null;
  fed: string;
  kpi: number | null;
  days: number;
  told: (Told | null)[];
  series: (number | null)[];
  cells: Cell[];
  steps: Step[];
}

export interface UpdateData {
  version: number;
  person: string;
  editable: boolean;
  sentence: string;
  empty: string;
  confidences: string[];
  rows: Facts[];
  days: Day[][];
  answer: Answer | null;
}

export interface Row {
  key: string;
  node: HTMLElement;
  what: HTMLElement;
  last: HTMLElement;
  steps: HTMLElement;
  state: HTMLElement;
  message: HTMLElement;
  asked: HTMLElement;
  choice: HTMLSelectElement | null;
  cells: Map<Cell, HTMLInputElement | HTMLSelectElement>;
  facts: Facts;
  place: Section;
  at: number;
  day: string | undefined;
  days: string;
  signature: string | null;
  saved: boolean;
}

export interface SectionParts {
  title: string;
  head: HTMLElement;
  body: HTMLElement;
  node: HTMLElement;
}

export interface List {
  root: HTMLElement;
  head: HTMLElement;
  sentence: HTMLElement;
  empty: HTMLElement;
  columns: HTMLElement;
  rows: Map<string, Row>;
  sections: Map<Section, SectionParts>;
  edits: Edits<Change<Row>>;
  person: string | undefined;
  focused: boolean;
  data: UpdateData;
  send: Trigger;
}
