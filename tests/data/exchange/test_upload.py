"""Files from a browser: what goes together, how they are named, what is refused."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from data.company.fields import TeamRow
from data.exchange.bad_input import BadInput
from data.exchange.upload import file_of, label, read_uploads, safe_name

TEAMS = b"team\nAcme\n"


def refused(*uploads: tuple[str, bytes]) -> list[str]:
    with pytest.raises(BadInput) as bad:
        read_uploads(uploads)
    return [str(problem) for problem in bad.value.problems]


@pytest.mark.parametrize("content", [TEAMS, b"\xef\xbb\xbf" + TEAMS, TEAMS.replace(b"\n", b"\r\n")])
def test_csv_files_are_read_together(content: bytes) -> None:
    loaded = read_uploads([("Teams.CSV", content), ("people.csv", b"person\nAna\n")])
    assert loaded.tables.teams == [TeamRow(team="Acme")]
    assert [row.person for row in loaded.tables.people] == ["Ana"]
    assert loaded.warnings == ()


def test_a_file_of_another_name_is_remarked() -> None:
    loaded = read_uploads([("teams.csv", TEAMS), ("../teams (1).csv", TEAMS)])
    assert [str(warning).split(": ")[0:2] for warning in loaded.warnings] == [
        ["../teams (1).csv:1", "is left out"]
    ]


@pytest.mark.parametrize(
    ("uploads", "what"),
    [
        ([("teams (1).csv", TEAMS)], "is none of the known files"),
        ([("a.xlsx", b""), ("teams.csv", TEAMS)], "the files:1: are a workbook and others"),
        ([("teams.csv", TEAMS), ("Teams.csv", TEAMS)], "the files:1: have teams.csv twice"),
        ([("teams.xls", b"")], "teams.xls:1: cannot be read: save it as .xlsx"),
        ([("teams.csv", b"x" * (64 * 1024**2 + 1))], "teams.csv:1: is larger than 64 MB"),
        ([("teams.csv", b"team\nAc\x81me\n")], "is not UTF-8: save it as CSV UTF-8"),
        ([("teams.csv", b"\xef\xbb\xbfteam\nAc\xfcme\n")], "is not UTF-8: save it as CSV UTF-8"),
        ([("KPI.csv", b""), ("kpis.csv", b"")], "the files:1: have kpis.csv twice"),
        ([("teams.csv", "team\nAc\0me\n".encode("utf-16"))], "is UTF-16"),
        ([("teams.csv", b"team\nAc\0me\n")], "teams.csv:2: has a NUL character"),
        ([("cycles.csv", b"cycle|starts_on\n")], "cycles.csv:1: the column ends_on is missing"),
        ([("teams.csv", b'team;parent\n"Acme;\n')], "teams.csv:2: a quotation mark is not closed"),
        ([("bad.xlsx", b"PK\x03\x04")], "bad.xlsx:1: cannot be read as an Excel workbook"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(uploads: list[tuple[str, bytes]], what: str) -> None:
    (problem,) = refused(*uploads)
    assert what in problem


def test_a_file_of_another_country_is_read_and_said_so() -> None:
    content = "team;kpi;date;value\r\nBäckerei;Abfall;31.12.2025;4,5\r\n".encode("cp1252")
    loaded = read_uploads([("Reading.csv", content)])
    (row,) = loaded.tables.readings
    assert (row.team, row.date, row.value) == ("Bäckerei", date(2025, 12, 31), 4.5)
    assert [str(warning) for warning in loaded.warnings] == [
        "readings.csv:1: read with Windows-1252 letters, ; between cells, decimal commas and "
        "31.12.2025 as 31 Dec 2025: look at a row below to see that this is what was meant"
    ]


def test_what_could_be_two_things_is_said_once_beside_all_else_that_is_wrong() -> None:
    content = b"team;kpi;date;value\nA;K;05/10/2026;1.234\nA;K;x;1,234\n"
    assert refused(("readings.csv", content), ("teams.csv", b"teem\nA\n")) == [
        "readings.csv:2: date 05/10/2026 could be two days: "
        "write 2026-10-05 or 2026-05-10, whichever is meant",
        "readings.csv:2: value 1.234 could be two numbers: "
        "write 1234 or 1.2340, whichever is meant",
        "readings.csv:3: value 1,234 could be two numbers: "
        "write 1234 or 1.2340, whichever is meant",
        "readings.csv:3: date x is not a date: write it as YYYY-MM-DD, for example 2026-03-31",
        "teams.csv:1: the column team is missing: add it, the columns here are teem",
    ]


def test_what_was_left_out_is_told_with_what_is_wrong() -> None:
    with pytest.raises(BadInput) as bad:
        read_uploads([("teams.csv", b"team;colour\n;red\n"), ("mine.csv", b"")])
    assert [warning.what for warning in bad.value.warnings] == [
        "read with ; between cells",
        "is left out",
        "left out the unknown column colour",
    ]


@pytest.mark.parametrize("name", ["mine.csv", "mine.xlsx"])
def test_nothing_of_the_format_names_two_ways_on(name: str) -> None:
    file = io.BytesIO()
    Workbook().save(file)
    (problem,) = refused((name, file.getvalue() if name.endswith("xlsx") else b"a,b\n"))
    assert "one spreadsheet at a time, whatever its layout" in problem
    assert "fill in the blank workbook" in problem
    assert problem.endswith("ranges")


def test_a_workbook_that_swells_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (65 * 1024**2))
    assert len(file.getvalue()) < 1024**2
    (problem,) = refused(("bomb.xlsx", file.getvalue()))
    assert "holds more than 64 MB" in problem


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Q3 numbers (2).xlsx", "Q3 numbers (2).xlsx"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\team\\teams.csv", "teams.csv"),
        ("..csv", "_.csv"),
        ("a\nb<i>.xlsx", "a_b_i_.xlsx"),
        ("x" * 300 + ".xlsx", "x" * 80 + ".xlsx"),
    ],
)
def test_a_name_names_no_other_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_place_names_its_file() -> None:
    assert label([("Q3.xlsx", b"")], "kpis") == "Q3.xlsx[kpis]"
    assert label([("kpis.csv", b"")], "teams") == "teams.csv"
    assert [file_of(place) for place in ("Q3.xlsx[ KPIs ]", "kpis.csv", "KPI.xlsx")] == [
        "kpis",
        "kpis",
        "",
    ]
