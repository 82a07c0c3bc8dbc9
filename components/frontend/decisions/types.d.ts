// What the server sends of what needs a decision, and of the form in which people decide.

import type { Edit } from "../editing/editor.js";
import type { Answer } from "../editing/types";

export type Decision = "act" | "acknowledge" | "reroute" | "rebase" | "dismiss";

export interface Period {
  start: string;
  name: string;
}

/** What all forms of a page share; `due` and `again` are the days that are filled in. */
export interface Form {
  kinds: Record<Decision, { name: string; verb: string; about: string; words: string; hint: string }>;
  people: string[];
  person: string;
  today: string;
  tomorrow: string;
  latest: string;
  cadences: Record<string, { due: string; again: string; periods: Period[] }>;
}

/** What the form of one KPI needs; `latest` is the place of its last reading among the periods. */
export interface Own {
  owner: string;
  cadence: string;
  latest: number | null;
  series: string;
  unusual: number;
}

/** Where a form stands, and who is told what becomes of it. */
interface FormOptions {
  host: HTMLElement;
  form: Form;
  send: (edit: Edit) => void;
  back: () => HTMLElement | null;
  onClose: () => void;
}

export interface DecisionOptions extends FormOptions {
  about: { id: number; title: string; own: Own; target?: string };
  kind: Decision;
  /** Opens the drawer in which the KPI is rerouted, where it can be. */
  onReroute?: () => void;
}

/** A recovery as it is proposed; `cycle` is the key of one of the `cycles`. */
export interface Recovery {
  beside: string;
  objective: string;
  key_result: string;
  reason: string;
  how_long: string;
  periods: number;
  fewest: number;
  most: number;
  longest: { name: number; text: number };
  cycles: { id: number; name: string }[];
  cycle: number;
}

export interface RerouteOptions extends FormOptions {
  about: { id: number; title: string; owner: string };
  recovery: Recovery;
}

/** `kpi` is the one whose page tells how it is known. */
export interface Card {
  kind: string;
  decided: boolean;
  name: string;
  whose: string;
  sentence: string;
  shape: string;
  age: string;
  decide: Own | null;
  reroutes: boolean;
  verb: string;
  target: string;
  id: number;
  kpi: number | null;
}

/** Cards that say the same of siblings, by their places; `key` stays while cards come and go. */
export interface Group {
  key: string;
  title: string;
  whose: string;
  worst: string;
  shape: string;
  age: string;
  places: number[];
}

export interface DecisionsData {
  cards: Card[];
  groups: Group[];
  calm: { shape: string; text: string } | null;
  editable: boolean;
  /** Of nobody: who is here, `person`, is told beside it. */
  form: Form;
  person: string;
  answer: Answer | null;
}
