// What the top line is sent, and what its parts say.

export interface Place {
  title: string;
  path: string;
}

export interface Team {
  name: string;
  depth: number;
}

export interface Found {
  target: string;
  id: number;
  kind: string;
  name: string;
  where: string;
}

export interface NamedDay {
  text: string;
  day: string;
  note: string;
}

export interface LineData {
  /** Light or dark, empty while that is not known. */
  theme: string;
  place: string | null;
  places: Place[];
  is_own: boolean;
  team: string | null;
  teams: Team[];
  cycle: string | null;
  cycles: string[] | null;
  next_cycle: string | null;
  far: string;
  elapsed: number | null;
  as_of: string;
  as_of_text: string;
  earliest: string;
  today: string;
  days: NamedDay[];
  person: string;
  people: string[];
  is_signed_in: boolean;
  query: string;
  found: Found[];
}

/** What can be picked from a list: what it says, and what it stands for. */
export interface Option {
  text: string;
  value: unknown;
  depth?: number;
  kind?: string;
  note?: string;
}

export type Say = (name: string, value: unknown) => void;
