"""From the value of a cell to its text."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

from data.core import typed_text
from data.core.fields import Column, Row, columns
from data.core.formula_guard import guard

Spell = Callable[[Any], str]


def spelled(row_class: type[Row], rows: Sequence[Row]) -> Iterator[list[str]]:
    """Give the cells of each row as text, in the order of the columns."""
    known = columns(row_class)
    values = attrgetter(*(column.name for column in known))
    spells = [speller(column) for column in known]
    pinned = next((at for at, column in enumerate(known) if column.name == "pinned"), None)
    for row in rows:
        cells = [spell(value) for spell, value in zip(spells, values(row), strict=True)]
        if pinned is not None:
            cells[pinned] = _pinned(row)
        yield cells


def speller(column: Column) -> Spell:
    """Return what spells the values of a column; nothing is spelled as blank."""
    if column.kind is str:
        return text
    spell: Spell = SPELLS.get(column.kind, str)
    return lambda value: "" if value is None else spell(value)


def text(value: str) -> str:
    """Return text that no spreadsheet takes for a formula, its lines ended by a line feed."""
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return guard(value)


def names(values: Sequence[str]) -> str:
    """Return a list of names in one cell; quotation marks hold one with a semicolon together."""
    return text(typed_text.names(values))


def number(value: float) -> str:
    """Return the shortest spelling that reads back equal, whole numbers without a point."""
    spelling = repr(value).removesuffix(".0")
    return "0" if spelling == "-0" else spelling


def moment(value: datetime) -> str:
    """Return a moment in UTC; ValueError for one without a time zone."""
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def _pinned(row: Any) -> str:
    if row.pinned == (row.team,):
        return "yes"
    spelling = names(row.pinned)
    # A team of that name is not the word.
    return spelling + ";" if spelling.casefold() in ("yes", "no") else spelling


SPELLS: dict[type, Spell] = {
    float: number,
    date: date.isoformat,
    datetime: moment,
    tuple: names,
}
