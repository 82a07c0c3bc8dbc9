"""A plain table of dates and values, pasted from a spreadsheet, as the readings of one KPI."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analytics.periods import period
from data.core.cell_values import text as kept_text
from data.core.errors import CommandRejected
from data.core.limits import LONGEST_TEXT
from data.core.number_parsing import typed_number
from data.core.problems import Code, ParseError, Problem, listed, shown
from data.exchange import number_formats
from data.exchange.days import Order, Span, could_be_two, is_date, order_of, span
from data.exchange.rules import repeats
from data.exchange.sheet import Line
from data.exchange.tables import Tables
from data.exchange.views import KpiChoice
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence

PLACE = "pasted table"
MOST_LINES = 20_000
LONGEST = 2_000_000
"""Characters."""

HEADINGS = {
    "date": {"date", "day", "week", "month", "quarter", "period", "when", "datum"},
    "value": {"value", "reading", "number", "amount", "wert"},
    "note": {"note", "notes", "comment", "remark"},
}
"""What people call the columns; `note` may be missing."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a table that can be read in two ways."""

    order: Order | None = None
    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """The readings of a pasted table, with what is wrong with its lines.

    `asks_order` holds the two days that a date could be, `asks_decimal` the two numbers that
    a value could be, as a spelling with a point: until both are answered there are no rows.
    """

    rows: tuple[ReadingRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    given: frozenset[str] = frozenset()
    dated: str = ""
    asks_order: tuple[date, date] | None = None
    valued: str = ""
    asks_decimal: tuple[str, str] | None = None


@dataclass(slots=True)
class _Table:
    """The lines of a table, and at which position of them each column stands."""

    lines: list[Line]
    at: Mapping[str, int]
    width: int
    problems: list[Problem] = field(default_factory=list)
    warnings: tuple[Problem, ...] = ()

    def column(self, name: str) -> list[str]:
        return [cells[self.at[name]] for _, cells in self.lines if len(cells) > self.at[name]]


UNASKED = Answers()


def read_pasted(text: str, kpi: KpiChoice, answers: Answers = UNASKED) -> Pasted:
    """Return the readings that a pasted table holds for a KPI, or what must be asked first.

    Columns stand in their order, date and value, or as their headings say.
    """
    try:
        table = _table(text, kpi)
    except ParseError as unfit:
        return Pasted(problems=(unfit.at(PLACE, unfit.line),))
    dates, values = table.column("date"), [_bare(cell, kpi) for cell in table.column("value")]
    order, decimal = order_of(dates), number_formats.decimal_of(values)
    dated = next((cell for cell in dates if could_be_two(cell)), "")
    valued = next(
        (cell for cell in values if number_formats.could_be_two(cell) and "," in cell), ""
    )
    asks_order = could_be_two(dated) if order is None else None
    asks_decimal = number_formats.two_numbers(valued) if valued and decimal is None else None
    if (asks_order and not answers.order) or (asks_decimal and not answers.decimal):
        return Pasted(
            dated=shown(dated),
            asks_order=asks_order,
            valued=shown(valued),
            asks_decimal=asks_decimal,
        )
    rows = tuple(_rows(table, kpi, order or answers.order, decimal or answers.decimal))
    _check_repeats(table, kpi, rows)
    return Pasted(
        rows,
        tuple(sorted(table.problems, key=lambda problem: problem.line)),
        table.warnings,
        frozenset({"team", "kpi", *table.at}),
        shown(dated),
        asks_order,
        shown(valued),
        asks_decimal,
    )


def tables_of(pasted: Pasted) -> Tables:
    """Return a pasted table as what an import takes."""
    return Tables(readings=list(pasted.rows), given={"readings": pasted.given})


def _table(text: str, kpi: KpiChoice) -> _Table:
    if len(text) > LONGEST:
        raise ParseError(f"has more than {LONGEST:,} characters", "save it as a CSV file")
    if "\0" in text:
        raise ParseError(
            "has a NUL character", "delete it", line=text.count("\n", 0, text.index("\0")) + 1
        )
    lines = [line for line in _lines(text) if any(map(str.strip, line[1]))]
    if not lines:
        raise ParseError("is empty", "paste dates and values, a line each")
    if len(lines) > MOST_LINES:
        raise ParseError(f"has more than {MOST_LINES:,} lines", "save it as a CSV file")
    (first, cells), *rest = lines
    if _is_heading(cells, kpi):
        at = _headed(cells, kpi, first)
        if not rest:
            raise ParseError("has no rows", "paste the dates and values as well", line=first)
        return _Table(rest, at, len(cells), warnings=_taken(cells, first))
    if len(cells) == 1:
        raise ParseError("has one column", "copy the dates together with the values", line=first)
    if len(cells) > 2:
        remedy = "name date and value in its first line, or copy only those two"
        raise ParseError(f"has {len(cells)} columns without headings", remedy, line=first)
    return _Table(lines, {"date": 0, "value": 1}, width=2)


def _taken(cells: Sequence[str], line: int) -> tuple[Problem, ...]:
    """Say that a line was taken for headings which nobody would know for some."""
    if {cell.strip().casefold() for cell in cells} & set().union(*HEADINGS.values()):
        return ()
    what = f"is taken for headings: {listed([cell.strip() for cell in cells])}"
    return (Problem(PLACE, line, what, "write a date and a number if it is a reading"),)


def _lines(text: str) -> Iterator[Line]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((sign for sign in "\t;" if sign in first), ",")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            while len(cells) > 1 and not cells[-1].strip():
                cells.pop()
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise ParseError("cannot be read", "close its quotation mark", line=begins) from None


def _is_heading(cells: Sequence[str], kpi: KpiChoice) -> bool:
    """Tell whether a line names columns: nothing in it is a date or a number."""
    return not any(is_date(cell) or number_formats.is_number(cell, kpi.unit) for cell in cells)


def _headed(cells: Sequence[str], kpi: KpiChoice, line: int) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in cells]
    known = {**HEADINGS, "value": HEADINGS["value"] | {kpi.name.casefold()}}
    at: dict[str, int] = {}
    for column, called in known.items():
        places = [place for place, name in enumerate(names) if name in called]
        if len(places) > 1:
            raise ParseError(f"has two columns for the {column}", "keep one of them", line=line)
        if places:
            at[column] = places[0]
    if len(cells) == 2 and "note" not in at:
        at.setdefault("date", 1 - at["value"] if "value" in at else 0)
        at.setdefault("value", 1 - at["date"])
    if missing := [name for name in ("date", "value") if name not in at]:
        remedy = f"name it so in the first line; there are {listed(names)}"
        raise ParseError(f"has no column {' and '.join(missing)}", remedy, line=line)
    return at


def _rows(
    table: _Table, kpi: KpiChoice, order: Order | None, decimal: str | None
) -> Iterator[ReadingRow]:
    for line, cells in table.lines:
        padded = [*cells, *[""] * (max(table.at.values()) + 1 - len(cells))]
        values: dict[str, Any] = {}
        for column, read in (
            ("date", lambda cell: _day(cell, kpi, order)),
            ("value", lambda cell: _number(cell, kpi, decimal)),
            ("note", lambda cell: kept_text(cell, LONGEST_TEXT)),
        ):
            if column not in table.at:
                continue
            try:
                values[column] = read(padded[table.at[column]])
            except ParseError as unfit:
                table.problems.append(unfit.at(PLACE, line, column))
        if len(cells) > table.width:
            remedy = "delete the extra ones (a number with a comma takes quotation marks)"
            ragged = ParseError(f"has {len(cells)} cells, more than there are columns", remedy)
            table.problems.append(ragged.at(PLACE, line))
        elif len(values) == len(table.at):
            yield ReadingRow(line=line, team=kpi.team, kpi=kpi.name, **values)


def _day(cell: str, kpi: KpiChoice, order: Order | None) -> date:
    """Return the first day of the KPI's period that a cell names."""
    written: Span = span(cell, order)
    first, last = (period(day, kpi.cadence) for day in (written.first, written.last))
    if first != last:
        rhythm = "on weekdays" if kpi.cadence == Cadence.WEEKDAYS else kpi.cadence
        remedy = f"this KPI is read {rhythm}: write a date for each reading"
        raise ParseError(f"{shown(cell)} is more than one of its periods", remedy)
    return written.first


def _number(cell: str, kpi: KpiChoice, decimal: str | None) -> float:
    bare = _bare(cell, kpi)
    if decimal and number_formats.could_be_two(bare):
        bare = number_formats.with_point(bare, decimal)
    try:
        return typed_number(bare)
    except CommandRejected as refused:
        what, remedy = f"“{shown(bare)}” is not a number", "type digits, for example 3.4"
        if refused.code in (Code.EMPTY, Code.TWO_NUMBERS):
            what = (
                "is empty" if refused.code is Code.EMPTY else f"{shown(cell)} could be two numbers"
            )
            remedy = "write a number without separators, or take the line away"
        elif refused.code is Code.TOO_LARGE:
            what, remedy = "That number is too large to keep", "check its unit"
        raise ParseError(what, remedy) from None


def _bare(cell: str, kpi: KpiChoice) -> str:
    return cell.strip().replace("−", "-").removesuffix(kpi.unit).strip()


def _check_repeats(table: _Table, kpi: KpiChoice, rows: Sequence[ReadingRow]) -> None:
    known = KpiRow(team=kpi.team, kpi=kpi.name, cadence=Cadence(kpi.cadence))
    for row, unfit in repeats("readings", rows, Tables(kpis=[known])):
        table.problems.append(ParseError(unfit.what, "keep one of them").at(PLACE, row.line))
