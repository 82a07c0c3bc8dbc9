// What the server sends of a team's objectives and key results.

import type { Answer, Change as Sent } from "../editing/types";
import type { Edits } from "../editing/edits.js";
import type { Option } from "../grid/types";
import type { Trigger } from "../shared/types";

export type Target = "objective" | "key result";
export type Input = HTMLInputElement | HTMLSelectElement;

export interface Step {
  step: string;
  label: string;
}

/** What is asked before something is done that cannot be done by mistake. */
export interface Question {
  question: string;
  yes: string;
  no: string;
}

/** What both have besides their cells; a row that is new has none of it yet. */
export interface Facts {
  id?: number;
  state?: string;
  over?: boolean;
  fixed?: boolean;
  archiving?: Question | null;
  closing?: Question | null;
  steps_open?: Step[];
  steps_aside?: Step[];
  progress?: number | null;
  now?: string;
  remarks?: string[];
  [cell: string]: unknown;
}

export interface ObjectiveFacts extends Facts {
  id: number;
  key_results: (Facts & { id: number })[];
}

export interface OkrsData {
  version: number;
  person: string;
  place: string;
  editable: boolean;
  empty: string;
  team: string;
  cycle: string;
  teams: string[];
  cycles: string[];
  options: Record<string, Option[]>;
  people: string[];
  kpis: string[];
  supportable: string[];
  remarks: string[];
  start: string;
  ending: { button: string; question: string; rows: string[]; yes: string; no: string; ids: number[] } | null;
  objectives: ObjectiveFacts[];
  focus: string | null;
  answer: Answer | null;
}

/** What is said against a cell, or against a row as a whole where there is no cell. */
export interface Complaint {
  text: string;
  answers: HTMLElement[];
  state: string;
}

/** What can be complained about: a row, or the head of the table. */
export interface Part {
  key: string;
  target: Target;
  id: number | null;
  facts: Facts;
  cells: Map<string, { input: Input; tick: HTMLElement }>;
  complaints: Map<string | null, Complaint>;
  kids: Row[];
  node: HTMLElement;
  state: HTMLElement;
  message: HTMLElement;
  asked: HTMLElement;
  panel: HTMLElement;
  signature: string | null;
  since?: number;
  saved: boolean;
}

export interface Head extends Part {
  about: HTMLElement;
  does: HTMLElement;
}

export interface Row extends Part {
  under: Row | null;
  line: HTMLElement;
  now: HTMLElement;
  steps: HTMLElement;
  more: HTMLButtonElement;
  remarks: HTMLElement;
  body: HTMLElement | null;
  asking: "closing" | "archiving" | null;
  cameFrom: Element | null;
  gone: boolean;
  /** Until which version it is not missed, since it has just been made. */
  waits: number | null;
}

/** Something typed or done; `stood` is what stood there then, `mine` what one saved oneself since. */
export interface Change extends Sent<Row | Head> {
  stood?: Facts;
  mine?: Set<string>;
}

export interface Table {
  root: HTMLElement;
  rows: Map<string, Row>;
  order: Row[];
  lists: Map<string, HTMLElement>;
  offered: Map<string, string>;
  head: Head;
  empty: HTMLElement;
  columns: HTMLElement;
  body: HTMLElement;
  edits: Edits<Change>;
  place: string;
  nameless: string | null;
  orphans: import("../editing/types").Draft[];
  typedIn: Element | null;
  pointed: string | null;
  data: OkrsData;
  send: Trigger;
}
