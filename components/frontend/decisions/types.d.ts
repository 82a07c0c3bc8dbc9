// What the server sends of what needs a decision.

import type { Answer } from "../editing/types";

export interface Card {
  kind: string;
  decided: boolean;
  title: string;
  fact: string;
  text: string;
  acknowledge: boolean;
  verb: string;
  target: string;
  id: number;
  looks: boolean;
}

export interface DecisionsData {
  cards: Card[];
  calm: string;
  editable: boolean;
  /** Days on which to look again. */
  again: { least: string; usual: string; most: string };
  answer: Answer | null;
}
