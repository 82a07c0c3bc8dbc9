// What the server sends of the headline over a cockpit.

/** A sign by its shape, or by the `line` that is drawn so, with what it is called and means. */
export interface Sign {
  sign: string;
  line: string;
  name: string;
  meaning: string;
}

export interface HeadlineData {
  title: string;
  besides: string[];
  trail: string[];
  notice: { text: string; cycle: string } | null;
  legend: Sign[];
}
