// What the server sends of a grid, and what its parts hold.

import type { Change as Sent, TypedOn } from "../editing/types";
import type { Row } from "./row.js";

export type Kind = "text" | "long" | "number" | "date" | "choice" | "pick" | "names" | "checkbox" | "shown";
export type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface Option {
  value: string;
  label: string;
}

/** A column; `options` are what a choice has, `list` names what others are picked from. */
export interface Column {
  name: string;
  label: string;
  kind: Kind;
  width: string;
  options: Option[];
  list: string;
  hint: string;
  together: string;
  fresh: boolean;
  first: string;
  live: boolean;
  placed: boolean;
  below: boolean;
  tip: string;
  longest: number;
}

export interface Cell {
  column: Column;
  input: Input;
  tick: HTMLElement;
  offer: () => void;
}

/** What every row has: `target` tells its kind and, with its key, which one it is; 0 is a new one. */
export interface Facts {
  target: string;
  id: number;
  name: string;
  cells: Record<string, string>;
  state?: string;
  over?: boolean;
}

/** `columns` are those of each kind of row, `lists` the names that cells are picked from. */
export interface GridData<F extends Facts = Facts> extends TypedOn {
  table: string;
  place: string;
  empty: string;
  columns: Record<string, Column[]>;
  lists: Record<string, string[]>;
  rows: F[];
}

/** What is said against a cell, or against a row as a whole where there is no cell. */
export interface Complaint {
  text: string;
  answers: HTMLElement[];
  state: string;
}

/** Something typed or done; `stood` is what stood there when it was done. */
export interface Change extends Sent<Row<any>> {
  stood?: Record<string, string | undefined>;
}
