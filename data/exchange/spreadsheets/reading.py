"""Any file with a table in it, or a pasted table, as the sheets that a person sees."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from data.core.limits import LARGEST_FILE
from data.core.problems import ParseError
from data.exchange.csv_folder import too_large
from data.exchange.spreadsheets.grid import Spreadsheet
from data.exchange.spreadsheets.old_workbook import read_old_workbook
from data.exchange.spreadsheets.other_workbooks import read_other_workbook
from data.exchange.spreadsheets.text_grid import read_text, read_text_file
from data.exchange.spreadsheets.workbook_grid import read_workbook

__all__ = ["SUFFIXES", "as_one", "read_spreadsheet", "read_text"]

_READERS: Mapping[str, Callable[[str, bytes], Spreadsheet]] = {
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_old_workbook,
    ".ods": read_other_workbook,
    ".csv": read_text_file,
    ".tsv": read_text_file,
    ".txt": read_text_file,
}

SUFFIXES = tuple(_READERS)
"""What the names of files that can be read end with."""


def read_spreadsheet(name: str, data: bytes) -> Spreadsheet:
    """Return the visible sheets of a file, read by what its name ends with.

    Raises ParseError where it cannot be read.
    """
    if len(data) > LARGEST_FILE:
        raise too_large()
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise ParseError("cannot be read", f"save it as .xlsx or CSV ({', '.join(SUFFIXES)})")
    return reader(name, data)


def as_one(read: Sequence[Spreadsheet]) -> Spreadsheet:
    """Return the sheets of several files as those of one; those of one name are numbered."""
    if len(read) == 1:
        return read[0]
    seen: Counter[str] = Counter()
    grids = []
    for grid in (grid for each in read for grid in each.grids):
        seen[grid.title] += 1
        number = seen[grid.title]
        grids.append(replace(grid, title=f"{grid.title} ({number})") if number > 1 else grid)
    hidden = tuple(title for each in read for title in each.hidden)
    return Spreadsheet(f"{read[0].file} and {len(read) - 1} more", tuple(grids), hidden)
