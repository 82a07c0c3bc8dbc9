"""A CSV file as spreadsheets of other countries save it, spelled anew as the format has it."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from data.core import cell_values as strict
from data.core.cell_formatting import number
from data.core.errors import CommandRejected
from data.core.fields import columns
from data.core.number_parsing import typed_number
from data.core.problems import ParseError, Problem, Problems, shown
from data.exchange import csv_folder, number_formats
from data.exchange.csv_folder import NAMED_SEPARATOR, filled, split
from data.exchange.days import could_be_two, day_of, order_of
from data.exchange.sheet import Line
from data.exchange.tables import FILES
from data.exchange.text_encoding import decoded

SEPARATORS = {"\t": "tabs", ";": ";", "|": "bars", ",": "commas"}
LOOKED_AT, MOST_LOOKED_AT = 100_000, 100
"""Characters and lines by which it is told what separates cells."""

LOOK = "look at a row below to see that this is what was meant"


@dataclass(slots=True)
class Respelled:
    """How some of a kind's cells are spelled in the format, and which could be two things."""

    cells: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, ParseError] = field(default_factory=dict)


@dataclass(slots=True)
class CsvLines:
    """The lines of a CSV file of the format with points and ISO dates, and what was translated.

    `problems` are the cells that could be two things. What nobody can tell stays as it is, for
    the strict reader to refuse.
    """

    name: str
    data: bytes
    problems: Problems = field(default_factory=Problems)
    said: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Say how problems name it."""
        return f"{self.name}.csv"

    def lines(self, report: Callable[[float], None]) -> Iterator[Line]:
        """Give the lines of the file; ParseError where it is no CSV."""
        text, self.said = decoded(self.data)
        if text is None:
            yield from csv_folder.lines(lambda: self.data, report)
            return
        text, separator = separated(text, {column.name for column in columns(FILES[self.name])})
        if separator != ",":
            self.said.append(f"{SEPARATORS.get(separator, separator)} between cells")
        by_column = _respelled_columns(self.name, text, separator, self.said)
        source, total = io.StringIO(text, newline=""), text.count("\n") + 1
        headings: list[str] = []
        for line, found in filled(source, total, separator, report):
            if headings:
                yield line, self._respelled(line, found, headings, by_column)
                continue
            yield line, found
            headings = [cell.strip().lower() for cell in found] if any(found) else []

    def warnings(self) -> list[Problem]:
        """Say what was translated."""
        return [remark(self.file, self.said)] if self.said else []

    def _respelled(
        self,
        line: int,
        found: Sequence[str],
        headings: Sequence[str],
        by_column: Mapping[int, Respelled],
    ) -> list[str]:
        cells = list(found)
        for at, respelled in by_column.items():
            if at < len(cells):
                unfit = respelled.doubtful.get(cells[at])
                if unfit and self.problems.note(self.file):
                    self.problems.append(unfit.at(self.file, line, headings[at]))
                cells[at] = respelled.cells.get(cells[at], cells[at])
        return cells


def remark(file: str, said: Sequence[str]) -> Problem:
    """Say what was translated in a file, so that people see whether they meant it."""
    *most, last = said
    listing = f"{', '.join(most)} and {last}" if most else last
    return Problem(file, 1, f"read with {listing}", LOOK)


def separated(text: str, known: Set[str] = frozenset()) -> tuple[str, str]:
    """Give a text without the line in which a spreadsheet names its separator, and that.

    The line stays as a blank one, so that all others keep their numbers.
    """
    text = text.removeprefix("\ufeff")
    if named := NAMED_SEPARATOR.match(text):
        return text[named.end(1) :], named[2]
    return text, separator_of(text, known)


def separator_of(text: str, known: Set[str] = frozenset()) -> str:
    """Say what separates cells: what makes most headings known, else most lines of one width."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")

    def fits(separator: str) -> tuple[int, int, int]:
        headings = first.split(separator)
        found = known & {each.strip().strip('"').lower() for each in headings}
        return len(found), *_commonest_width(text, separator)

    return max((sign for sign in SEPARATORS if sign in text), key=fits, default=",")


def _commonest_width(text: str, separator: str) -> tuple[int, int]:
    """Say how many of the first lines have one number of cells, and how many cells that are."""
    # A quotation mark may be open where the look ends.
    reader = csv.reader(io.StringIO(text[:LOOKED_AT], newline=""), delimiter=separator)
    try:
        widths = Counter(len(cells) for cells in islice(reader, MOST_LOOKED_AT) if len(cells) > 1)
    except csv.Error:
        return 0, 0
    return max(((lines, width) for width, lines in widths.items()), default=(0, 0))


def _respelled_columns(
    name: str, text: str, separator: str, said: list[str]
) -> dict[int, Respelled]:
    """Spell the numbers and the dates of a file anew, by the position of their columns."""
    lines = (cells for _, cells in split(io.StringIO(text, newline=""), separator) if any(cells))
    headings = [cell.strip().lower() for cell in next(lines, [])]
    kinds = {column.name: column.kind for column in columns(FILES[name])}
    of_kind: dict[object, list[int]] = {float: [], date: []}
    for at, heading in enumerate(headings):
        if kinds.get(heading) in of_kind:
            of_kind[kinds[heading]].append(at)
    # The same few cells come again and again: a dictionary keeps their order, too.
    distinct: dict[object, dict[str, None]] = {float: {}, date: {}}
    for cells in lines:
        for kind, places in of_kind.items():
            distinct[kind].update((cells[at], None) for at in places if at < len(cells))
    numbers = respelled_numbers(distinct[float], separator)
    days = respelled_days(distinct[date])
    said += [*about_numbers(numbers.cells), *about_days(days.cells)]
    by_column = dict.fromkeys(of_kind[float], numbers) | dict.fromkeys(of_kind[date], days)
    return dict(sorted(by_column.items()))


def respelled_numbers(cells: Iterable[str], separator: str) -> Respelled:
    """Spell numbers as the format has them, by what all cells of a column tell together."""
    decimal = number_formats.decimal_of(cell.strip() for cell in cells)
    respelled = Respelled()
    for cell in cells:
        bare = cell.strip()
        spelled: str | None = bare
        if number_formats.could_be_two(bare):
            spelled = _with_point(bare, decimal, separator)
        elif bare and not _is_number(bare):
            with suppress(CommandRejected):
                spelled = number(typed_number(bare))
        if spelled is None:
            whole, broken = number_formats.two_numbers(bare)
            remedy = f"write {whole} or {broken}0, whichever is meant"
            respelled.doubtful[cell] = ParseError(f"{shown(bare)} could be two numbers", remedy)
        elif spelled != bare:
            respelled.cells[cell] = spelled
    return respelled


def _with_point(bare: str, decimal: str | None, separator: str) -> str | None:
    """Spell a number like 1.234 or 1,234 as the format has it; None where it could be two."""
    if separator == "," and "." in bare:
        # Between commas a point is the format's own, unless the other numbers deny it.
        return None if decimal == "," else bare
    return number_formats.with_point(bare, decimal) if decimal else None


def _is_number(bare: str) -> bool:
    try:
        strict.number(bare)
    except ParseError:
        return False
    return True


def respelled_days(cells: Iterable[str]) -> Respelled:
    """Spell days as the format has them, by what all cells of a column tell together."""
    # Between points the day comes first; that tells nothing of dates with slashes.
    order = order_of(cell for cell in cells if "." not in cell)
    respelled = Respelled()
    for cell in cells:
        is_dotted = "." in cell
        two = could_be_two(cell)
        if two and not is_dotted and order is None:
            remedy = f"write {two[0]} or {two[1]}, whichever is meant"
            respelled.doubtful[cell] = ParseError(f"{shown(cell)} could be two days", remedy)
            continue
        day = day_of(cell, "day first" if is_dotted else order)
        if day and str(day) != cell.strip():
            respelled.cells[cell] = str(day)
    return respelled


def about_numbers(respelled: dict[str, str]) -> Iterator[str]:
    """Say how numbers were spelled anew: with a decimal comma, and else by the first one."""
    commas = {cell for cell, spelled in respelled.items() if _has_comma(cell.strip(), spelled)}
    if commas:
        yield "decimal commas"
    if other := next((cell for cell in respelled if cell not in commas), None):
        yield f"{shown(other)} as {respelled[other]}"


def _has_comma(bare: str, spelled: str) -> bool:
    pointed = bare.replace(",", ".")
    return _is_number(pointed) and strict.number(pointed) == float(spelled)


def about_days(respelled: dict[str, str]) -> Iterator[str]:
    """Say how days were spelled anew, by the first one."""
    for cell, spelled in respelled.items():
        day = date.fromisoformat(spelled)
        yield f"{shown(cell)} as {day.day} {day:%b %Y}"
        return
