"""What a spreadsheet shows of a number: its format may scale it and put a unit beside it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*;?')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|_.|\*.|General|(?P<digits>[0#?.,]+)|E[+-]|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_SCALING = re.compile(r",+(?=\.|$)")
_NO_UNIT = frozenset("+-()/:!^&'~{}<>=@")
_HOLDS = {
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "<=": lambda value, bound: value <= bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number at its full precision as a person sees it, and the sign beside it."""

    text: str
    is_percent: bool
    unit: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What a section of a number format does to a number."""

    hundreds: int = 0
    thousands: int = 0
    unit: str = ""


def shown_number(value: float, code: str) -> ShownNumber:
    """Say what a number format shows of a number, but for the rounding: 0.94 as 94 %."""
    look = _look(_section(value, code))
    exact = Decimal(repr(value)) * 100**look.hundreds / 1000**look.thousands
    text = format(exact.normalize(), "f") if exact else "0"
    return ShownNumber(text, look.hundreds > 0, look.unit)


def _section(value: float, code: str) -> str:
    """Give the part of a format that is for such a number: of several each has its own."""
    sections = _sections(code)
    for section in sections:
        condition = _CONDITION.search(section)
        if condition and _HOLDS[condition[1]](value, float(condition[2])):
            return section
    if any(map(_CONDITION.search, sections)):
        return sections[-1]
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


@cache
def _sections(code: str) -> tuple[str, ...]:
    return tuple(part.removesuffix(";") for part in _SECTION.findall(code) if part) or ("",)


@cache
def _look(section: str) -> _Look:
    tokens = list(_TOKEN.finditer(section))
    hundreds = sum(token["bare"] == "%" for token in tokens)
    runs = (token["digits"] for token in tokens if token["digits"])
    digits = next((run for run in runs if set(run) & set("0#?")), "")
    thousands = sum(map(len, _SCALING.findall(digits)))
    unit = "%" if hundreds else " ".join("".join(_literals(tokens)).split())
    return _Look(hundreds, thousands, unit)


def _literals(tokens: list[re.Match[str]]) -> Iterator[str]:
    """Give the signs that a format shows beside a number."""
    for token in tokens:
        if token["quoted"] or token["currency"]:
            yield token["quoted"] or token["currency"]
        elif sign := token["escaped"] or token["bare"]:
            is_unit = sign not in _NO_UNIT and not unicodedata.category(sign).startswith("C")
            yield sign if is_unit else ""
