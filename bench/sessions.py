"""Many people at once on one server: how long each waits for a view while others save.

`python -m bench sessions` opens 50 sessions that act every one to three seconds; every fourth act
is a save, after which the person sees the page anew. A save goes by the command that the page
calls, from this process.
"""

import contextlib
import os
import random
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from unittest.mock import patch

from sqlalchemy import Engine

from bench.company import NOW, TODAY, Size, company_file
from bench.serving import COCKPIT, served
from bench.session import Session
from bench.table import Table, ms
from data.core.database import data_version
from data.kpis.commands.readings import record_reading
from data.operations.start_up import start_up

SESSIONS, FEW_SESSIONS = 50, 3
SECONDS_A_ROUND = 2.0
EVERY = 4
PAUSE = (1.0, 3.0)
MEDIAN_AIM, MOST_AIM = 300.0, 1000.0


@dataclass(slots=True)
class _Waits:
    """What the sessions waited, in milliseconds, and what went wrong."""

    views: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@patch.dict(os.environ, {"MILEPOST_NOW": NOW.isoformat()})
def sessions(size: Size, rounds: int) -> Table:
    """Measure what people wait for a view and for a save, half of them on the smaller teams."""
    count = SESSIONS if size.kpis >= 1_000 else FEW_SESSIONS
    path = company_file(size)
    with tempfile.TemporaryDirectory(prefix="milepost-sessions-") as folder:
        copy = Path(folder) / "milepost.db"
        shutil.copy(path, copy)
        engine = start_up(f"sqlite:///{copy}")
        with served(COCKPIT, copy) as address, contextlib.ExitStack() as stack:
            opened = [
                Session(stack, address, team=size.teams[at % len(size.teams)])
                for at in range(count)
            ]
            for session in opened[: len(size.teams)]:
                session.rerun()
            waits = _act(engine, size, opened, rounds * SECONDS_A_ROUND)
        engine.dispose()
    if waits.errors:
        raise RuntimeError(waits.errors[0])
    table = Table(
        f"sessions · {count} at once on one server, every {EVERY}th act a save",
        "from the request to the page's end, and a save by its command",
        ("", "acts", "p50", "p95"),
    )
    for name, taken, aims in (
        ("a view", waits.views, f" (aims {MEDIAN_AIM:g}, {MOST_AIM:g} ms)"),
        ("a save", waits.saves, ""),
    ):
        cut = quantiles(taken, n=20) if len(taken) > 1 else taken * 19
        table.add(name + aims, len(taken), ms(cut[9]), ms(cut[18]))
    return table


def _act(engine: Engine, size: Size, opened: list[Session], seconds: float) -> _Waits:
    waits, end = _Waits(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_person, args=(engine, size, at, session, end, waits))
        for at, session in enumerate(opened)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def _person(
    engine: Engine, size: Size, at: int, session: Session, end: float, waits: _Waits
) -> None:
    chance = random.Random(at)
    try:
        for act in range(at, 10_000):
            time.sleep(chance.uniform(*PAUSE))
            if time.monotonic() >= end and act > at + EVERY:
                return
            if act % EVERY == 0:
                began = time.perf_counter()
                _save(engine, 1 + chance.randrange(size.kpis), chance.uniform(30, 60))
                waits.saves.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            session.rerun()
            waits.views.append((time.perf_counter() - began) * 1000)
    except Exception as error:
        waits.errors.append(repr(error))


def _save(engine: Engine, kpi_id: int, value: float) -> None:
    record_reading(
        engine,
        person_id=1,
        kpi_id=kpi_id,
        period=TODAY,
        value=value,
        base_version=data_version(engine),
    )
