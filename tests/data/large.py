"""A workbook of 50,000 readings with 40 planted errors, and where they are."""

import io
from datetime import date, timedelta

from openpyxl import Workbook

KPIS, DAYS = 50, 1_000
EVERY = 1_250
"""Rows from one error to the next."""

KINDS = (
    ("value", "abc", "value abc is not a number"),
    ("value", "1,5 or 2", "value 1,5 or 2 is not a number"),
    ("value", None, "value is empty"),
    ("date", "31.02.2025", "date 31.02.2025 is not a date"),
    ("date", date(2031, 1, 1), "date 2031-01-01 lies ahead"),
    ("kpi", None, "kpi is empty"),
    ("kpi", "Nobody's", "unknown KPI"),
    ("team", "Elsewhere", "unknown team"),
)
COLUMNS = ("team", "kpi", "date", "value")


def large_workbook(today: date) -> tuple[bytes, dict[int, str]]:
    """Give the workbook, and by row of its readings how what is wrong there begins."""
    book = Workbook(write_only=True)
    book.create_sheet("teams").append(["team"])
    book["teams"].append(["Acme"])
    book.create_sheet("kpis").append(["team", "kpi", "low", "cadence"])
    sheet = book.create_sheet("readings")
    sheet.append(COLUMNS)
    planted: dict[int, str] = {}
    for number in range(KPIS):
        book["kpis"].append(["Acme", f"K{number}", 1, "daily"])
        for day in range(DAYS):
            line = number * DAYS + day + 2
            row = ["Acme", f"K{number}", today - timedelta(days=day), day % 17]
            if line % EVERY == 0:
                planted[line] = _spoil(row, line)
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), planted


def _spoil(row: list[object], line: int) -> str:
    column, cell, what = KINDS[line // EVERY % len(KINDS)]
    # A name that nobody knows is told once: each error has one of its own.
    unknown = f"{cell} {line}" if what.startswith("unknown") else cell
    row[COLUMNS.index(column)] = unknown
    return what
