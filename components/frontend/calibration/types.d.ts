// What the server sends of chances that were said, and of what came true.

export interface Point {
  /** Where it stands in the plot: what was said and what came true, from 0 to 1. */
  x: number;
  y: number;
  cases: number;
  said: string;
  cameTrue: string;
}

export interface AccountShown {
  title: string;
  score: string;
  note: string;
  points: Point[];
}

export interface CalibrationData {
  lead: string;
  accounts: AccountShown[];
}
