"""Targets as people write them: “> 120”, “≥95%”, “max. 60”, “3-5”, “60 +/- 5”."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from data.core.problems import ParseError, shown
from data.exchange.spreadsheets.cell_numbers import WrittenNumber, number_in, plain, written_number
from data.exchange.spreadsheets.grid import Cell, CellKind
from data.exchange.spreadsheets.words import folded, words

_NUMBER = r"[+-]?[$€£]? ?\d[\d.,٫' ]*"
_TWO = re.compile(
    rf"(?P<head>[^\d+-]*?)\s*(?P<one>{_NUMBER}?)(?P<unit>\s?[^\d\s+\-±.,][^\d\s+\-±]{{0,11}})??"
    rf"\s*(?P<between>\+/?-|±|-|\.\.\.?|[^\W\d_]+)\s*(?P<two>{_NUMBER})\s*(?P<rest>[^\d]*)"
)
_PLUS = re.compile(r"(?P<number>.*\d\s*[^\d+]*?)\s*\+\s*(?P<unit>[^\d+\-±/]*)")
_CLOSE = re.compile(r"(?<=\S)(?=(?:以上|以下|未満)$)")
"""What Japanese writes right behind a number."""
_ONE = re.compile(r"(?P<head>[^\d(]*?)\s*(?P<number>(?:\(|[+-]?)\s?[$€£]?\s?\d.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bounds:
    """An ideal range, or a bare target, which does not say which way is good."""

    low: float | None = None
    high: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class RangeText:
    """A target as it stands there: its numbers, and what they are.

    `kind` is low, high, within, around (60 ± 5) or target.
    """

    kind: str
    numbers: tuple[WrittenNumber, ...]
    unit: str

    def bounds(self, decimal: str | None) -> Bounds:
        """Give the range; ParseError where a number is none or the ends stand the wrong way."""
        return _BOUNDS[self.kind](*(number.value(decimal) for number in self.numbers))


def range_of(cell: Cell) -> RangeText | None:
    """Read a cell's target, None where it holds no number; ParseError where it is unclear."""
    if cell.kind == CellKind.DAY:
        raise ParseError("is a date", "write the range as text, for example 3 to 5")
    if cell.kind == CellKind.TEXT:
        return _read(cell.text)
    number = written_number(cell)
    return None if number is None else RangeText("target", (number,), number.unit)


def clear_range(cell: Cell) -> RangeText | None:
    """Read a cell's target, None where it holds none or is unclear."""
    try:
        return range_of(cell)
    except ParseError:
        return None


def is_range(cell: Cell) -> bool:
    """Tell whether a cell is a text that says from where or up to where."""
    found = clear_range(cell)
    return found is not None and found.kind != "target"


@lru_cache(maxsize=10_000)
def _read(text: str) -> RangeText | None:
    bare = _CLOSE.sub(" ", plain(text))
    if not any(sign.isdigit() for sign in bare):
        return None
    if number := number_in(bare):
        return _said_after(number)
    if (more := _PLUS.fullmatch(bare)) and (number := number_in(more["number"] + more["unit"])):
        return RangeText("low", (number,), number.unit)
    found = _bounded(bare) or _two_numbers(bare)
    if found is None:
        remedy = "write it like > 120, < 4.5 or 3 to 5"
        raise ParseError(f"“{shown(text)}” is not a range", remedy)
    return found


def _said_after(number: WrittenNumber) -> RangeText:
    """Read “60 max.”, “90 % or more”; “12 min” alone are minutes."""
    said = number.unit.split(" ")
    for at in range(len(said)):
        last = " ".join(said[at:])
        kind = _end(last) if at or folded(last) != "min" else None
        if kind:
            return RangeText(kind, (number,), " ".join(said[:at]))
    return RangeText("target", (number,), number.unit)


def _bounded(bare: str) -> RangeText | None:
    """Read a number with a word before it that says which end it is."""
    written = _ONE.fullmatch(bare)
    if written and (kind := _end(written["head"])) and (number := number_in(written["number"])):
        return RangeText(kind, (number,), number.unit)
    return None


def _end(word: str) -> str | None:
    said = folded(word)
    if said in words().bounds["about"]:
        return "target"
    if said in words().bounds["at_least"]:
        return "low"
    return "high" if said in words().bounds["at_most"] else None


def _two_numbers(bare: str) -> RangeText | None:
    written = _TWO.fullmatch(bare)
    if written is None:
        return None
    unit = (written["unit"] or "").strip()
    one = number_in(written["one"] + unit)
    two = number_in(written["two"] + written["rest"])
    known = words().bounds
    head, between = folded(written["head"]), written["between"]
    if one is None or two is None or (head and head not in known["opening"]):
        return None
    if one.unit and two.unit and one.unit != two.unit:
        return None
    kind = "around" if between in ("±", "+-", "+/-") else "within"
    if kind == "within" and between[0].isalpha() and folded(between) not in known["between"]:
        return None
    return RangeText(kind, (one, two), two.unit or one.unit)


def _within(low: float, high: float) -> Bounds:
    if low > high:
        raise ParseError("has its low end above its high one", "swap them")
    return Bounds(low, high)


def _around(middle: float, away: float) -> Bounds:
    return Bounds(_sum(middle, -abs(away)), _sum(middle, abs(away)))


def _sum(one: float, other: float) -> float:
    """Add two numbers as they are written, without the dust of computing."""
    return float(Decimal(repr(one)) + Decimal(repr(other)))


_BOUNDS: dict[str, Callable[..., Bounds]] = {
    "low": lambda low: Bounds(low=low),
    "high": lambda high: Bounds(high=high),
    "within": _within,
    "around": _around,
    "target": lambda target: Bounds(target=target),
}
