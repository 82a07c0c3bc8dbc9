// What the server sends of objectives and their key results.

import type { TypedOn } from "../editing/types";

/** A confidence in words with its dots; without one the words say so. */
export interface Sureness {
  dots: string;
  word: string;
}

export interface KeyResult {
  id: number;
  name: string;
  way: string;
  ends: string[];
  unit: string;
  fed: string | null;
  kpi: number | null;
  typed: boolean;
  closed: boolean;
  exact: string;
  value: string;
  change: string;
  checked: string;
  again: boolean;
  confidence: string;
  sureness: Sureness;
  standing: string;
  phrase: string;
  promise: string;
  lag: string;
  basis: string;
  prospect: string;
  span: [number, number] | null;
  done: number;
  /** How much of the way back into its range a KPI has come that is to be held there. */
  back: number | null;
  pace: number;
  /** What is another than it was at the last check-in, where somebody asks. */
  changed?: string;
}

/** What of a key result its editor needs. */
export type EditedKeyResult = Pick<KeyResult, "id" | "name" | "unit" | "fed" | "typed" | "exact" | "again" | "confidence">;

export interface Guardrail {
  id: number;
  name: string;
  matter: string;
}

export interface Objective {
  id: number;
  name: string;
  facts: string;
  progress: string;
  over: boolean;
  guardrails: Guardrail[];
  unvalued: string;
  key_results: KeyResult[];
}

export interface KeyResultsData extends TypedOn {
  day: string;
  focus: number | null;
  /** What is another than it was, by key; null where nobody asks. */
  moved: Record<string, string> | null;
  empty: string;
  confidences: string[];
  objectives: Objective[];
  /** What a button says that shows all or few of them; empty for none. */
  turn: string;
  whole: boolean;
}
