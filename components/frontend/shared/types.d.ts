// What every element is given, and what its parts are made of.

export type Trigger = (name: string, value: unknown) => void;

export interface Mounted<Data> {
  data: Data;
  parentElement: ShadowRoot;
  setTriggerValue: Trigger;
  setStateValue: Trigger;
}

export type Child = Node | string | null | undefined;
export type Attribute = string | number | boolean | null | undefined | ((event: any) => unknown);
export type Attributes = Record<string, Attribute>;

/** What can be chosen, and its words. */
export type Choice = [value: string | number, text: string];

/** What somebody wants to see, wherever it is shown. */
export interface Opening {
  target: string;
  id: number;
  edit: boolean;
}

/** A name that leads to a thing: a KPI's page, or the cockpit of a `team` in a `cycle`. */
export interface Lead {
  target: "kpi" | "team" | "key result" | "objective";
  id: number;
  text: string;
  team: string;
  cycle: string;
}

/** The values of a field in the order of the rows, or what they point at. */
export type Column<T> = T[] | { kinds: T[]; at: number[] };

/** Rows as the server sends them: a column a field, and none where there is no row. */
export type Columns<Row> = { [Field in keyof Row]: Column<Row[Field]> };

export type Row = Record<string, any>;

/** A base as it travels. */
export interface Packed {
  rows: Record<string, Row[] | Columns<Row>>;
  values: Row;
}

/** Where rows lie in the base, the first and how many; a new one by its number below zero; other values. */
export interface Changes {
  rows: Record<string, { at: (number | [number, number])[]; new: Row[] }>;
  values: Row;
}
