// What the server sends of a table to type in.

import type { Answer, Change as Sent } from "../editing/types";
import type { Edits } from "../editing/edits.js";
import type { Trigger } from "../shared/types";

export type Kind = "text" | "long" | "number" | "date" | "choice" | "pick" | "names" | "checkbox" | "shown";
export type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface Option {
  value: string;
  label: string;
}

/** A column; `options` are what a choice has, `names` what others are picked from. */
export interface Column {
  name: string;
  label: string;
  kind: Kind;
  width: string;
  options: Option[];
  names: string[];
  hint: string;
  together: string;
  fresh: boolean;
  first: string;
  live: boolean;
  placed: boolean;
  grows: boolean;
  tip: string;
}

export interface Note {
  text: string;
  tone: string;
}

export interface Facts {
  id: number;
  name: string;
  cells: Record<string, string>;
  notes: Record<string, Note>;
}

/** A part of what is proposed for a row; a `shown` one stands in its cells meanwhile. */
export interface Part {
  save: string;
  reason: string;
  shown: boolean;
  cells: Record<string, string>;
}

export interface TableData {
  table: string;
  columns: Column[];
  rows: Facts[];
  version: number;
  add: string;
  archiving: string;
  empty: string;
  more: string;
  acts: { name: string; label: string }[];
  place: string;
  heirs: { id: number; name: string }[];
  person: string;
  editable: boolean;
  answer: Answer | null;
  offered: { nonce: number; id: number; parts: Part[] } | null;
  tried: (Note & { id: number; cell: string; typed: string }) | null;
}

export interface Row {
  key: string;
  node: HTMLElement;
  about: HTMLElement;
  nodes: HTMLElement[];
  state: HTMLElement;
  message: HTMLElement;
  asked: HTMLElement;
  tools: HTMLElement;
  cells: Map<string, Input>;
  fixed: Map<string, HTMLElement>;
  notes: Map<string, HTMLElement>;
  facts: Facts;
  signature: string;
  saved: boolean;
}

/** What is done with a row, or asked for where there is none yet; cells are typed into by default. */
export interface Change extends Sent<Row | null> {
  act: "cells" | "add" | "archive" | "hand over";
}

export interface Table {
  root: HTMLElement;
  rows: Map<string, Row>;
  lists: Map<string, HTMLElement>;
  widths: HTMLElement;
  head: HTMLElement;
  body: HTMLElement;
  empty: HTMLElement;
  more: HTMLElement;
  held: HTMLElement;
  fresh: HTMLFormElement;
  adding: HTMLButtonElement;
  datalists: HTMLElement;
  scroll: HTMLElement;
  told: HTMLElement;
  inputs: Map<string, Input>;
  edits: Edits<Change>;
  nameless: boolean;
  typing: boolean;
  shown: string;
  columns: string | null;
  added: number | null;
  offered: number | null;
  trying?: ReturnType<typeof setTimeout>;
  data: TableData;
  trigger: Trigger;
}
