// What the server sends of what a file's numbers would have told.

/** Where a drift begins and ends in the series, and the reading with which it would have been told. */
export interface Drift {
  first: number;
  behind: number;
  told: number;
  note: string;
}

/** `series` is text, a gap in it a dash; `low` and `high` are the ends of the ideal range. */
export interface Story {
  name: string;
  /** Empty where all are of one team. */
  whose: string;
  text: string;
  series: string;
  low: number | null;
  high: number | null;
  drift: Drift | null;
}

export interface HindsightData {
  title: string;
  besides: string;
  stories: Story[];
  how: string;
  reasons: { about: string; text: string }[];
  share: string;
  file: string;
  company: string;
}

/** A strip as it is drawn: paths, and what lies between two heights or at one place across. */
export interface Strip {
  band: { top: number; height: number } | null;
  line: string;
  stretch: string;
  last: string;
  told: number | null;
}
