// What the server sends of how a spreadsheet is read.

export interface Choice {
  value: string;
  label: string;
}

/** A column; `value` is what its role is called where it holds values. */
export interface Column {
  heading: string;
  letter: string;
  role: string;
  asked: boolean;
  value: string;
}

/** A cell as it is seen; what `stands` for a missing value is said to be so. */
export interface Cell {
  text: string;
  stands: "number" | "text" | "missing";
}

export interface Line {
  line: number;
  cells: Cell[];
}

/** A sheet; `first` columns are in sight at first, and `more` are not sent at all. */
export interface Sheet {
  title: string;
  place: string;
  read: boolean;
  heading: number;
  lines: number[];
  turned: boolean;
  team: string;
  has_team: boolean;
  first: number;
  more: number;
  columns: Column[];
  rows: Line[];
}

export interface Reading {
  code: string;
  text: string;
}

/** A question; `taken` is what its cell is read as, empty where nobody can tell. */
export interface Question {
  key: string;
  lead: string;
  cell: string;
  asked: string;
  taken: string;
  code: string;
  answered: boolean;
  named: boolean;
  readings: Reading[];
}

export interface MappingData {
  title: string;
  steps: string[];
  remarks: string;
  folded: boolean;
  kept: string;
  roles: Choice[];
  teams: string[];
  sheets: Sheet[];
  questions: Question[];
}
