"""`python -m bench.pictures FOLDER`: the pictures of docs/signals.md, drawn by what they tell of.

Each shows simulated readings, what was expected of each when it came, and the signal then.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from analytics.drift import trace

Numbers = NDArray[np.float64]
Notes = tuple[tuple[int, str], ...]

WIDTH, HEIGHT, LEFT, RIGHT = 820, 330, 20, 800
TOP, BOTTOM, STRIP, CELL = 84, 268, 282, 16
MOST = 3.0
"""A band of so many sigmas stands around what is expected."""

INK, PALE = "#24292f", "#57606a"
FILLS = {
    "learning": ("#eaeef2", PALE),
    "steady": ("#b4e3bf", INK),
    "watch": ("#ffe08a", INK),
    "drifting": ("#b3261e", "#ffffff"),
    "recovering": ("#a8d1ff", INK),
}
"""What a signal's cell is filled with, and its letter."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Readings of which higher is better, and what is noted at which of them, from 0."""

    name: str
    title: str
    readings: Numbers
    notes: Notes
    season: int | None = None


def pictures() -> Iterator[Picture]:
    """Give all pictures."""
    life = _noise(10, 92)
    life[40] -= 9
    life[56:68] -= 5
    notes: Notes = (40, "one wild reading"), (56, "a fall"), (68, "back again")
    yield Picture("shift", "A wild reading is none, four in a row are a drift", life, notes)
    monthly = _noise(3, 48) + 3 * np.sin(np.arange(48) * np.pi / 6)
    monthly[36:] -= 3
    notes = (12, "the second year"), (24, "the third year"), (36, "3 sigma lower")
    yield Picture("season", "Twelve months that come again", monthly, notes, season=12)
    broken = _noise(14, 72)
    broken[5:10] = -10
    broken[48:] -= 2
    notes = (5, "an outage of five days"), (48, "2 sigma lower")
    yield Picture("outage", "An outage inside the baseline", broken, notes)
    worse = _noise(11, 80) - 0.06 * np.arange(80)
    notes = ((12, "worse by 0.06 sigma a period, all along"),)
    yield Picture("slope", "What was getting worse all along", worse, notes)


def svg(picture: Picture) -> str:
    """Draw a picture."""
    facts = trace(picture.readings, better="higher", season=picture.season)
    words = facts.signal.tolist()
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#ffffff"/>',
        _text(LEFT, 28, picture.title, INK, 'font-size="17" font-weight="600"'),
        *_readings(picture, facts.last_expected, MOST * facts.sigma),
        *(_cell(at, word, len(words)) for at, word in enumerate(words)),
        _text(LEFT, STRIP + 34, _legend(words), PALE, 'font-size="13"'),
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="system-ui, sans-serif">'
    )
    return "\n".join([head, f"<title>{escape(picture.title)}</title>", *parts, "</svg>", ""])


def _readings(picture: Picture, expected: Numbers, spread: Numbers) -> Iterator[str]:
    """Draw the band, the line and the notes, and the readings above them."""
    known = np.isfinite(expected)
    values, width = picture.readings, (RIGHT - LEFT) / expected.size
    x = LEFT + (np.arange(expected.size, dtype=np.float64) + 0.5) * width
    curves = values, expected, expected - spread, expected + spread
    low, high = float(np.nanmin(curves)), float(np.nanmax(curves))
    dots, middle, lower, upper = (
        BOTTOM - (curve - low) / (high - low) * (BOTTOM - TOP) for curve in curves
    )
    there, back = _points(x[known], upper[known]), _points(x[known][::-1], lower[known][::-1])
    yield f'<polygon points="{there} {back}" fill="#0969da" fill-opacity="0.13"/>'
    yield f'<polyline points="{_points(x[known], middle[known])}" fill="none" stroke="#0969da"/>'
    yield from (_note(x[at], note) for at, note in picture.notes)
    for across, down in zip(x, dots, strict=True):
        yield f'<circle cx="{across:.1f}" cy="{down:.1f}" r="2.8" fill="{INK}"/>'


def _note(x: float, note: str) -> str:
    line = f'<path d="M{x:.1f} {TOP - 22}V{BOTTOM}" stroke="{PALE}" stroke-dasharray="3 4"/>'
    return line + _text(x + 4, TOP - 14, note, PALE, 'font-size="13"')


def _cell(at: int, word: str, cells: int) -> str:
    fill, ink = FILLS[word]
    width = (RIGHT - LEFT) / cells
    box = f'x="{LEFT + at * width:.1f}" y="{STRIP - 6}" width="{width:.1f}" height="{CELL}"'
    letter = 'font-size="10" text-anchor="middle"'
    middle = LEFT + (at + 0.5) * width
    return f'<rect {box} fill="{fill}"/>' + _text(middle, STRIP + 6, word[0], ink, letter)


def _legend(words: list[str]) -> str:
    shown = ", ".join(f"{word[0]} {word}" for word in FILLS if word in words)
    return f"signal: {shown}   ·   line and band: expected ± 3 sigma"


def _text(x: float, y: float, text: str, fill: str, how: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" {how}>{escape(text)}</text>'


def _points(x: Numbers, y: Numbers) -> str:
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))


def _noise(seed: int, periods: int) -> Numbers:
    return np.random.default_rng(seed).normal(size=periods)


def main() -> None:
    """Write all pictures into a folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for picture in pictures():
        (folder / f"signals-{picture.name}.svg").write_text(svg(picture), encoding="utf-8")


if __name__ == "__main__":
    main()
