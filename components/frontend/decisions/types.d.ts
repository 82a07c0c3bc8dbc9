// What the server sends of what needs a decision.

import type { Answer } from "../editing/types";
import type { Editor } from "../editing/editor.js";
import type { Trigger } from "../shared/types";

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

export interface Decisions {
  root: HTMLElement;
  title: HTMLElement;
  wrap: HTMLElement;
  cards: HTMLElement;
  nodes: Map<string, { node: HTMLElement; signature: string }>;
  editors: Map<number, Editor>;
  all: boolean;
  data: DecisionsData;
  send: Trigger;
  render: () => void;
}
