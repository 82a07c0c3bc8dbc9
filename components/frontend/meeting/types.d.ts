// What the server sends of a check-in.

import type { Form, Own, Period, Recovery } from "../decisions/types";
import type { TypedOn } from "../editing/types";
import type { EditedGauge, Gauge, Mark } from "../gauges/types";
import type { EditedKeyResult, KeyResult } from "../key_results/types";
import type { Lead } from "../shared/types";

export interface Planned {
  part: string;
  name: string;
  whose: string;
  reason: string;
  /** Where its name leads, if anywhere. */
  lead: Lead | null;
}

export interface Before {
  title: string;
  last: string;
  /** There was one today already. */
  is_done: boolean;
  more: string;
  agenda: Planned[];
  owed: { who: string; is_somebody: boolean; text: string }[];
  /** What is said where nothing is due. */
  none_owed: string;
  to_do: { id: number; what: string; facts: string; is_late: boolean }[];
  /** How the last check-ins went, a sentence each. */
  rhythm: string[];
}

export interface Chart extends Pick<Gauge, "series" | "limits" | "unusual" | "ideal"> {
  /** At which share of the width each value stands; at even steps without. */
  at: number[] | null;
  /** What the colour of the unusual values goes by. */
  signal: string;
  low: number | null;
  high: number | null;
  /** At which share of the width the last check-in was. */
  news: number | null;
  from: string;
  to: string;
}

/** How far a key result is, as shares of its way; `before` is where it was at the last check-in. */
export interface Track extends Pick<KeyResult, "done" | "pace" | "span" | "standing"> {
  before: number | null;
}

export interface Lane extends Track {
  ends: [string, string];
}

/** What is said of a thing at its head; what it does not have is not there. */
export interface Head {
  name: string;
  whose?: string;
  value?: string;
  unit?: string;
  beside?: string;
  marks?: Mark[];
  reason?: string;
  stale?: boolean;
}

/** What is shown of one thing; what may not be done with it is null or false. */
export interface Item {
  id: number;
  position: number;
  part: string;
  reason: string;
  name: string;
  whose: string;
  value: string;
  unit: string;
  /** The value is old: nothing newer was told. */
  stale: boolean;
  beside: string;
  marks: Mark[];
  sentence: string;
  last: string;
  said: string;
  chart: Chart | null;
  lane: Lane | null;
  gauge: EditedGauge | null;
  decide: Own | null;
  /** The recovery that is proposed, where the KPI may be rerouted. */
  recovery: Recovery | null;
  key_result: EditedKeyResult | null;
  tick: boolean;
  /** What a person does next with its recovery, empty where it waits for nobody. */
  step: string;
  votes: { word: string; count: number }[];
  apart: boolean;
  /** The confidence in the middle of the votes, empty without any. */
  middle: string;
}

/** Seconds; `now` is the moment at which the server wrote the others. */
export interface Clock {
  now: number;
  seconds: number;
  item: number;
  paused: boolean;
  planned: number;
}

export interface During {
  /** The data's version at which all this was read; that of its numbers may be an older one. */
  version: number;
  item: Item;
  position: number;
  count: number;
  next: string;
  driver: string;
  drives: boolean;
  driver_is_here: boolean;
  here: string[];
  voting: boolean;
  voted: number;
  has_voted: boolean;
  clock: Clock;
}

export interface Minutes {
  title: string;
  facts: string;
  parts: { title: string; lines: { name: string; why: string; said: string[] }[] }[];
  agreed: string[];
  open: { title: string; lines: string[] };
  id: number;
  /** Somebody asked for these. */
  asked: boolean;
  markdown: string;
  mail: string;
}

export interface MeetingData extends TypedOn {
  team: string;
  day: string;
  people: string[];
  address: string;
  /** The rows of a code that a phone reads, a 1 for each dark dot. */
  code: string[];
  periods: Record<string, Period[]>;
  confidences: string[];
  form: Form;
  before: Before | null;
  during: During | null;
  minutes: Minutes | null;
  past: { id: number; text: string }[];
  /** What was saved last, and whether it can be taken back. */
  told: { message: string; undo: boolean } | null;
}

/** One thing that somebody does; what it says besides is the act's. */
export type Act = { did?: string } & Record<string, string | number>;
