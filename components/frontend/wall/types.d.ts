// What the server sends of a screen without hands.

import type { Chart, Head, Track } from "../meeting/types";

export interface Row extends Track {
  name: string;
  value: string;
  phrase: string;
}

/** What is shown for so many `seconds`; what a kind of slide does not have is not there. */
export interface Slide extends Head {
  id: string;
  part: string;
  seconds: number;
  kind: "whole" | "gauge" | "objective";
  sentence?: string;
  chart?: Chart;
  rows?: Row[];
}

/** `at` is when the numbers were read, in the company's time; `beat` grows with each look. */
export interface WallData {
  team: string;
  at: string;
  hour: number;
  beat: number;
  slides: Slide[];
}
