"""A value that would be asked about if it were typed is remarked upon in the preview."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.fields import TeamRow
from data.exchange.importing import import_tables
from data.exchange.importing.preview import preview
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence
from tests.data.exchange.importing.previews import prepared

FIRST = date(2025, 1, 6)


def weekly(*values: float, unit: str = "%") -> Tables:
    of = {"team": "Bakery", "kpi": "On time"}
    return Tables(
        teams=[TeamRow(team="Bakery")],
        kpis=[KpiRow(**of, unit=unit, cadence=Cadence.WEEKLY)],
        readings=[
            ReadingRow(**of, date=FIRST + timedelta(weeks=week), value=value)
            for week, value in enumerate(values)
        ],
    )


def remarks(engine: Engine, tables: Tables) -> list[tuple[int, str]]:
    view = preview(engine, prepared(tables))
    assert view.problems == ()
    return [(each.line, each.what) for each in view.warnings]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (0.94, "looks like a share of one: 94\u00a0% would be usual."),
        (9400, "is far beyond the usual 92–96\u00a0%"),
        (96_100, "is not of the size of the usual 92–96\u00a0%"),
    ],
)
def test_a_slip_among_others_is_remarked_upon(file: Engine, value: float, why: str) -> None:
    ((line, what),) = remarks(file, weekly(92, 93, value, 95, 96, 94, 93))
    assert line == 4
    assert what.startswith("On time: ")
    assert why in what


def test_what_is_here_already_is_what_a_value_is_held_against(file: Engine) -> None:
    import_tables(file, weekly(92, 93, 94))
    tables = weekly(92, 93, 94, 0.95, 0.93)
    ((line, what),) = remarks(file, tables)
    assert line == 5
    assert what.endswith("1 more of its values are like that.")


def test_what_is_imported_already_is_not_remarked_upon_again(file: Engine) -> None:
    tables = weekly(92, 93, 0.94, 95, 96)
    import_tables(file, tables)
    assert remarks(file, tables) == []


@pytest.mark.parametrize("values", [(0, 0, 3, 0), (1, 2, 4, 8, 16, 32), (5,), (-3, 2, -1)])
def test_what_may_well_be_meant_is_not(file: Engine, values: tuple[float, ...]) -> None:
    assert remarks(file, weekly(*values, unit="")) == []
