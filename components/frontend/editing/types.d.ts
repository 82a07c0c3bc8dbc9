// What is typed and sent, what it is answered with, and what somebody else saved meanwhile.

export interface Theirs {
  field: string;
  value?: string | null;
  who: string | null;
  at?: string | null;
  version: number;
}

/** What became of one change; without a kind it was not understood. */
export interface Verdict {
  kind?: "saved" | "refused" | "conflict" | "doubtful" | "failed";
  target?: string;
  id?: number;
  field?: string;
  message?: string;
  theirs?: Theirs | null;
}

export interface Answer extends Verdict {
  token: string;
  answers?: Verdict[];
}

/** What every element is sent on which people type; `version` is that of the data which they see. */
export interface TypedOn {
  version: number;
  editable: boolean;
  person: string;
  answer: Answer | null;
}

/**
 * What somebody typed and is not safe yet. `base_version` is that of the data which they saw
 * when they began; `left` tells that they are done with it. `refused` and `confirmed` are texts: the one that
 * was not taken as it is, and the one that they insist on though it is unlikely.
 */
export interface Draft {
  typed: string;
  base_version: number;
  left: boolean;
  row: string;
  cell: string;
  refused?: string | null;
  confirmed?: string | null;
  /** What it is about besides its row, such as a day. */
  at?: string;
  target?: string;
  under?: string | null;
  answer?: Verdict;
}

/** What stood in the inputs of a form, of which version, and whether it was on its way. */
export interface KeptForm {
  values: string[];
  version: number;
  /** The name of what was on its way, if anything was; an older version kept whether it was. */
  sent: string | boolean | null;
}

export type Entry = [key: string, draft: Draft];

/** One change on its way: what it is about, the drafts that it carries, and what is sent. */
export interface Change<Row> {
  row: Row;
  drafts: Entry[];
  edit: Record<string, unknown>;
}

export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface Clock {
  now(): number;
  setTimeout(act: () => void, after: number): unknown;
  clearTimeout(timer: any): void;
}

/** What is on its way, since when, and by which name its answer is known. */
export interface Sending<Item> {
  token: string;
  items: Item[];
  at: number;
}

export interface OutboxOptions<Item> {
  post(items: Item[], token: string): void;
  /** Told when no answer has come for so long. */
  late(items: Item[]): void;
  /** Whether it is sent again then, which is safe: the same said twice is one change. */
  repeats: boolean;
  patience: number;
  isHere?(): boolean;
  clock?: Clock;
}

/** What an element knows of its own edits. */
export interface EditsClient<Item> {
  post(items: Item[], token: string): void;
  late(items: Item[]): void;
  isHere(): boolean;
  mayEdit(): boolean;
  version(): number;
  /** What goes next: of what was left and of what was done. */
  next(): Item[];
  /** Gives the drafts of a change anew where saving it gave its row another name. */
  renamed?(change: Item, verdict: Verdict): Entry[] | undefined;
  saved(change: Item, verdict: Verdict): void;
  refused(change: Item, verdict: Verdict): void;
  /** Something else has been typed since, which is answered by itself. */
  overtaken(change: Item): void;
  storage?: Storage;
  clock?: Clock;
}
