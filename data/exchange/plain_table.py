"""A spreadsheet that is none of the format's, but holds dates and values: one KPI's readings."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from data.core.problems import ParseError
from data.exchange import number_formats, workbook
from data.exchange.csv_dialect import separated
from data.exchange.csv_folder import split
from data.exchange.days import is_date
from data.exchange.pasted import LONGEST, MOST_LINES
from data.exchange.sheet import Line
from data.exchange.tables import known_name
from data.exchange.text_encoding import decoded
from data.exchange.upload import Upload

LONGEST_LOOK = 4 * 1024**2
"""Bytes: whatever is larger was not typed by hand."""

_UNIT = re.compile(r"\s*[^\d\s.,]+$")
_OWN = {"team", "kpi"}
"""Headings of the format: who wrote those did not mean a plain table."""


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Dates and values as they may be pasted, and what the columns are called.

    `others` are further columns of values, which do not come along.
    """

    text: str
    dated: str
    valued: str
    others: tuple[str, ...]


def plain_table(uploads: Sequence[Upload]) -> PlainTable | None:
    """Find the dates and values of a single file, None where it has none or is of the format."""
    if len(uploads) != 1 or len(uploads[0][1]) > LONGEST_LOOK:
        return None
    ((name, data),) = uploads
    try:
        sheets = list(_sheets(data) if name.lower().endswith(".xlsx") else _csv(data))
    except ParseError:
        return None
    return next(filter(None, map(_found, sheets)), None)


def _csv(data: bytes) -> Iterator[list[Line]]:
    text, _ = decoded(data)
    if text is not None:
        body, separator = separated(text)
        yield list(split(io.StringIO(body, newline=""), separator))


def _sheets(data: bytes) -> Iterator[list[Line]]:
    sheets = workbook.open_sheets(data)
    if any(map(known_name, sheets)):
        return
    for sheet in sheets.values():
        yield list(workbook.lines(sheet))


def _found(given: list[Line]) -> PlainTable | None:
    """Find the first column of dates and the first of values in the lines of a sheet."""
    lines = [cells for _, cells in given if any(map(str.strip, cells))]
    first = next((at for at, cells in enumerate(lines) if any(map(is_date, cells))), None)
    if first is None or len(lines) - first > MOST_LINES:
        return None
    headings, body = (lines[first - 1] if first else []), lines[first:]
    if _OWN & {heading.strip().lower() for heading in headings}:
        return None
    columns = list(zip_longest(*(map(_one_line, cells) for cells in body), fillvalue=""))
    dates = [at for at, column in enumerate(columns) if _mostly(is_date, column)]
    values = [at for at, column in enumerate(columns) if _mostly(_is_number, column)]
    values = [at for at in values if at not in dates]
    if not dates or not values:
        return None
    rows = zip(columns[dates[0]], columns[values[0]], strict=True)
    text = "\n".join(["date\tvalue", *("\t".join(row) for row in rows if all(row))])
    if len(text) > LONGEST:
        return None
    dated, valued, *others = (_called(headings, at) for at in (dates[0], *values))
    return PlainTable(text, dated, valued, tuple(others))


def _mostly(test: Callable[[str], bool], column: Sequence[str]) -> bool:
    filled = list(filter(None, column))
    return sum(map(test, filled)) * 2 > len(filled)


def _is_number(cell: str) -> bool:
    return number_formats.is_number(_UNIT.sub("", cell))


def _called(headings: Sequence[str], at: int) -> str:
    heading = _one_line(headings[at]) if at < len(headings) else ""
    return heading or f"column {at + 1}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
