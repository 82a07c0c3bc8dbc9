"""What is written, byte for byte, and that it is written whole or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.company.fields import TeamRow
from data.core.cell_formatting import moment, number
from data.exchange import write as write_module
from data.exchange.bad_input import BadInput
from data.exchange.tables import FILES, Tables
from data.exchange.write import write
from data.kpis.fields import KpiRow, ReadingRow
from models import Better, Cadence

EAST = timezone(timedelta(hours=2))
TABLES = Tables(
    teams=[TeamRow(team="Sales"), TeamRow(team='=A,"B"', parent="Sales")],
    kpis=[
        KpiRow(
            team="Sales",
            kpi="Lost",
            better=Better.LOWER,
            low=0.0,
            high=3.5,
            cadence=Cadence.WEEKLY,
            pinned=("Sales", "Lab"),
            description="one\r\ntwo",
            smallest_change=0.25,
        )
    ],
    readings=[
        ReadingRow(
            team="Sales",
            kpi="Lost",
            date=date(2026, 3, 31),
            value=-95.0,
            note="-5 since",
            recorded_at=datetime(2026, 4, 1, 2, 0, 0, 5, tzinfo=EAST),
        )
    ],
)


def test_a_folder_holds_every_file_with_its_headings(tmp_path: Path) -> None:
    write(TABLES, tmp_path / "a" / "company")
    folder = tmp_path / "a" / "company"
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{name}.csv" for name in FILES)
    assert (folder / "teams.csv").read_bytes() == (
        b'team,parent,check_in_day,check_in_time\nSales,,Monday,\n"\'=A,""B""",Sales,Monday,\n'
    )
    assert (folder / "kpis.csv").read_bytes() == (
        b"team,kpi,unit,better,low,high,cadence,owner,kind,driven_by,pinned,description,"
        b"smallest_change,link\n"
        b'Sales,Lost,,lower,0,3.5,weekly,,,,Sales; Lab,"one\ntwo",0.25,\n'
    )
    assert (folder / "readings.csv").read_bytes() == (
        b"team,kpi,date,value,note,recorded_at,recorded_by\n"
        b"Sales,Lost,2026-03-31,-95,'-5 since,2026-04-01T00:00:00.000005Z,\n"
    )
    assert (folder / "decisions.csv").read_bytes() == (
        b"team,kpi,date,decision,reason,look_again,by\n"
    )


def test_a_folder_keeps_what_else_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("about")
    (tmp_path / "teams.csv").write_text("old")
    write(TABLES, tmp_path)
    assert (tmp_path / "README.md").read_text() == "about"
    assert (tmp_path / "teams.csv").read_text().startswith("team,")


def test_a_workbook_as_excel_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "company.xlsx"
    write(TABLES, path)
    book = load_workbook(path)
    assert book.sheetnames == list(FILES)
    for name, sheet in zip(FILES, book.worksheets, strict=True):
        assert sheet.freeze_panes == "A2", name
        assert all(cell.font.b for cell in sheet[1])
        assert not any(cell.font.b for cell in sheet[2])
        assert sheet.column_dimensions["A"].width > 10
    team = book["teams"]["A3"]
    assert (team.value, team.data_type) == ('\'=A,"B"', "s")
    reading = book["readings"][2]
    assert reading[2].value == datetime(2026, 3, 31)
    assert reading[2].number_format.replace("\\", "") == "yyyy-mm-dd"
    assert (reading[3].value, reading[3].data_type) == (-95, "n")
    assert reading[5].value == "2026-04-01T00:00:00.000005Z"


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "company.xlsx"
    write(Tables(teams=[TeamRow(team=text) for text in ("=1+1", "＝1", "@x", "'=1")]), path)
    assert {cell.data_type for cell in load_workbook(path)["teams"]["A"]} == {"s"}


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        (95.0, "95"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e15, "1000000000000000"),
        (123456.5, "123456.5"),
        (1e-7, "1e-07"),
        (3, "3"),
    ],
)
def test_numbers_are_short_and_exact(value: float, spelling: str) -> None:
    assert number(value) == spelling
    assert float(spelling) == value


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        (datetime(2026, 3, 31, 17, 5, tzinfo=UTC), "2026-03-31T17:05:00Z"),
        (datetime(2026, 3, 31, 17, 5, 0, 5, tzinfo=UTC), "2026-03-31T17:05:00.000005Z"),
        (datetime(2026, 4, 1, 1, 5, tzinfo=EAST), "2026-03-31T23:05:00Z"),
    ],
)
def test_moments_are_utc(value: datetime, spelling: str) -> None:
    assert moment(value) == spelling


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        moment(datetime(2026, 3, 31))


@pytest.mark.parametrize("name", ["company", "company.xlsx"])
def test_a_failure_leaves_what_was_there(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    write(TABLES, path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    naive: Any = datetime(2026, 3, 31)
    broken = ReadingRow(team="A", kpi="K", date=date(2026, 1, 1), value=1.0, recorded_at=naive)
    with pytest.raises(ValueError, match="no time zone"):
        write(Tables(readings=[broken]), path)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_sheet_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_module, "MOST_LINES", 2)
    with pytest.raises(BadInput) as bad:
        write(TABLES, tmp_path / "company.xlsx")
    assert [str(problem) for problem in bad.value.problems] == [
        "company.xlsx[teams]:2: is full: write a folder of CSV files"
    ]
    assert list(tmp_path.iterdir()) == []
