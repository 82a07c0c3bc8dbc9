"""Write tables as a folder of CSV files or a workbook, and files to take along."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from data.core.cell_formatting import spelled
from data.core.csv_text import csv_text
from data.core.fields import Row, columns
from data.core.formula_guard import guard
from data.core.limits import MOST_LINES
from data.core.problems import Problem
from data.exchange.bad_input import BadInput
from data.exchange.tables import FILES, Tables
from data.exchange.views import ProblemView
from data.exchange.write_workbook import write_workbook

PROBLEM_COLUMNS = ("sheet_or_file", "row", "what_is_wrong", "what_to_do")


def write(tables: Tables, path: Path) -> None:
    """Write all tables to a workbook where the path ends in .xlsx, else to a folder.

    The same tables always give the same bytes. Raises BadInput where a workbook cannot hold
    them, OSError where the disk refuses; then what was there before still is.
    """
    if path.suffix.lower() == ".xlsx":
        _check_fits(tables, path)
        with _in_place_of([path]) as [part], part.open("wb") as file:
            write_workbook(tables, file)
        return
    path.mkdir(parents=True, exist_ok=True)
    with _in_place_of(path / f"{name}.csv" for name in FILES) as parts:
        for part, (name, rows) in zip(parts, tables.items(), strict=True):
            _write_file(part, FILES[name], rows)


def _check_fits(tables: Tables, path: Path) -> None:
    problems = [
        Problem(f"{path.name}[{name}]", MOST_LINES, "is full", "write a folder of CSV files")
        for name, rows in tables.items()
        if len(rows) >= MOST_LINES
    ]
    if problems:
        raise BadInput(problems)


def _write_file(path: Path, row_class: type[Row], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in columns(row_class))
        writer.writerows(spelled(row_class, rows))


@contextmanager
def _in_place_of(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Give a sibling to write for each path; they take the paths' places when all are whole."""
    targets = {path.with_name(f".{path.name}.{os.getpid()}.part"): path for path in paths}
    try:
        yield list(targets)
        for part in targets:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        for part, path in targets.items():
            part.replace(path)
    finally:
        for part in targets:
            part.unlink(missing_ok=True)


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
