"""What the leader's list costs beyond its rows: query and view, against the rows read by hand."""

import os
import sqlite3
from datetime import date, datetime
from functools import partial
from time import process_time
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine

from bench.by_hand import IN_FORCE, LATEST, READINGS, VERSION, Rows, connect
from bench.company import NOW, TODAY, Size, company_file
from bench.query import count_statements, forget_but_company
from bench.table import Table, ms, ratio
from bench.timing import medians
from data.company.queries import company
from data.core.database import data_version
from data.kpis.signals.series import microseconds
from data.operations.start_up import start_up
from data.screens.drift import DriftLook, drift
from data.screens.views.drift import DriftView

AIM = 4.0

KPIS = f"""
    SELECT kpi.id, kpi.name, kpi.unit, kpi.cadence, kpi.better, kpi.team_id, team.name,
        person.name, kpi_terms.low, kpi_terms.high
    FROM kpi
    JOIN kpi_terms ON kpi_terms.id = ({IN_FORCE.format(terms="kpi_terms", owner="kpi")})
    JOIN team ON team.id = kpi.team_id
    LEFT JOIN person ON person.id = kpi_terms.owner_id
    WHERE kpi.withdrawn_at IS NULL OR kpi.withdrawn_at > :moment
    ORDER BY kpi.name, kpi.id
"""
SIGNALS = """
    SELECT kpi.id, evidence, history
    FROM kpi CROSS JOIN kpi_signal ON kpi_signal.kpi_id = kpi.id AND kpi_signal.known_at = (
        SELECT known_at FROM kpi_signal AS later
        WHERE later.kpi_id = kpi.id AND known_at <= :microseconds
        ORDER BY known_at DESC LIMIT 1
    )
"""
DECISIONS = """
    SELECT kpi_id, date, decision, reason, look_again, person.name
    FROM decision LEFT JOIN person ON person.id = decision.by_id
    WHERE decision IN ('acknowledge', 'reroute') AND known_at <= :moment
        AND (decision.withdrawn_at IS NULL OR decision.withdrawn_at > :moment)
    ORDER BY date, decision.id
"""


@patch.dict(os.environ, {"MILEPOST_NOW": NOW.isoformat()})
def drifts(size: Size, rounds: int) -> Table:
    """Measure the list of the whole company, its cache cleared each time."""
    path = company_file(size)
    engine, plain = start_up(f"sqlite:///{path}"), connect(path)
    version = data_version(engine)
    here = company(engine, version)
    forget = partial(forget_but_company, engine, version)
    table = Table(
        f"drift · {size.kpis} KPIs × {size.days} daily readings",
        "query and view, nothing cached, against the same rows from plain sqlite3; processor time",
        ("KPIs listed", "milepost", "by hand", "ratio", "statements"),
    )
    for whole in (False, True):
        read = partial(_read, engine, version, DriftLook(here.teams[0], TODAY, whole=whole))
        listed = [one.gauge.kpi_id for one in read().listed]
        by_hand = partial(drift_rows, plain, listed, day=TODAY, moment=here.end_of(TODAY))
        taken = medians(
            {"milepost": read, "by hand": by_hand},
            rounds=rounds,
            before=forget,
            clock=process_time,
        )
        compared = ratio(taken["milepost"], taken["by hand"], AIM)
        statements = count_statements(engine, read, before=forget)
        table.add(len(listed), ms(taken["milepost"]), ms(taken["by hand"]), compared, statements)
    plain.close()
    engine.dispose()
    return table


def drift_rows(
    connection: sqlite3.Connection, listed: list[int], *, day: date, moment: datetime
) -> list[Rows]:
    """Read in one snapshot what the list of a whole company is made of."""
    at = {
        "day": day.isoformat(),
        "moment": moment.strftime("%Y-%m-%d %H:%M:%S.%f"),
        "microseconds": microseconds(moment),
    }

    def read(statement: str, keys: list[Any] | None = None) -> Rows:
        # Keys are numbers from the database itself.
        return connection.execute(
            statement.replace("{keys}", ",".join(map(str, keys or []))), at
        ).fetchall()

    connection.execute("BEGIN")
    kpis = read(KPIS)
    rows = [
        connection.execute(VERSION).fetchall(),
        kpis,
        read(SIGNALS),
        read(DECISIONS),
        read(LATEST, [row[0] for row in kpis]),
        read(READINGS, sorted(listed)),
    ]
    connection.execute("COMMIT")
    return rows


def _read(engine: Engine, version: int, look: DriftLook) -> DriftView:
    return drift(engine, version, look)
