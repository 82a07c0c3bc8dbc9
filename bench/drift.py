"""What the leader's list costs beyond its rows: query and view, against the rows read by hand."""

import os
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from time import process_time
from unittest.mock import patch

from sqlalchemy import Engine

from bench.by_hand import (
    DECISIONS,
    IN_FORCE,
    LATEST,
    READINGS,
    SIGNALS,
    VERSION,
    Rows,
    as_of,
    connect,
    rows,
)
from bench.company import NOW, TODAY, Size, company_file
from bench.query import count_statements, forget_but_company
from bench.table import Table, ms, ratio
from bench.timing import medians
from data.company.queries import company
from data.core.database import data_version
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
    at = as_of(day, moment)

    def read(statement: str, keys: Sequence[int] = ()) -> Rows:
        return rows(connection, statement, at, keys)

    connection.execute("BEGIN")
    kpis = read(KPIS)
    found = [
        read(VERSION),
        kpis,
        read(SIGNALS),
        read(DECISIONS),
        read(LATEST, [row[0] for row in kpis]),
        read(READINGS, sorted(listed)),
    ]
    connection.execute("COMMIT")
    return found


def _read(engine: Engine, version: int, look: DriftLook) -> DriftView:
    return drift(engine, version, look)
