"""Readings as columns: a million rows of a file are read and held as a few arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from analytics.periods import ordinals
from data.core.arrays import key_of
from data.core.cell_values import Parse
from data.core.fields import Row
from data.core.limits import LARGEST_NUMBER
from data.core.look_alikes import look
from data.core.problems import ParseError
from data.kpis.fields import ReadingRow

LINES_AT_ONCE = 20_000

Line = tuple[int, Sequence[str]]
Reader = tuple[str, int, Parse]
T = TypeVar("T")
Place = tuple[str, str]
"""A team and the KPI of it that is meant."""

EPOCH_DAY = date(1970, 1, 1).toordinal()

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

BLANK: Mapping[str, Any] = {"note": "", "recorded_at": None}
"""What stands where a file has no such column."""


class _Numbered(dict[Any, int]):
    """Numbers what it is asked for in its order."""

    def __missing__(self, key: Any) -> int:
        number = self[key] = len(self)
        return number


@dataclass(eq=False, slots=True)
class ReadingColumns(Sequence[ReadingRow]):
    """The rows of the file of readings: each is made when it is asked for.

    `place` has the number of each row's place among `places`, `person` that of who recorded it
    among `people`, `line` where it stands. Numbers are in the order of the rows.
    """

    places: list[Place] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    place: Counts = field(default_factory=lambda: np.empty(0, np.int64))
    person: Counts = field(default_factory=lambda: np.empty(0, np.int64))
    line: Counts = field(default_factory=lambda: np.empty(0, np.int64))
    value: Numbers = field(default_factory=lambda: np.empty(0))
    date: list[date] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    recorded_at: list[datetime | None] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.date)

    @overload
    def __getitem__(self, at: int) -> ReadingRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[ReadingRow]: ...
    def __getitem__(self, at: int | slice) -> ReadingRow | list[ReadingRow]:
        if isinstance(at, slice):
            return list(self.rows(range(*at.indices(len(self)))))
        return next(self.rows([range(len(self))[at]]))

    def __iter__(self) -> Iterator[ReadingRow]:
        return self.rows(range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def rows(self, places: Iterable[int]) -> Iterator[ReadingRow]:
        """Give the rows at some places in the file."""
        for at in places:
            team, kpi = self.places[self.place[at]]
            yield ReadingRow(
                line=int(self.line[at]),
                team=team,
                kpi=kpi,
                date=self.date[at],
                value=float(self.value[at]),
                note=self.note[at],
                recorded_at=self.recorded_at[at],
                recorded_by=self.people[self.person[at]],
            )

    def ordinals(self) -> Counts:
        """Give the days of all rows as numbers."""
        return np.fromiter(map(date.toordinal, self.date), np.int64, len(self))

    def days(self) -> NDArray[np.datetime64]:
        """Give the days of all rows."""
        return (self.ordinals() - EPOCH_DAY).astype("datetime64[D]")

    def numbers(self, cadences: Sequence[str]) -> Counts:
        """Give the number of the period of each row; `cadences` are those of the places."""
        days, found = self.days(), np.empty(len(self), np.int64)
        of_row = np.array(cadences)[self.place] if len(self) else np.empty(0, str)
        for cadence in set(cadences):
            here = of_row == cadence
            found[here] = ordinals(days[here], cadence)
        return found

    def alike(self, cadences: Mapping[Place, str]) -> Iterator[ReadingRow]:
        """Give the rows that speak of a period of which others speak as well, in their order.

        Places that look alike are one, and `cadences` are by their looks.
        """
        looks, alike = [(look(team), look(kpi)) for team, kpi in self.places], _Numbered()
        same = np.array([alike[seen] for seen in looks], np.int64)[self.place]
        numbers = self.numbers([cadences.get(seen, "daily") for seen in looks])
        return self.rows(np.flatnonzero(~is_single(key_of(same, numbers))).tolist())

    def cells(self, name: str) -> Iterable[str]:
        """Give what stands in the column of teams, KPIs or people, by their numbers."""
        if name in ("team", "kpi"):
            return (place[name == "kpi"] for place in self.places)
        return self.people

    def first_lines(self, name: str) -> Mapping[str, int]:
        """Give the first line of each cell in the column of teams, KPIs or people."""
        numbers = self.place if name in ("team", "kpi") else self.person
        _, first = np.unique(numbers, return_index=True)
        lines: dict[str, int] = {}
        for cell, line in zip(self.cells(name), self.line[first].tolist(), strict=True):
            lines.setdefault(cell, line)
        return lines

    def respelled(self, name: str, anew: Mapping[str, str]) -> ReadingColumns:
        """Give the same rows, with some teams, KPIs or people called otherwise."""
        cells = [anew.get(cell, cell) for cell in self.cells(name)]
        if name not in ("team", "kpi"):
            return replace(self, people=cells)
        pairs = zip(self.places, cells, strict=True)
        is_kpi = name == "kpi"
        places = [(team, cell) if is_kpi else (cell, kpi) for (team, kpi), cell in pairs]
        return replace(self, places=places)

    def take(self, line: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> None:
        """Add rows, given by their columns; what is not given is blank."""
        count = len(line)
        places = zip(columns["team"], columns["kpi"], strict=True)
        self.place = np.append(self.place, _numbered(self.places, places, count))
        people = columns.get("recorded_by") or [""] * count
        self.person = np.append(self.person, _numbered(self.people, people, count))
        self.line = np.append(self.line, np.array(line, np.int64))
        self.value = np.append(self.value, np.array(columns["value"], np.float64))
        self.date += columns["date"]
        for name, blank in BLANK.items():
            getattr(self, name).extend(columns.get(name) or [blank] * count)


def _numbered(known: list[T], cells: Iterable[T], count: int) -> Counts:
    """Number cells by where they stand among what is known, which grows by those that are new."""
    numbers = _Numbered(zip(known, range(len(known)), strict=True))
    found = np.fromiter(map(numbers.__getitem__, cells), np.int64, count)
    known.extend(islice(numbers, len(known), None))
    return found


def lines_of(rows: Sequence[Row]) -> list[int]:
    """Give the line of each row."""
    return rows.line.tolist() if isinstance(rows, ReadingColumns) else [row.line for row in rows]


def as_columns(rows: Sequence[ReadingRow]) -> ReadingColumns:
    """Give rows as columns."""
    if isinstance(rows, ReadingColumns):
        return rows
    found = ReadingColumns()
    names = ("team", "kpi", "date", "value", "recorded_by", *BLANK)
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    found.take([row.line for row in rows], columns)
    return found


def read_columns(
    found: ReadingColumns,
    source: Iterator[Line],
    readers: Sequence[Reader],
    width: int,
    by_row: Callable[[Iterator[Line]], Iterable[Any]],
) -> None:
    """Read lines into columns, many at once; `by_row` reads those among which something is wrong.

    It says what, as only it looks at each cell by itself.
    """
    for some in _parts(source):
        try:
            found.take([line for line, _ in some], _parsed(some, readers, width))
        except (ParseError, ValueError):
            rows = as_columns(list(by_row(iter(some))))
            _append(found, rows)


def _append(found: ReadingColumns, rows: ReadingColumns) -> None:
    columns: dict[str, list[Any]] = {name: getattr(rows, name) for name in BLANK}
    columns["team"], columns["kpi"] = (
        [rows.places[at][part] for at in rows.place] for part in (0, 1)
    )
    columns["recorded_by"] = [rows.people[at] for at in rows.person]
    columns["date"], columns["value"] = rows.date, rows.value.tolist()
    found.take(rows.line.tolist(), columns)


def _parts(source: Iterator[Line]) -> Iterator[list[Line]]:
    """Give lines by the ten thousand; those before a line that is none come before its error."""
    some: list[Line] = []
    try:
        for line in source:
            some.append(line)
            if len(some) == LINES_AT_ONCE:
                yield some
                some = []
    except ParseError:
        yield some
        raise
    yield some


def _parsed(some: Sequence[Line], readers: Sequence[Reader], width: int) -> dict[str, list[Any]]:
    if {len(cells) for _, cells in some} - {width}:
        raise ValueError("a line has more cells or fewer")
    columns = list(zip(*(cells for _, cells in some), strict=True)) or [()] * width
    return {
        name: _numbers(columns[at]) if name == "value" else list(map(parse, columns[at]))
        for name, at, parse in readers
    }


def _numbers(texts: Sequence[str]) -> list[float]:
    """Read numbers as each is read by itself; ValueError where one of them is none."""
    numbers, written = np.fromiter(map(float, texts), np.float64, len(texts)), "".join(texts)
    if not written.isascii() or "_" in written or not (np.abs(numbers) <= LARGEST_NUMBER).all():
        raise ValueError("a cell is no number")
    found: list[float] = (numbers + 0.0).tolist()  # Never -0.0.
    return found


def is_single(keys: Counts) -> NDArray[np.bool_]:
    """Tell which keys are there once."""
    order = np.argsort(keys, kind="stable")
    is_next = np.diff(keys[order]) == 0
    single = np.empty(len(keys), np.bool_)
    single[order] = ~(np.append(is_next, False) | np.append(False, is_next))[: len(keys)]
    return single
