// What the server sends of a team's objectives and key results.

import type { Form } from "../decisions/types";
import type { Answer } from "../editing/types";
import type { Facts, GridData } from "../grid/types";

export type Target = "objective" | "key result";

export interface Step {
  step: string;
  label: string;
}

/** What is asked before something is done that cannot be done by mistake. */
export interface Question {
  question: string;
  yes: string;
  no: string;
}

/** A row; a key result is `under` an objective. One that is new has nothing but its place. */
export interface OkrFacts extends Facts {
  under: number | null;
  archiving?: Question | null;
  closing?: Question | null;
  steps_open?: Step[];
  steps_aside?: Step[];
  progress?: number | null;
  now?: string;
  actions?: { id: number; text: string; late: boolean }[];
  remarks?: string[];
}

export interface OkrsData extends GridData<OkrFacts> {
  team: string;
  cycle: string;
  teams: string[];
  cycles: string[];
  remarks: string[];
  start: string;
  ending: (Question & { button: string; rows: string[]; ids: number[] }) | null;
  /** How many objectives are over, and whether those that were before are shown. */
  closed: number;
  unfolded: boolean;
  focus: string | null;
  /** What the form of an action needs; none where one looks back. */
  acting: (Pick<Form, "kinds" | "today" | "latest"> & { due: string }) | null;
  agreed: Answer | null;
}
