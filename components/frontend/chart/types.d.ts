// What the server sends of a KPI's chart, and what is used of Plotly.

import type { Trigger } from "../shared/types";

/** A part of a figure, in Plotly's own words: https://plotly.com/javascript/reference/. */
export type Part = Record<string, any>;

export interface Figure {
  data: Part[];
  layout: Part;
}

export interface ChartData {
  name: string;
  /** What the chart shows, for those who do not see it. */
  alternative: string;
  selectable: boolean;
  figure: Figure;
}

/** A reading on the chart: on which of its lines, where on it, and what is told of it. */
export interface Point {
  curve: number;
  at: number;
  period: string;
  text: string;
}

export interface Plot extends HTMLElement {
  on(event: string, hear: (event?: { points?: { customdata?: unknown }[] }) => void): void;
}

export interface Plotly {
  react(plot: HTMLElement, data: Part[], layout: Part, config: Part): Promise<Plot>;
  restyle(plot: HTMLElement, change: Part): Promise<Plot>;
  purge(plot: HTMLElement): void;
  Fx: {
    hover(plot: HTMLElement, points: { curveNumber: number; pointNumber: number }[]): void;
    unhover(plot: HTMLElement): void;
  };
}

export interface Chart {
  root: HTMLElement;
  figure: HTMLDivElement;
  plot: HTMLDivElement;
  spoken: HTMLParagraphElement;
  /** Takes the name of a colour and has the colour. */
  probe: HTMLElement;
  data: ChartData;
  /** The figure in the colours of the theme that is shown. */
  painted: Figure;
  /** Which of them was drawn last, and how large. */
  drawn: Figure | undefined;
  place: string;
  config: Part;
  /** What was shown last, as text: a figure that has not changed is not drawn again. */
  signature: string;
  points: Point[];
  /** The reading that the keys have come to. */
  point: Point | undefined;
  chosen: string | undefined;
  plotly: Plotly | undefined;
  drawing: Promise<void>;
  send: Trigger;
  leave: () => void;
}
