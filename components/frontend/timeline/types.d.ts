// What the server sends of a team's road so far.

export interface PastObjectiveShown {
  id: number;
  name: string;
  said: string;
  share: number;
}

export interface PastEventShown {
  day: string;
  shape: string;
  kind: string;
  kpi: number;
  name: string;
  said: string;
  why: string;
}

export interface ChapterShown {
  /** Empty where it lies in no cycle; as it was at its end it is looked at `as_of` that day. */
  cycle: string;
  title: string;
  days: string;
  mean: string;
  pattern: string;
  as_of: string;
  objectives: PastObjectiveShown[];
  events: PastEventShown[];
}

export interface TimelineData {
  team: string;
  empty: string;
  chapters: ChapterShown[];
}
