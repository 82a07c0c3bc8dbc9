"""What a good file may look like, and what is left out of it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.company.fields import PersonRow, TeamRow
from data.exchange.read import read
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow
from models import Better, Cadence, Confidence, KeyResultKind, Role, Weekday

KNOWN = "teams, people, cycles, kpis, readings, objectives, key_results, milestones, check_ins, "
KNOWN += "actions, decisions, annotations, meetings, meeting_items, "
KNOWN += "scores, learnings, targets, verdicts, ranges"


def tables(tmp_path: Path, **files: str) -> Tables:
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_bytes(content.encode())
    loaded = read(tmp_path)
    assert loaded.warnings == ()
    return loaded.tables


def test_blank_cells_and_missing_columns_take_the_default(tmp_path: Path) -> None:
    read_tables = tables(
        tmp_path,
        teams="team,check_in_day\nSales,\n",
        kpis="team,kpi,cadence,low\nSales,Lost,,\n",
        people="person,role\nAnn,\n",
        key_results=(
            "cycle,team,objective,key_result,kind,weight,start,target\nQ,Sales,O,R,,,0,1\n"
        ),
        check_ins="cycle,team,objective,key_result,date,value\nQ,Sales,O,R,2026-01-05,\n",
    )
    assert read_tables == Tables(
        teams=[TeamRow(team="Sales")],
        kpis=[KpiRow(team="Sales", kpi="Lost")],
        people=[PersonRow(person="Ann")],
        key_results=[
            KeyResultRow(
                cycle="Q", team="Sales", objective="O", key_result="R", start=0.0, target=1.0
            )
        ],
        check_ins=[
            CheckInRow(
                cycle="Q",
                team="Sales",
                objective="O",
                key_result="R",
                date=date(2026, 1, 5),
                value=None,
            )
        ],
    )
    assert read_tables.given == {
        "teams": {"team", "check_in_day"},
        "people": {"person", "role"},
        "kpis": {"team", "kpi", "cadence", "low"},
        "key_results": {
            *("cycle", "team", "objective", "key_result"),
            *("kind", "weight", "start", "target"),
        },
        "check_ins": {"cycle", "team", "objective", "key_result", "date", "value"},
    }


def test_columns_in_any_order_words_in_any_case(tmp_path: Path) -> None:
    read_tables = tables(
        tmp_path,
        teams=" Check_In_Day ,TEAM,parent\nfriday,Lab,\n",
        kpis="kpi,team,BETTER,cadence\nLost,Lab,Higher,WEEKLY\n",
        people="role,person\nLead,Ann\n",
    )
    assert read_tables.teams == [TeamRow(team="Lab", check_in_day=Weekday.FRIDAY)]
    assert read_tables.kpis == [
        KpiRow(team="Lab", kpi="Lost", better=Better.HIGHER, cadence=Cadence.WEEKLY)
    ]
    assert read_tables.people == [PersonRow(person="Ann", role=Role.LEAD)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_line_ends_and_blank_lines(mark: str, ending: str, tmp_path: Path) -> None:
    lines = ["", "team,parent", "", "Sales,", " , ", ",", "Lab,Sales"]
    teams = tables(tmp_path, teams=mark + ending.join(lines)).teams
    assert teams == [TeamRow(team="Sales"), TeamRow(team="Lab", parent="Sales")]
    assert [team.line for team in teams] == [4, 7]


def test_a_row_knows_the_line_it_begins_on(tmp_path: Path) -> None:
    content = 'team,kpi,date,value,note\nA,K,2026-01-01,1,"a\r\nb\n\nc"\nA,K,2026-01-02,2,\n'
    readings = tables(tmp_path, readings=content).readings
    assert [row.line for row in readings] == [2, 6]
    assert readings[0].note == "a\nb\n\nc"


def test_text_is_trimmed_composed_and_unguarded(tmp_path: Path) -> None:
    content = "team,parent\n  Cafe\u0301\u00a0, '=Sum \n"
    assert tables(tmp_path, teams=content).teams == [TeamRow(team="Café", parent="=Sum")]


def test_spaces_may_follow_a_comma(tmp_path: Path) -> None:
    content = 'team, parent\n"A, B", "C, ""D"""\n'
    assert tables(tmp_path, teams=content).teams == [TeamRow(team="A, B", parent='C, "D"')]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95", 95.0),
        ("95.0", 95.0),
        (" -3.5 ", -3.5),
        ("+.5", 0.5),
        ("1e3", 1000.0),
        ("1E-7", 1e-7),
        ("-0", 0.0),
        ("1e15", 1e15),
        ("0.1000000000000000055511151231257827", 0.1),
    ],
)
def test_numbers(text: str, value: float, tmp_path: Path) -> None:
    readings = tables(tmp_path, readings=f"team,kpi,date,value\nA,K,2026-01-01,{text}\n").readings
    assert repr(readings[0].value) == repr(value)


@pytest.mark.parametrize(
    "text", ["2026-03-31", " 2026-03-31 ", "2026-03-31 00:00:00", "2026-03-31T00:00"]
)
def test_dates(text: str, tmp_path: Path) -> None:
    readings = tables(tmp_path, readings=f"team,kpi,date,value\nA,K,{text},1\n").readings
    assert readings == [ReadingRow(team="A", kpi="K", date=date(2026, 3, 31), value=1.0)]


@pytest.mark.parametrize(
    "text", ["2026-03-31T17:05:00Z", "2026-03-31T19:05+02:00", "2026-03-31 17:05:00+00:00"]
)
def test_moments(text: str, tmp_path: Path) -> None:
    content = f"team,kpi,date,value,recorded_at\nA,K,2026-03-31,1,{text}\n"
    moment = tables(tmp_path, readings=content).readings[0].recorded_at
    assert moment == datetime(2026, 3, 31, 17, 5, tzinfo=UTC)
    assert moment is not None
    assert moment.tzinfo is UTC


def test_lists_and_pins(tmp_path: Path) -> None:
    read_tables = tables(
        tmp_path,
        objectives="cycle,team,objective,supports\nQ,A,O, One ;; Two;One; \n",
        kpis="team,kpi,pinned\nA,K1,YES\nB,K2,yes\nA,K3,no\nA,K4,\nA,K5,A; B\n",
    )
    assert read_tables.objectives[0].supports == ("One", "Two")
    pins = [kpi.pinned for kpi in read_tables.kpis]
    assert pins == [("A",), ("B",), (), (), ("A", "B")]


def test_a_hold_and_a_confidence(tmp_path: Path) -> None:
    names = "cycle,team,objective,key_result"
    read_tables = tables(
        tmp_path,
        key_results=f"{names},kind,hold_periods,kpi\nQ,A,O,R,Hold,8,K\n",
        check_ins=f"{names},date,value,confidence\nQ,A,O,R,2026-01-05,,Doubtful\n",
    )
    held = read_tables.key_results[0]
    assert (held.kind, held.hold_periods, held.kpi) == (KeyResultKind.HOLD, 8, "K")
    assert read_tables.check_ins[0].confidence is Confidence.DOUBTFUL


def test_headings_alone_are_fine(tmp_path: Path) -> None:
    assert tables(tmp_path, teams="team,parent,check_in_day") == Tables()


def test_unknown_columns_and_files_are_named(tmp_path: Path) -> None:
    many = ",".join(f"c{at}" for at in range(200))
    (tmp_path / "teams.csv").write_text(f"{many},team,,parent\n{'x,' * 200}Sales,,\n")
    (tmp_path / "cycles.csv").write_text("cycle,starts_on,ends_on,Colour\n")
    (tmp_path / "reading.csv").write_text("team\n")
    (tmp_path / "README.md").write_text("about")
    loaded = read(tmp_path)
    assert loaded.tables.teams == [TeamRow(team="Sales")]
    assert [str(warning) for warning in loaded.warnings] == [
        f"reading.csv:1: is left out: the known names are {KNOWN}",
        "teams.csv:1: left out the unknown columns c0, c1, c2, c3, c4 and 196 more: "
        "the known ones are team, parent, check_in_day, check_in_time",
        "cycles.csv:1: left out the unknown column colour: "
        "the known ones are cycle, starts_on, ends_on",
    ]


def test_tells_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_text("team\nSales\n")
    rows = "".join(f"A{at},K,2026-01-01,1\n" for at in range(45_000))
    (tmp_path / "readings.csv").write_text(f"team,kpi,date,value\n{rows}")
    told: list[tuple[str, float]] = []
    read(tmp_path, progress=lambda name, share: told.append((name, share)))
    assert {name for name, _ in told} == {"teams", "readings"}
    shares = [share for name, share in told if name == "readings"]
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
    assert any(0.3 < share < 0.6 for share in shares)


@pytest.mark.parametrize("mark", ["sep=;", '"sep=;"', "\ufeffSEP=;"])
def test_a_first_line_that_names_what_separates_cells_is_read(mark: str, tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_text(f"{mark}\r\nteam;parent\r\nAcme;\r\nSales;Acme\r\n")
    rows = read(tmp_path).tables.teams
    assert [(row.line, row.team, row.parent) for row in rows] == [
        (3, "Acme", ""),
        (4, "Sales", "Acme"),
    ]
