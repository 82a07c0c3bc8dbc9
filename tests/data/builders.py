"""A small company, and short ways to bring things in and to read them back."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text

from data.company.fields import CycleRow, PersonRow, TeamRow
from data.company.queries import company
from data.core.database import data_version, snapshot
from data.core.fields import Row
from data.core.remembered import forget_all
from data.exchange.bad_input import BadInput
from data.exchange.export import export_tables
from data.exchange.importing import Imported, import_tables
from data.exchange.tables import Tables
from data.identity.people import introduce
from data.kpis.commands.readings import record_reading
from data.kpis.fields import KpiRow
from data.kpis.views.gauges import Gauge
from data.okrs.fields import KeyResultRow, MilestoneRow, ObjectiveRow
from data.okrs.views.key_results import KeyResultView
from data.screens.cockpit import Look, cockpit
from data.screens.views.cockpit import Cockpit
from models import (
    Ambition,
    Base,
    Better,
    Cadence,
    KeyResultKind,
    ObjectiveState,
    Role,
)
from tests.lent import empty

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
MONDAY = date(2026, 5, 18)
"""The first day of the week that `NOW` is in."""

ROAD = {"cycle": "Q2 2026", "team": "Sales", "objective": "Win the north"}


class Clock:
    """The clock of the data layer, set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.moment = NOW

    def set(self, moment: datetime) -> None:
        self.moment = moment
        self.monkeypatch.setenv("MILEPOST_NOW", moment.isoformat())

    def tick(self, **span: float) -> datetime:
        """Let time pass, an hour unless told; give the new moment."""
        self.set(self.moment + timedelta(**(span or {"hours": 1})))
        return self.moment


def emptied(engine: Engine) -> Engine:
    """Leave nothing in a database on PostgreSQL, which is quicker than to make another."""
    with engine.begin() as connection:
        empty(connection)
        connection.execute(text("UPDATE company SET version = version + 1"))
    return engine


def acme() -> Tables:
    """Give a company of four teams, three people, four KPIs and one road; no readings yet."""
    return Tables(
        teams=[
            TeamRow(team="Acme"),
            TeamRow(team="Sales", parent="Acme"),
            TeamRow(team="North", parent="Sales"),
            TeamRow(team="Support", parent="Acme"),
        ],
        people=[
            PersonRow(person="Ana", email="ana@acme.test", team="Sales", role=Role.LEAD),
            PersonRow(person="Ben", team="Acme", role=Role.ADMIN),
            PersonRow(person="Cara"),
        ],
        cycles=[
            CycleRow(cycle="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)),
            CycleRow(cycle="Q2 2026", starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30)),
        ],
        kpis=[
            KpiRow(
                team="Acme",
                kpi="Revenue",
                unit="k€",
                better=Better.HIGHER,
                low=100,
                cadence=Cadence.MONTHLY,
            ),
            KpiRow(
                team="Sales",
                kpi="Conversion",
                unit="%",
                better=Better.WITHIN,
                low=8,
                high=12,
                cadence=Cadence.WEEKLY,
                owner="Ana",
            ),
            KpiRow(team="Sales", kpi="Visits", better=Better.WITHIN, cadence=Cadence.DAILY),
            KpiRow(
                team="Support", kpi="Backlog", better=Better.LOWER, high=50, cadence=Cadence.WEEKLY
            ),
        ],
        objectives=[
            ObjectiveRow(
                **ROAD, ambition=Ambition.COMMITTED, owner="Ana", state=ObjectiveState.ACTIVE
            )
        ],
        key_results=[
            KeyResultRow(**ROAD, key_result="Sign customers", start=0, target=40),
            KeyResultRow(
                **ROAD, key_result="Lift conversion", start=6, target=10, kpi="Conversion"
            ),
            KeyResultRow(**ROAD, key_result="Open the office", kind=KeyResultKind.MILESTONE),
            KeyResultRow(
                **ROAD,
                key_result="Keep conversion",
                kind=KeyResultKind.HOLD,
                kpi="Conversion",
                hold_periods=4,
            ),
        ],
        milestones=[
            MilestoneRow(**ROAD, key_result="Open the office", step="Lease", share=1),
            MilestoneRow(**ROAD, key_result="Open the office", step="Move", share=3),
        ],
    )


def bring(engine: Engine, **rows: Any) -> Imported:
    """Import some rows, as one command."""
    return import_tables(engine, Tables(**rows))


def give(engine: Engine, who: str, team: str, role: Role) -> None:
    """Give somebody a role in a team."""
    bring(engine, people=[PersonRow(person=who, team=team, role=role)])


def problems(engine: Engine, tables: Tables) -> list[str]:
    """Give what an import finds wrong with tables, rows numbered from line 2 in each file."""
    numbered = Tables(
        **{
            name: [replace(row, line=at) for at, row in enumerate(rows, 2)]
            for name, rows in items(tables)
        },
        given=tables.given,
    )
    with pytest.raises(BadInput) as bad:
        import_tables(engine, numbered)
    return [str(problem) for problem in bad.value.problems]


def items(tables: Tables) -> Iterator[tuple[str, list[Row]]]:
    yield from tables.items()


def with_more(tables: Tables, **rows: list[Any]) -> Tables:
    """Give tables with further rows."""
    return replace(tables, **{name: [*getattr(tables, name), *more] for name, more in rows.items()})


def address(engine: Engine) -> str:
    """Give the address under which another program opens the same database."""
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)


def person(engine: Engine, name: str = "Ana") -> int:
    return introduce(engine, name)


def key(engine: Engine, entity: str, name: str) -> int:
    """Give the key of a thing by its name."""
    table = Base.metadata.tables[entity]
    with engine.connect() as connection:
        query = select(table.c.id).where(table.c.name == name, table.c.withdrawn_at.is_(None))
        return int(connection.execute(query).scalar_one())


def record(
    engine: Engine,
    value: float,
    *,
    kpi: str = "Conversion",
    who: str = "Ana",
    on: date = MONDAY,
    note: str = "",
    base_version: int | None = None,
) -> int | None:
    """Record a reading, by somebody who sees the data as it stands unless told otherwise."""
    return record_reading(
        engine,
        person_id=person(engine, who),
        kpi_id=key(engine, "kpi", kpi),
        period=on,
        value=value,
        note=note,
        base_version=data_version(engine) if base_version is None else base_version,
    )


def last_command(engine: Engine, person_id: int) -> int | None:
    """Give the key of the last thing a person did that is not taken back yet."""
    done = [row for row in rows(engine, "command") if row["person_id"] == person_id]
    undone = {row["undoes_id"] for row in done}
    standing = (row["id"] for row in done if row["undoes_id"] is None and row["id"] not in undone)
    return max(standing, default=None)


def rows(engine: Engine, entity: str) -> list[dict[str, Any]]:
    """Give all rows of a table in the order of their keys."""
    table = Base.metadata.tables[entity]
    with engine.connect() as connection:
        return [
            dict(row)
            for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
        ]


def everything(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Give all rows of all tables."""
    return {name: rows(engine, name) for name in Base.metadata.tables}


def exported(engine: Engine) -> Tables:
    with snapshot(engine) as connection:
        return export_tables(connection)


def content(tables: Tables) -> dict[str, Counter[Row]]:
    """Give what tables say, whatever its order."""
    return {name: Counter(rows) for name, rows in tables.items()}


def seen(
    engine: Engine,
    team: str = "Sales",
    *,
    day: date = TODAY,
    cycle: str | None = None,
    **options: Any,
) -> Cockpit:
    """Give a team's cockpit on a day."""
    version = data_version(engine)
    here = company(engine, version)
    look = Look(team=here.team_named(team), cycle=here.cycle_named(cycle, day), day=day, **options)
    return cockpit(engine, version, look)


def gauge(view: Cockpit, name: str = "Conversion") -> Gauge:
    return next(gauge for gauge in view.gauges if gauge.name == name)


def key_result(view: Cockpit, name: str) -> KeyResultView:
    return next(
        key_result
        for objective in view.objectives
        for key_result in objective.key_results
        if key_result.name == name
    )


def forget(engine: Engine) -> None:
    """Forget all that is kept but teams, cycles and people."""
    forget_all()
    company(engine, data_version(engine))


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Note the statements that are run, those that only open a transaction left out."""
    noted: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            noted.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield noted
    finally:
        event.remove(engine, "before_cursor_execute", note)
