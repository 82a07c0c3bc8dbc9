"""What starting up does that opening a database does not."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.company.fields import TeamRow
from data.core.database import open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from data.operations.start_up import start_up
from models import Better, Cadence

FIRST = date(2026, 1, 5)


def company() -> Tables:
    """Give a company of a team with two KPIs of 20 weeks."""
    names = ("Crust", "Waste")
    return Tables(
        teams=[TeamRow(team="Bakery")],
        kpis=[
            KpiRow(team="Bakery", kpi=name, unit="%", better=Better.HIGHER, cadence=Cadence.WEEKLY)
            for name in names
        ],
        readings=[
            ReadingRow(team="Bakery", kpi=name, date=FIRST + timedelta(weeks=week), value=week)
            for name in names
            for week in range(20)
        ],
    )


def signals(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM kpi_signal")).scalar_one())


def test_opening_repairs_nothing_and_starting_up_completes_the_signals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    engine = open_database(url)
    import_tables(engine, company())
    kept = signals(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM kpi_signal"))
    assert signals(open_database(url)) == 0
    assert start_up(url) is engine
    assert signals(engine) == kept > 0
    assert "2 of 2 KPIs" in capsys.readouterr().err
    start_up(url)
    assert capsys.readouterr().err == ""
    engine.dispose()
