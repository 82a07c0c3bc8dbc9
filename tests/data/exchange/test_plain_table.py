"""Dates and values in a spreadsheet that is none of the format's."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from data.exchange.pasted import read_pasted
from data.exchange.plain_table import PlainTable, plain_table
from data.exchange.views import KpiChoice


def workbook(**sheets: list[list[Any]]) -> tuple[str, bytes]:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return "own.xlsx", file.getvalue()


MONTHS = [
    ["Sales 2026"],
    [],
    ["Who", "Month", "Revenue (k€)", "Customers"],
    ["Ana", date(2026, 1, 1), 103.5, 41],
    ["Ben", date(2026, 2, 1), None, 42],
    ["Ana", date(2026, 3, 1), 110, 43],
]


def test_the_first_dates_and_values_of_a_workbook_are_found() -> None:
    found = plain_table([workbook(About=[["by Ana"]], Numbers=MONTHS)])
    assert found == PlainTable(
        "date\tvalue\n2026-01-01\t103.5\n2026-03-01\t110", "Month", "Revenue (k€)", ("Customers",)
    )
    kpi = KpiChoice(1, "Sales", "Revenue", "k€", "monthly")
    assert [row.value for row in read_pasted(found.text, kpi).rows] == [103.5, 110]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Datum;Wert\n05.10.2026;1.234,5\n", "date\tvalue\n05.10.2026\t1.234,5"),
        ("4,5 %\t05/10/2026\n4,7 %\t06/10/2026\n", "date\tvalue\n05/10/2026\t4,5 %\n"),
        ("day,n,note\n2026-10-05,3,ok\n", "date\tvalue\n2026-10-05\t3"),
    ],
)
def test_csv_of_any_kind_is_looked_into(content: str, text: str) -> None:
    found = plain_table([("Export.csv", content.encode("cp1252"))])
    assert found is not None
    assert found.text.startswith(text)


@pytest.mark.parametrize(
    "upload",
    [
        ("readings.csv", b"team;kpi;date;value\nA;K;05.10.2026;1\n"),
        ("mine.csv", b"name,city\nAna,Bern\n"),
        ("mine.csv", b"when\n2026-10-05\n"),
        ("mine.csv", b'"open\n2026-10-05,3\n'),
        ("mine.xlsx", b"none"),
        workbook(KPI=[["team"]], Numbers=MONTHS),
        workbook(Empty=[]),
    ],
)
def test_what_holds_none_or_is_of_the_format_is_left_alone(upload: tuple[str, bytes]) -> None:
    assert plain_table([upload]) is None


def test_of_several_files_none_is_picked() -> None:
    table = ("Export.csv", b"day,n\n2026-10-05,3\n")
    assert plain_table([table, ("Other.csv", table[1])]) is None
