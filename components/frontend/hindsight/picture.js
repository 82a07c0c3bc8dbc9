// The card as a picture to share. It is drawn in the browser: no number leaves it.

/** @import { HindsightData, Story } from "./types" */

import { stripOf } from "./strip.js";

const WIDTH = 1200;
const EDGE = 64;
const GAP = 40;
const STRIP = { width: 400, height: 88 };
const ROW = 150;
const LINE = 1.35;
const SIZES = { title: 38, text: 24, small: 20 };
// A picture is looked at anywhere, so it is light whatever the page is.
const COLOURS = { ground: "#ffffff", text: "#0f1c2b", muted: "#526073", line: "#d9e1e9", stroke: "#64748b", ideal: "#dcefe4", drift: "#b13a08" };

/** @param {HindsightData} data @param {string} font */
export async function download(data, font) {
  await document.fonts.ready;
  const canvas = drawnPicture(data, font);
  const picture = await new Promise((/** @type {(picture: Blob | null) => void} */ done) => canvas.toBlob(done, "image/png"));
  if (!picture) return;
  const href = URL.createObjectURL(picture);
  const way = document.createElement("a");
  Object.assign(way, { href, download: data.file });
  way.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

// Drawn twice: what the texts need in height is known once they are wrapped.
/** @param {HindsightData} data @param {string} font */
function drawnPicture(data, font) {
  const canvas = document.createElement("canvas");
  const height = new Picture(canvas, font).draw(data);
  Object.assign(canvas, { width: WIDTH * 2, height: Math.ceil(height) * 2 });
  new Picture(canvas, font).draw(data);
  return canvas;
}

class Picture {
  /** @param {HTMLCanvasElement} canvas @param {string} font */
  constructor(canvas, font) {
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.font = font;
    this.y = EDGE;
    this.pen.setTransform(2, 0, 0, 2, 0, 0);
    this.fill(COLOURS.ground, 0, 0, WIDTH, canvas.height);
  }

  /** @param {HindsightData} data @returns {number} */
  draw({ title, besides, stories, company }) {
    this.write(title, SIZES.title, COLOURS.text, 600);
    this.y += 8;
    this.write(besides, SIZES.text, COLOURS.muted);
    this.y += 24;
    for (const story of stories) this.story(story);
    this.rule();
    this.y += 20;
    this.write(["▲ Milepost", company].filter(Boolean).join(" · "), SIZES.small, COLOURS.muted);
    return this.y + EDGE / 2;
  }

  /** @param {Story} story */
  story(story) {
    const top = this.y;
    const room = WIDTH - 2 * EDGE - STRIP.width - GAP;
    this.rule();
    this.y += 20;
    this.write(story.whose ? `${story.name} · ${story.whose}` : story.name, SIZES.text, COLOURS.text, 600, room);
    this.write(story.text, SIZES.text, COLOURS.text, 400, room);
    this.strip(story, WIDTH - EDGE - STRIP.width, top + 20);
    this.y = Math.max(this.y + 20, top + ROW);
  }

  /** @param {Story} story @param {number} left @param {number} top */
  strip(story, left, top) {
    const { band, line, stretch, last, told } = stripOf(story, STRIP);
    const { pen } = this;
    if (band) this.fill(COLOURS.ideal, left, top + band.top, STRIP.width, band.height);
    pen.save();
    pen.translate(left, top);
    if (told !== null) this.stroke(`M ${told} 0 V ${STRIP.height}`, COLOURS.text, 1.5, [4, 4]);
    this.stroke(line, COLOURS.stroke, 2.5);
    this.stroke(stretch, COLOURS.drift, 4);
    this.stroke(last, COLOURS.text, 9);
    pen.restore();
    if (!story.drift) return;
    pen.textAlign = "right";
    this.line(`┆ ${story.drift.note}`, left + STRIP.width, top + STRIP.height + SIZES.small, SIZES.small, COLOURS.muted);
    pen.textAlign = "left";
  }

  /** @param {string} path @param {string} colour @param {number} width @param {number[]} dashes */
  stroke(path, colour, width, dashes = []) {
    Object.assign(this.pen, { strokeStyle: colour, lineWidth: width, lineCap: dashes.length ? "butt" : "round", lineJoin: "round" });
    this.pen.setLineDash(dashes);
    // A point has no length, and a canvas would not draw it.
    this.pen.stroke(new Path2D(path.replaceAll("h 0", "h 0.1")));
  }

  rule() {
    this.fill(COLOURS.line, EDGE, this.y, WIDTH - 2 * EDGE, 1);
  }

  /** @param {string} colour @param {number} left @param {number} top @param {number} width @param {number} height */
  fill(colour, left, top, width, height) {
    this.pen.fillStyle = colour;
    this.pen.fillRect(left, top, width, height);
  }

  /** @param {string} text @param {number} size @param {string} colour @param {number} weight @param {number} room */
  write(text, size, colour, weight = 400, room = WIDTH - 2 * EDGE) {
    this.pen.font = `${weight} ${size}px ${this.font}`;
    for (const part of wrapped(text, room, (each) => this.pen.measureText(each).width)) {
      this.y += size * LINE;
      this.line(part, EDGE, this.y - size * (LINE - 1), size, colour, weight);
    }
  }

  /** @param {string} text @param {number} left @param {number} base @param {number} size @param {string} colour @param {number} weight */
  line(text, left, base, size, colour, weight = 400) {
    this.pen.font = `${weight} ${size}px ${this.font}`;
    this.pen.fillStyle = colour;
    this.pen.fillText(text, left, base);
  }
}

// Lines of words that have room; a word that has none is cut where it must be.
/** @param {string} text @param {number} room @param {(text: string) => number} width */
export function wrapped(text, room, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    const longer = last ? `${last} ${word}` : word;
    if (width(longer) <= room) lines[lines.length - 1] = longer;
    else lines.splice(last ? lines.length : lines.length - 1, last ? 0 : 1, ...pieces(word, room, width));
  }
  return lines;
}

/** @param {string} word @param {number} room @param {(text: string) => number} width */
function pieces(word, room, width) {
  const found = [""];
  for (const sign of word) {
    if (found[found.length - 1] && width(found[found.length - 1] + sign) > room) found.push("");
    found[found.length - 1] += sign;
  }
  return found;
}
