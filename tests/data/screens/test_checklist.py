"""Which of the first steps of a company are done."""

from datetime import date
from pathlib import Path

import pytest

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.database import data_version, open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import ObjectiveRow
from data.screens.checklist import checklist
from data.screens.views.checklist import Checklist

TOP = TeamRow(team="Brotwerk")
KPI = {"team": "Brotwerk", "kpi": "Waste"}
CYCLE = CycleRow(cycle="Q4 2026", starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))
OBJECTIVE = ObjectiveRow(cycle="Q4 2026", team="Brotwerk", objective="Waste less")
PEOPLE = [PersonRow(person=name, team="Brotwerk") for name in ("Ana", "Ben")]
ALL = Tables(
    teams=[TOP, TeamRow(team="Bakery", parent="Brotwerk")],
    people=PEOPLE,
    cycles=[CYCLE],
    kpis=[KpiRow(**KPI, high=5)],
    readings=[ReadingRow(**KPI, date=date(2026, 10, 1), value=4)],
    objectives=[OBJECTIVE],
)


def found(tmp_path: Path, tables: Tables) -> Checklist:
    engine = open_database(f"sqlite:///{tmp_path / 'milepost.db'}")
    import_tables(engine, tables)
    view = checklist(engine, data_version(engine))
    engine.dispose()
    return view


@pytest.mark.parametrize(
    ("tables", "done"),
    [
        (Tables(teams=[TOP]), set()),
        (Tables(teams=ALL.teams), {"teams"}),
        (Tables(teams=[TOP], people=PEOPLE[:1]), set()),
        (Tables(teams=[TOP], people=PEOPLE), {"colleagues"}),
        (Tables(teams=[TOP], kpis=[KpiRow(**KPI)]), set()),
        (Tables(teams=[TOP], kpis=ALL.kpis), {"gauges"}),
        (Tables(teams=[TOP], kpis=[KpiRow(**KPI)], readings=ALL.readings), {"readings"}),
        (Tables(teams=[TOP], cycles=[CYCLE], objectives=[OBJECTIVE]), {"objective"}),
    ],
)
def test_a_step_is_done_where_there_is_such_a_thing(
    tmp_path: Path, tables: Tables, done: set[str]
) -> None:
    view = found(tmp_path, tables)
    assert {name for name in Checklist.__slots__ if getattr(view, name)} == done
    assert (view.done, view.is_done) == (len(done), False)


def test_all_of_them_are_done_at_last(tmp_path: Path) -> None:
    assert found(tmp_path, ALL).is_done
