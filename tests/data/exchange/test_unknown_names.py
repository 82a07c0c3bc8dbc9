"""A file full of names that nobody knows is read as far as people correct it, and no further."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.company.fields import TeamRow
from data.core.problems import Code
from data.exchange.bad_input import BadInput
from data.exchange.importing.one_spelling import looks_here
from data.exchange.read import read as read_folder
from data.exchange.sheet import Line, Sheet, read_sheet
from data.exchange.tables import Tables
from data.exchange.unknown_names import Looks, UnknownNames, naming_columns
from tests.data.builders import address, rows

HERE: Looks = {"team": {"Sales"}, "person": {"Ana"}, "kpi": {"Visits"}, "cycle": set()}
MANY = 1_048_575
NO_FURTHER = (
    "has more than 1,000 problems up to here, the rest was not read: correct those above first"
)


def read(name: str, lines: Iterator[Line], earlier: Tables | None = None) -> Sheet:
    return read_sheet(name, f"{name}.csv", lines, earlier or Tables(), lambda: HERE)


def readings(team: str, value: str, count: int = MANY) -> Iterator[Line]:
    yield 1, ["team", "kpi", "date", "value"]
    for at in range(count):
        yield at + 2, [team.format(at), "Visits", "2026-01-05", value]


@pytest.mark.parametrize(("team", "value"), [("Team {}", "1"), ("Sales", "one")])
def test_what_is_wrong_from_top_to_bottom_is_not_read_to_its_end(team: str, value: str) -> None:
    lines = readings(team, value)
    sheet = read("readings", lines)
    (unread,) = sheet.unread
    assert str(unread) == f"readings.csv:{unread.line}: {NO_FURTHER}"
    assert unread.code is Code.READ_NO_FURTHER
    assert 1_000 < unread.line < 30_000
    next_line, _ = next(lines)
    assert next_line == unread.line + 1


def test_a_thousand_names_that_nobody_knows_are_read_to_the_last() -> None:
    sheet = read("readings", readings("Team {}", "1", count=1_000))
    assert (len(sheet.rows), sheet.unread) == (1_000, [])


@pytest.mark.parametrize(
    ("cell", "is_unknown"),
    [
        ("Sales", False),
        ("Sal\u00ades ", False),
        ("Support", False),
        ("'=Sum", False),
        ("Sales / East", False),
        ("", False),
        ("East", True),
        ("sales", True),
    ],
)
def test_a_name_is_known_here_or_from_a_file_before(cell: str, is_unknown: bool) -> None:
    earlier = Tables(teams=[TeamRow(team="Support"), TeamRow(team="=Sum")])
    unknown = UnknownNames({0: "team"}, earlier, lambda: HERE)
    assert unknown.count([[cell], [cell], []]) == is_unknown
    assert unknown.count([[cell]]) == is_unknown


def test_what_a_file_names_of_its_own_may_leave_out_or_lists_is_not_looked_at() -> None:
    assert naming_columns("teams", ["team", "parent"]) == {}
    assert naming_columns("people", ["team", "person"]) == {0: "team"}
    assert naming_columns("readings", ["value", "recorded_by", "kpi", "team"]) == {
        2: "kpi",
        3: "team",
    }
    assert naming_columns("kpis", ["kpi", "team", "owner", "driven_by", "pinned"]) == {1: "team"}


def test_teams_of_which_each_names_another_are_read_to_the_last() -> None:
    lines = ((at + 1, [f"Team {at}", f"Team {at + 1}"]) for at in range(1, 2_500))
    heading: Line = (1, ["team", "parent"])
    sheet = read("teams", iter([heading, *lines]))
    assert (len(sheet.rows), sheet.unread) == (2_499, [])


def test_it_says_what_was_read_and_writes_nothing(
    company: Engine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", address(company))
    people = [f"Person {at},Team {at}\n" for at in range(3_000)]
    (tmp_path / "people.csv").write_text("person,team\n" + "".join(people))
    (tmp_path / "kpis.csv").write_text("team,kpi,owner\nSales,Calls,Person 2999\n")
    before = rows(company, "person")
    assert main(["import", str(tmp_path)]) == 2
    *first, last_told, unread, summary = capsys.readouterr().err.splitlines()
    assert first[0] == ("people.csv:2: unknown team “Team 0”: add it to teams, or correct the name")
    # A KPI's owner may stand where nobody has read.
    assert len(first) == 100
    assert last_told == "people.csv:101: and 1,900 more: correct these first"
    assert unread == f"people.csv:2001: {NO_FURTHER}"
    assert summary == "102 problems. Nothing was written."
    assert rows(company, "person") == before


def test_names_are_looked_at_as_they_are_here(company: Engine) -> None:
    here = looks_here(company)
    assert "Sales" in here["team"]
    assert "Conversion" in here["kpi"]
    assert not {"Sales", "Conversion"} & set(here["person"])


def test_what_is_wrong_before_may_be_why_nobody_knows_a_name(tmp_path: Path) -> None:
    lines = [f"Team {at},Visits,2026-01-05,1\n" for at in range(2_500)]
    (tmp_path / "readings.csv").write_text("team,kpi,date,value\n" + "".join(lines))
    (tmp_path / "teams.csv").write_text("team,parent\nTeam 0\n")
    with pytest.raises(BadInput) as bad:
        read_folder(tmp_path, names_here=lambda: HERE)
    assert [problem.file for problem in bad.value.problems] == ["teams.csv"]
    assert bad.value.loaded is not None
    assert len(bad.value.loaded.readings) == 2_500
