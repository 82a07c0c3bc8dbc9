// What the server sends of a KPI's chart, and what is used of Plotly.

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
  /** The figure as a text: thousands of values are read faster from it, and need not be looked at before. */
  figure: string;
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
