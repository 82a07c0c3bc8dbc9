"""What a cockpit costs beyond its rows: query and view, against the same rows read by hand."""

import os
from dataclasses import replace
from datetime import timedelta
from functools import partial
from time import process_time
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from bench.by_hand import cockpit_rows, connect
from bench.company import NOW, TODAY, Size, company_file
from bench.table import Table, ms, ratio
from bench.timing import Run, medians
from data.company.queries import company
from data.core.database import data_version
from data.core.remembered import forget_all
from data.operations.start_up import start_up
from data.screens.cockpit import Look, cockpit
from data.screens.views.cockpit import Cockpit

AIMS = {24: 3.0, 200: 2.5}
BACK, BACK_AIM = timedelta(weeks=2), 3.0


@patch.dict(os.environ, {"MILEPOST_NOW": NOW.isoformat()})
def query(size: Size, rounds: int) -> Table:
    """Measure the cockpit's query with its view, its cache cleared each time."""
    path = company_file(size)
    engine, plain = start_up(f"sqlite:///{path}"), connect(path)
    version = data_version(engine)
    here = company(engine, version)
    cycle = here.cycle_named(None, TODAY)
    if cycle is None:
        raise LookupError("the company has no cycle")
    forget = partial(forget_but_company, engine, version)
    by_hand = partial(cockpit_rows, plain, cycle_id=cycle.id, day=TODAY, moment=here.end_of(TODAY))
    table = Table(
        f"query · {size.kpis} KPIs × {size.days} daily readings",
        "query and view, nothing cached, against the same rows from plain sqlite3; processor time",
        ("KPIs shown", "milepost", "by hand", "ratio", "a look back", "ratio", "statements"),
    )
    for shown, team in zip(size.shown, size.teams, strict=True):
        look = Look(here.team_named(team), cycle, TODAY)
        read = partial(_read, engine, version, look)
        back = partial(_read, engine, version, replace(look, day=TODAY - BACK))
        if len(read().gauges) != shown:
            raise LookupError(f"{team} does not show {shown} gauges")
        taken = medians(
            {"milepost": read, "by hand": partial(by_hand, team=team), "look back": back},
            before=forget,
            rounds=rounds,
            clock=process_time,
        )
        compared = ratio(taken["milepost"], taken["by hand"], AIMS.get(shown))
        looked_back = ratio(taken["look back"], taken["milepost"], BACK_AIM)
        table.add(
            shown,
            ms(taken["milepost"]),
            ms(taken["by hand"]),
            compared,
            ms(taken["look back"]),
            looked_back,
            count_statements(engine, read, before=forget),
        )
    plain.close()
    engine.dispose()
    return table


def _read(engine: Engine, version: int, look: Look) -> Cockpit:
    return cockpit(engine, version, look)


def forget_but_company(engine: Engine, version: int) -> None:
    """Forget all that is kept but teams, cycles and people, which hardly ever change."""
    forget_all()
    company(engine, version)


def count_statements(engine: Engine, run: Run, *, before: Run) -> int:
    """Count the statements of a run, not what begins and ends its transactions."""
    before()
    seen: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    try:
        run()
    finally:
        event.remove(engine, "before_cursor_execute", see)
    return sum(not statement.startswith("BEGIN") for statement in seen)
