"""Files to take along: a table as CSV, everything as a workbook, what is wrong with an import."""

import io
from collections.abc import Iterable

from data.core.cell_formatting import spelled
from data.core.csv_text import csv_text
from data.core.fields import columns
from data.core.formula_guard import guard
from data.core.limits import MOST_LINES
from data.exchange.tables import FILES, Tables
from data.exchange.views import ProblemView
from data.exchange.write_workbook import write_workbook

PROBLEM_COLUMNS = ("sheet_or_file", "row", "what_is_wrong", "what_to_do")


def table_csv(tables: Tables, name: str) -> bytes:
    """Write a table as CSV; text is no formula, and a mark tells Excel that it is UTF-8."""
    headings = (column.name for column in columns(FILES[name]))
    return csv_text(headings, spelled(FILES[name], getattr(tables, name))).encode("utf-8-sig")


def workbook(tables: Tables) -> bytes:
    """Write all tables as the sheets of a workbook; each must fit one."""
    file = io.BytesIO()
    write_workbook(tables, file)
    return file.getvalue()


def fits_a_sheet(rows: int) -> bool:
    """Tell whether so many rows and their headings fit a sheet."""
    return rows < MOST_LINES


def problems_csv(problems: Iterable[ProblemView]) -> bytes:
    """Write every problem with its place and remedy; text is no formula."""
    rows = (
        [guard(each.place), each.line, guard(each.what), guard(each.remedy)] for each in problems
    )
    return csv_text(PROBLEM_COLUMNS, rows).encode("utf-8-sig")
