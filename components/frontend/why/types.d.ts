// What the server sends of why a KPI changed.


/** What moved; only a KPI has a page to open. */
export interface Moved {
  id?: number;
  name: string;
  when: string;
  much: string;
  where: string;
}

/** A part of the change, as a bar from one percentage on. */
export interface Bar {
  id?: number;
  name: string;
  detail: string;
  text: string;
  along: boolean;
  from: number;
  width: number;
}

export interface WhyData {
  moved: { question: string; lead: string; rows: Moved[]; few: number };
  split: { question: string; lead: string; bars: Bar[]; sum: string };
}
