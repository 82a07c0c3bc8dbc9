"""Benchmarks run, with a small company; no test asserts a time."""

from pathlib import Path

import pytest

from bench import company
from bench.company import QUICK, TODAY
from bench.corrections import corrections
from bench.drift import drifts
from bench.editing import editing
from bench.importing import importing
from bench.long_road import TOP, long_road_file
from bench.maintenance import QUICK as FEW
from bench.maintenance import maintenance_cost
from bench.query import query
from bench.table import Table, ratio
from data.company.queries import company as company_at
from data.core.database import data_version, open_database
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook
from models import Cadence

pytestmark = pytest.mark.usefixtures("bench_cache")


def test_the_query_of_a_cockpit_costs_the_same_statements_whatever_it_shows() -> None:
    rows = query(QUICK, rounds=1).rows
    assert [row[0] for row in rows] == ["2", "4", "20"]
    # One more where a KPI drifts: whether it is computed from others. Three tell of guardrails.
    assert {row[-1] for row in rows} <= {"16", "17"}


def test_the_query_of_the_drifts_costs_the_same_statements_whatever_it_lists() -> None:
    rows = drifts(QUICK, rounds=1).rows
    assert int(rows[0][0]) > 0
    assert [row[-1] for row in rows] == ["8", "8"]


def test_a_look_back_and_what_is_corrected_stand_beside_what_is_new() -> None:
    assert {len(row) for row in query(QUICK, rounds=1).rows} == {7}
    rows = corrections(QUICK, rounds=1).rows
    assert [row[0] for row in rows] == [
        "the newest reading",
        "1 periods old",
        "3 periods old",
        "10 periods old",
        "a week of 60 KPIs",
        "the same week restated",
    ]


def test_an_import_stands_beside_a_plain_insert_of_the_same_readings() -> None:
    plain, ours = importing(QUICK, 1).rows
    assert (plain[0], ours[0]) == ("plain sqlite3", "milepost")
    assert float(ours[2].split()[0]) > 1
    assert [cell.split()[1] for cell in ours[3:]] == ["MB", "s"]


def test_all_that_is_edited_at_once_is_kept_once_on_each_kind_of_database() -> None:
    rows = editing(1, sessions=3).rows
    assert [row[0] for row in rows] == ["SQLite", "PostgreSQL"]
    assert all(int(row[1]) > 0 for row in rows)


def test_a_company_is_filled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "CACHE", tmp_path)
    for file in (company.company_file, long_road_file):
        path = file(QUICK)
        filled = path.stat().st_mtime_ns
        assert file(QUICK) == path
        assert path.stat().st_mtime_ns == filled
    assert len(list(company.CACHE.iterdir())) == 2


def test_objectives_reach_from_the_topmost_team_to_all_others() -> None:
    engine = open_database(f"sqlite:///{long_road_file(QUICK)}")
    here = company_at(engine, version := data_version(engine))
    look = OkrLook(here.team_named(TOP), here.cycle_named(None, TODAY), TODAY)
    found = alignment(engine, version, look).objectives
    engine.dispose()
    assert len(found) == QUICK.kpis // 2
    assert {row.team for row in found} == {team.name for team in here.teams}
    assert all(row.supports_ids for row in found if row.team != TOP)
    assert all(0 < row.progress < 1 for row in found)


def test_a_table_is_aligned() -> None:
    table = Table("title", "note", ("page", "time"))
    table.add("long name", "1 ms")
    assert str(table).splitlines()[2:] == ["  page       time", "  long name  1 ms"]


def test_a_ratio_names_its_aim() -> None:
    assert ratio(3, 2, 1.5) == "1.50 × (aim 1.5)"


def test_the_upkeep_of_signals_is_measured() -> None:
    rows = maintenance_cost(Cadence.WEEKLY, *FEW).rows
    assert [row[0] for row in rows] == ["fetch", "one reading each", "replay"]
    assert all(float(row[2].split()[0]) > 0 for row in rows)
