// What the server sends of the headline over a cockpit.

/** A sign by its shape, or by the `line` that is drawn so, with what it is called and means. */
export interface Sign {
  sign: string;
  line: string;
  name: string;
  meaning: string;
}

/** What each part of the cockpit showed at the end of a week, by its key. */
export interface Frame {
  week: string;
  day: string;
  parts: Record<string, Record<string, unknown>>;
}

export interface HeadlineData {
  weeks: number;
  frames: Frame[];
  /** Who asked for the frames. */
  asked: string;
  /** Whether what changed since the last check-in is marked, and what there is to say of it. */
  since: { is_marked: boolean; text: string };
  title: string;
  besides: string[];
  trail: string[];
  notice: { text: string; cycle: string } | null;
  legend: Sign[];
}
