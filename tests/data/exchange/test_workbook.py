"""Workbooks as people save them, and those that cannot be read."""

import time
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from data.company.fields import TeamRow
from data.exchange.bad_input import BadInput
from data.exchange.read import read
from data.kpis.fields import ReadingRow

UNREADABLE = "cannot be read as an Excel workbook: save it as .xlsx without a password"
READINGS = ["team", "kpi", "date", "value", "note", "recorded_at"]


def save(path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(BadInput) as bad:
        read(path)
    return [str(problem) for problem in bad.value.problems]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "company.xlsx"


def test_cells_as_people_enter_them(path: Path) -> None:
    moment = "2026-04-01T08:00:00Z"
    save(
        path,
        Readings=[
            [],
            READINGS,
            ["A", 2018, date(2026, 3, 31), 3, None, moment],
            [None, None],
            ["A", "K", datetime(2026, 3, 31), 3.5, True],
            ["A", "L", "2026-03-31", "4.5", 1.0],
        ],
    )
    loaded = read(path)
    day = date(2026, 3, 31)
    recorded_at = datetime(2026, 4, 1, 8, tzinfo=UTC)
    assert loaded.warnings == ()
    assert loaded.tables.given == {"readings": set(READINGS)}
    assert loaded.tables.readings == [
        ReadingRow(team="A", kpi="2018", date=day, value=3.0, recorded_at=recorded_at),
        ReadingRow(team="A", kpi="K", date=day, value=3.5, note="TRUE"),
        ReadingRow(team="A", kpi="L", date=day, value=4.5, note="1"),
    ]
    assert [row.line for row in loaded.tables.readings] == [3, 5, 6]


def test_problems_name_the_sheet_and_the_line(path: Path) -> None:
    save(
        path,
        teams=[],
        readings=[
            READINGS,
            ["A", "K", datetime(2026, 3, 31, 12), "3;5"],
            ["A", "K", date(2026, 3, 31), 1, None, datetime(2026, 3, 31, 12)],
            ["A", "K", date(2026, 3, 31), 1, None, None, "more"],
        ],
    )
    assert problems(path) == [
        "company.xlsx[teams]:1: is empty: put the headings team, parent, check_in_day, "
        "check_in_time in the first line or delete it",
        "company.xlsx[readings]:2: date 2026-03-31T12:00:00 is not a date: "
        "write it as YYYY-MM-DD, for example 2026-03-31",
        "company.xlsx[readings]:2: value 3;5 is not a number: "
        "write digits and a point, for example 3.5",
        "company.xlsx[readings]:3: recorded_at 2026-03-31T12:00:00 has no time zone: "
        "add Z for UTC, or an offset such as +01:00",
        "company.xlsx[readings]:4: has 7 cells where there are 6 columns: delete the extra ones "
        "(text with a comma takes quotation marks, numbers a point)",
    ]


def test_other_sheets_are_named(path: Path) -> None:
    save(path, Notes=[["x"]], teams=[["team"], ["A"]], Teams1=[["team"]])
    loaded = read(path)
    assert loaded.tables.teams == [TeamRow(team="A")]
    assert [warning.file for warning in loaded.warnings] == [
        "company.xlsx[Notes]",
        "company.xlsx[Teams1]",
    ]


def test_a_sheet_may_be_called_otherwise(path: Path) -> None:
    kpis = [["team", "kpi"], ["A", "K"]]
    save(path, KPI=[["team", "kpi"], ["A", "Old"]], Team=[["team"], ["A"]], kpis=kpis)
    loaded = read(path)
    assert [row.kpi for row in loaded.tables.kpis] == ["K"]
    assert loaded.tables.teams == [TeamRow(team="A")]
    assert [warning.file for warning in loaded.warnings] == ["company.xlsx[KPI]"]


def test_without_a_known_sheet(path: Path) -> None:
    save(path, Notes=[["x"]])
    [problem] = problems(path)
    assert problem.startswith("company.xlsx:1: holds none of the known sheets: name them after")


@pytest.mark.parametrize("content", [b"", b"team\nA\n", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_workbook(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    assert problems(path) == [f"company.xlsx:1: {UNREADABLE}"]


def test_a_zip_that_is_no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("teams.csv", "team\nA\n")
    assert problems(path) == [f"company.xlsx:1: {UNREADABLE}"]


def test_a_zip_bomb_is_refused_packed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(path, teams=[["team"], ["A"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * (64 * 1024 * 1024))
    assert path.stat().st_size < 1_000_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("was unpacked"))
    assert problems(path) == [
        "company.xlsx:1: holds more than 64 MB: split it, or save the sheets as CSV UTF-8"
    ]


def test_a_large_workbook_is_refused_unread(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(path, teams=[["team"]])
    monkeypatch.setattr("data.exchange.read.LARGEST_FILE", 100)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("was read"))
    assert len(problems(path)) == 1


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(code: str, path: Path) -> None:
    save(path, teams=[["team"], ["A"]])
    declaration = f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/extra.xml", declaration.encode(code))
    assert problems(path) == [f"company.xlsx:1: {UNREADABLE}"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<row r="99999999"><c r="A99999999"><v>1</v></c></row>', "has more than 1,048,576 rows"),
        ('<row r="2"><c r="A2" t="s"><v>99</v></c></row>', "cannot be read"),
        ('<row r="2"><c r="A2"><v>1</v></row>', "cannot be read"),
    ],
)
def test_a_damaged_sheet(cell: str, told: str, path: Path) -> None:
    save(path, teams=[["team"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", cell.encode() + b"</sheetData>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    [problem] = problems(path)
    assert problem.startswith(f"company.xlsx[teams]:1: {told}")


def test_percentages_are_read_as_they_are_seen(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "readings"
    for row in (
        READINGS[:4],
        ["A", "K", date(2026, 3, 31), 0.935],
        ["A", "L", date(2026, 3, 31), 7],
    ):
        sheet.append(row)
    sheet["D2"].number_format = "0.0%"
    book.save(path)
    loaded = read(path)
    assert [row.value for row in loaded.tables.readings] == [93.5, 7.0]
    [warning] = loaded.warnings
    assert warning.what == "read with cells in % as they are seen: 0.935 as 93.5"


@pytest.mark.parametrize("column", ["high", "description"])
def test_a_formula_without_its_result_is_refused_by_its_cell(column: str, path: Path) -> None:
    save(path, kpis=[["team", "kpi", column], ["A", "K", "=10*5"]])
    [problem] = problems(path)
    assert problem.startswith(
        f"company.xlsx[kpis]:2: {column} is a formula that was saved without its result: open"
    )


def test_text_is_read_as_in_a_csv_file(path: Path) -> None:
    rows = [["A", "K", "31.10.2026", "12,5"], ["A", "L", date(2026, 9, 30), "1 234,5"]]
    save(path, readings=[READINGS[:4], *rows, ["A", "M", date(2026, 9, 30), 1.234]])
    loaded = read(path)
    assert [row.value for row in loaded.tables.readings] == [12.5, 1234.5, 1.234]
    assert loaded.tables.readings[0].date == date(2026, 10, 31)
    [warning] = loaded.warnings
    assert warning.what == (
        "read with decimal commas, 1 234,5 as 1234.5 and 31.10.2026 as 31 Oct 2026"
    )


def test_text_that_could_be_two_things_is_refused_once(path: Path) -> None:
    rows = [["A", "K", "3/4/2026", "1.120"], ["A", "L", date(2026, 9, 30), 1.5]]
    save(path, readings=[READINGS[:4], *rows])
    assert problems(path) == [
        "company.xlsx[readings]:2: date 3/4/2026 could be two days: "
        "write 2026-04-03 or 2026-03-04, whichever is meant",
        "company.xlsx[readings]:2: value 1.120 could be two numbers: "
        "write 1120 or 1.1200, whichever is meant",
    ]


def test_strict_open_xml_is_called_so(path: Path) -> None:
    save(path, teams=[["team"], ["A"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(main, strict))
    [problem] = problems(path)
    assert problem.startswith("company.xlsx:1: is a Strict Open XML Spreadsheet: in Excel choose")


@pytest.mark.parametrize("far", ["XFD1", "XFD3", "C1048576"])
def test_a_cell_far_away_costs_little(far: str, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "teams"
    for row in (["team"], *([f"T{at}"] for at in range(5_000))):
        sheet.append(row)
    sheet[far] = "x"
    book.save(path)
    begun = time.process_time()
    with suppress(BadInput):
        assert len(read(path).tables.teams) == 5_000
    assert time.process_time() - begun < 3
