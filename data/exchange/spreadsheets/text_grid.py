"""Separated text as a grid: a file, or what was copied from a spreadsheet."""

import io
from collections.abc import Callable

from data.core.limits import LARGEST_FILE, MOST_LINES
from data.core.problems import ParseError
from data.exchange.csv_dialect import separated
from data.exchange.csv_folder import split
from data.exchange.spreadsheets.grid import EMPTY, Cell, Spreadsheet
from data.exchange.spreadsheets.workbook_grid import Filled, grid_of, spreadsheet_of, text_cell
from data.exchange.text_encoding import as_text

PLACE = "pasted table"
"""How problems name what was pasted."""

MOST_REMEMBERED = 100_000


def read_text_file(name: str, data: bytes) -> Spreadsheet:
    """Return what a file of separated text holds; ParseError where it is none."""
    return _spreadsheet(name, name.rpartition(".")[0] or name, as_text(data))


def read_text(text: str) -> Spreadsheet:
    """Return a table that was pasted; ParseError where it is none."""
    if len(text) > LARGEST_FILE:
        raise ParseError("is too much to paste", "save it as a CSV file")
    return _spreadsheet(PLACE, PLACE, text)


def _spreadsheet(file: str, title: str, text: str) -> Spreadsheet:
    body, separator = separated(text)
    cell = _remembering()
    filled: Filled = {}
    for line, texts in split(io.StringIO(body, newline=""), separator):
        cells = enumerate((cell(each, line) for each in texts), start=1)
        if kept := {at: each for at, each in cells if each is not EMPTY}:
            filled[line] = kept
        if len(filled) > MOST_LINES:
            raise ParseError(f"has more than {MOST_LINES:,} lines", "split it")
    return spreadsheet_of(file, [grid_of(file, title, filled)])


def _remembering() -> Callable[[str, int], Cell]:
    """Return what makes cells of texts, one of each: the same few come again and again."""
    known: dict[str, Cell] = {}

    def cell(text: str, line: int) -> Cell:
        found = known.get(text)
        if found is None:
            found = text_cell(text, f"line {line}")
            if len(known) < MOST_REMEMBERED:
                known[text] = found
        return found

    return cell
