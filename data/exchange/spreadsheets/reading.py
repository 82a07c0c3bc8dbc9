"""Any file with a table in it, or a pasted table, as the sheets that a person sees."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from data.core.limits import LARGEST_FILE
from data.core.problems import ParseError
from data.exchange.csv_folder import too_large
from data.exchange.spreadsheets.grid import Spreadsheet
from data.exchange.spreadsheets.old_workbook import read_old_workbook
from data.exchange.spreadsheets.other_workbooks import read_other_workbook
from data.exchange.spreadsheets.text_grid import read_text, read_text_file
from data.exchange.spreadsheets.workbook_grid import read_workbook

__all__ = ["SUFFIXES", "read_spreadsheet", "read_text"]

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
