// What the server sends of a table of settings.

import type { Facts, GridData } from "../grid/types";

export interface Note {
  text: string;
  tone: string;
  tip?: string;
}

/** `short` says the row in one line, for a screen that has no room for its cells. */
export interface SettingFacts extends Facts {
  short: string;
  notes: Record<string, Note>;
}

/** A part of what is proposed for a row; a `shown` one stands in its cells meanwhile. */
export interface Part {
  save: string;
  reason: string;
  shown: boolean;
  cells: Record<string, string>;
}

export interface SettingsData extends GridData<SettingFacts> {
  add: string;
  archiving: string;
  more: string;
  acts: { name: string; label: string }[];
  heirs: { id: number; name: string }[];
  offered: { nonce: number; id: number; parts: Part[] } | null;
  tried: (Note & { id: number; cell: string; typed: string }) | null;
}
