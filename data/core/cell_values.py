"""From the text of a cell to its value."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from data.core import typed_text
from data.core.errors import CommandRejected
from data.core.fields import Column
from data.core.formula_guard import unguard
from data.core.limits import FIRST_YEAR, LARGEST_NUMBER, LAST_YEAR, LONGEST_CELL, LONGEST_NAME
from data.core.number_parsing import typed_number
from data.core.problems import ParseError, shown

Parse = Callable[[str], Any]

MOST_REMEMBERED = 100_000

# Control characters but tab and line ends, and what XML cannot hold.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ]00:00(:00(\.0+)?)?)?", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}", re.ASCII)
LISTED = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^;]*))(?:;|$)')
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?", re.ASCII)
WHOLE = re.compile(r"\d{1,4}", re.ASCII)

OWN_TEAM = ("",)
"""What a pinned “yes” stands for until the row's team is known; no real name is empty."""


class _Remembered(dict[str, Any]):
    """What cells were read as, since the same few names and dates come again and again."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, raw: str) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        value = self[raw] = self.parse(raw)
        return value


def parser(column: Column) -> Parse:
    """Return what reads the cells of a column; it raises ParseError without the column's name."""
    if column.kind is float and column.needed and not column.nullable:
        return _above_zero if column.declared.above_zero else number
    return _Remembered(_or_blank(_parse_for(column), column)).__getitem__


def text(raw: str, longest: int = LONGEST_CELL) -> str:
    """Return a cell's text as it is kept, without a formula guard; ParseError as `fit` is."""
    return _short(unguard(_composed(raw)).strip(), longest)


def fit(words: str, longest: int = LONGEST_CELL) -> str:
    """Return what people wrote as it is kept: trimmed and composed (NFC).

    Right-to-left marks, joined emoji and all else that scripts need stay. Raises ParseError for
    control characters and for more than `longest` characters.
    """
    return _short(_composed(words), longest)


def is_seen(words: str) -> bool:
    """Tell whether something of a text can be seen; a name of marks alone cannot."""
    return any(unicodedata.category(sign) not in UNSEEN for sign in words)


def number(raw: str) -> float:
    """Return a number written with a point; ParseError for anything else and beyond ±1e15."""
    raw = raw.strip()
    try:
        value = float(raw)
    except ValueError:
        raise _not_a_number(raw) from None
    if "_" in raw or not raw.isascii():
        raise _not_a_number(raw)
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise _too_large(raw)
    return value + 0.0  # never -0.0


def day(raw: str) -> date:
    """Return an ISO date, which may carry midnight; ParseError outside the years 1900 to 2199."""
    raw = raw.strip()
    written = DAY.fullmatch(raw)
    try:
        value = date.fromisoformat(written[1]) if written else None
    except ValueError:
        value = None
    if value is None:
        remedy = "write it as YYYY-MM-DD, for example 2026-03-31"
        raise ParseError(f"{shown(raw)} is not a date", remedy)
    _check_year(value.year, raw)
    return value


def moment(raw: str) -> datetime:
    """Return an ISO moment in UTC; ParseError without a time zone."""
    raw = raw.strip()
    try:
        value = datetime.fromisoformat(raw)
    except ValueError:
        remedy = "write it like 2026-03-31T17:05:00Z"
        raise ParseError(f"{shown(raw)} is not a moment", remedy) from None
    if value.tzinfo is None:
        remedy = "add Z for UTC, or an offset such as +01:00"
        raise ParseError(f"{shown(raw)} has no time zone", remedy)
    _check_year(value.year, raw)
    value = value.astimezone(UTC)
    _check_year(value.year, raw)
    return value


def names(raw: str, longest: int) -> tuple[str, ...]:
    """Return the names of a list, each once; ParseError where one has more than `longest`.

    A name with a semicolon stands in quotation marks, those within it doubled.
    """
    parts = (
        quoted.replace('""', '"').strip() or bare.strip()
        for quoted, bare in LISTED.findall(text(raw))
    )
    items = tuple(dict.fromkeys(part for part in parts if part))
    for item in items:
        if len(item) > longest:
            remedy = f"shorten it to {longest:,}, and put ; between names"
            raise ParseError(f"has a name of {len(item):,} characters", remedy)
    return items


def own_team_or_names(raw: str) -> tuple[str, ...]:
    """Return the teams of a list; “yes” is the row's own team, “no” none."""
    # A lone word; a team of that name is written with a semicolon after it.
    match text(raw).casefold():
        case "yes":
            return OWN_TEAM
        case "no":
            return ()
    return names(raw, LONGEST_NAME)


def word(raw: str, vocabulary: type[StrEnum]) -> StrEnum:
    """Return the word of a vocabulary, whatever its case; ParseError for any other."""
    sought = raw.strip().casefold()
    for member in vocabulary:
        if member.casefold() == sought:
            return member
    *most, last = vocabulary
    raise ParseError(f"{shown(raw)} is not one of its words", f"write {', '.join(most)} or {last}")


def _composed(words: str) -> str:
    if refused := REFUSED.search(words):
        raise ParseError(f"has the control character U+{ord(refused[0]):04X}", "delete it")
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip()


def _short(kept: str, longest: int) -> str:
    if len(kept) > longest:
        raise ParseError(f"has {len(kept):,} characters", f"shorten it to {longest:,}")
    return kept


def _parse_for(column: Column) -> Parse:
    if column.declared.parse:
        return column.declared.parse
    kind = column.kind
    if kind is float:
        return _above_zero if column.declared.above_zero else number
    if kind is int:
        return _whole
    if kind is date:
        return day
    if kind is datetime:
        return moment
    if kind is tuple:
        return lambda raw: names(raw, column.longest)
    if issubclass(kind, StrEnum):
        return lambda raw: word(raw, kind)
    return lambda raw: text(raw, column.longest)


def _or_blank(parse: Parse, column: Column) -> Parse:
    def read(raw: str) -> Any:
        value = parse(raw) if raw and not raw.isspace() else ""
        if value != "" and not (column.is_name and not is_seen(value)):
            return value
        if column.needed and not column.nullable:
            raise _empty(column)
        return column.default

    return read


def _empty(column: Column) -> ParseError:
    if column.is_name:
        return ParseError("is empty", f"write a name of 1 to {column.longest} characters")
    if column.kind is date:
        return ParseError("is empty", "write a date, for example 2026-03-31")
    return ParseError("is empty", "fill it in or delete the row")


def _above_zero(raw: str) -> float:
    value = number(raw)
    if value <= 0:
        raise ParseError(f"{shown(raw)} is not above 0", "write a number above 0")
    return value


def _whole(raw: str) -> int:
    written = WHOLE.fullmatch(raw.strip())
    if not written or int(written[0]) < 1:
        remedy = "write a whole number from 1 to 9999"
        raise ParseError(f"{shown(raw)} is not a whole number above 0", remedy)
    return int(written[0])


def clock(raw: str) -> str:
    """Return a time of the day as HH:MM; ParseError for what is none."""
    written = CLOCK.fullmatch(raw.strip())
    hour, minute = (int(written[1]), int(written[2])) if written else (24, 0)
    if hour > 23 or minute > 59:
        raise ParseError(f"{shown(raw)} is not a time", "write it as HH:MM, for example 09:30")
    return f"{hour:02}:{minute:02}"


def count(raw: str, most: int = 9_999) -> int:
    """Return a whole number, which may be 0; ParseError for anything else and above the most."""
    digits = raw.strip()
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(most)):
        remedy = f"write a whole number from 0 to {most}"
        raise ParseError(f"{shown(raw)} is not a whole number", remedy)
    return int(digits)


def _not_a_number(raw: str) -> ParseError:
    if not raw:
        return ParseError("is empty", "write a number or delete the row")
    remedy = "write digits and a point, for example 3.5"
    if DECIMAL_COMMA.fullmatch(raw):
        remedy = f"write {shown(raw.replace(',', '.'))} with a point"
        if THOUSANDS.fullmatch(raw):
            remedy += f", or {raw.replace(',', '')}"
    else:
        with suppress(CommandRejected):
            # An underscore between thousands is what a program writes.
            value = typed_number(raw.replace("_", "'"))
            how = "without separators" if raw.isascii() else "with a point and the digits 0 to 9"
            remedy = f"write {typed_text.number(value)} {how}"
    return ParseError(f"{shown(raw)} is not a number", remedy)


def _too_large(raw: str) -> ParseError:
    if not any(map(str.isdigit, raw)):
        return _not_a_number(raw)
    return ParseError(f"{shown(raw)} is too large", "use a larger unit, 1e15 is the most")


def _check_year(year: int, raw: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        remedy = f"write a year from {FIRST_YEAR} to {LAST_YEAR}"
        raise ParseError(f"{shown(raw)} is out of reach", remedy)
