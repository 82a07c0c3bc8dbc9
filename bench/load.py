"""A hundred people at once on one PostgreSQL: what the second server adds.

`python -m bench load [--quick]`. Each acts every one to three seconds, every fourth act a save by
the page's own protocol, and each open page looks every two seconds what others saved and shows it.
Once all are at one server, once half of them at each of two, as a proxy that sticks leads them; the
proxy itself is left out. All of it shares the processors of one machine, also what plays people.
"""

import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from unittest.mock import patch

import psutil

from bench.chaos_accidents import Stage, staged
from bench.chaos_people import PAUSE, at_work
from bench.load_people import DAYS, TEAMS, Follower, Pace, company, followers
from bench.serving import wait
from bench.table import Table, ms
from data.core.database import open_database
from data.exchange.importing import import_tables

PEOPLE, SECONDS = 100, 30.0
FEW_PEOPLE, FEW_SECONDS, FEW_TEAMS, FEW_DAYS = 4, 1.5, 2, 20
QUICK_PACE = Pace((0.1, 0.3), 0.2)
SERVERS = 2
VIEW_AIM, SAVE_AIM = 2500.0, 3000.0


@dataclass(frozen=True, slots=True)
class _Spent:
    """Processor seconds: of what plays people, of the servers, and of the whole machine."""

    at: float
    people: float
    servers: float
    machine: float


def load(*, is_quick: bool = False) -> Table:
    """Measure what people wait for at one server and at two; raise where anything goes wrong."""
    count, seconds = (FEW_PEOPLE, FEW_SECONDS) if is_quick else (PEOPLE, SECONDS)
    table = Table(
        f"load · {count} people on one PostgreSQL, {psutil.cpu_count()} processors in all",
        f"every {PAUSE[0]:g} to {PAUSE[1]:g} s an act, every fourth a save; pages follow what "
        "others save",
        ("", "count", "p50", "p95", "longest"),
    )
    with (
        tempfile.TemporaryDirectory(prefix="milepost-load-") as folder,
        patch.dict(os.environ),
        staged(Path(folder)) as stage,
    ):
        os.environ["MILEPOST_DATABASE_URL"] = stage.url
        os.environ["MILEPOST_SECRET"] = secrets.token_hex(32)
        engine = open_database(stage.url)
        import_tables(engine, company(*((FEW_TEAMS, FEW_DAYS) if is_quick else (TEAMS, DAYS))))
        addresses = [f"127.0.0.1:{port}" for port in stage.ports]
        for at in range(SERVERS):
            stage.start(at)
        for address in addresses:
            wait(address)
        for used in range(1, SERVERS + 1):
            people = followers(engine, count, addresses[:used], QUICK_PACE if is_quick else Pace())
            _measure(table, stage, people, seconds, f"{used} server{'s' * (used > 1)}")
        engine.dispose()
    return table


def _measure(table: Table, stage: Stage, people: list[Follower], seconds: float, name: str) -> None:
    """Open all pages, let people work for a while, and add rows of what they waited."""
    seen = people[0].seen
    for person in people:
        person.open()
    seen.views.clear()
    before = _spent(stage)
    with at_work(people, time.monotonic() + seconds):
        time.sleep(seconds)
        after = _spent(stage)
    unsaved = [f"typed and never saved: {value}" for value in seen.unsaved]
    wrong = [*seen.problems, *stage.tracebacks(), *unsaved]
    if wrong:
        raise RuntimeError("\n".join(dict.fromkeys(wrong[:20])))
    for what, taken in (
        (f"a view (aim {VIEW_AIM:g} ms)", seen.views),
        (f"a save, until acknowledged (aim {SAVE_AIM:g} ms)", seen.saves),
        ("what others saved, shown anew", [each for one in people for each in one.followed]),
        ("a look for what others saved", [each for one in people for each in one.looks]),
    ):
        cut = [
            1000 * each
            for each in (
                quantiles(taken, n=20, method="inclusive") if len(taken) > 1 else taken * 19
            )
        ]
        longest = ms(1000 * max(taken)) if taken else ""
        p50, p95 = (ms(cut[9]), ms(cut[18])) if cut else ("", "")
        table.add(f"{name}: {what}", len(taken), p50, p95, longest)
    for what, found in (
        ("saves that were asked to wait (aim 0)", seen.refused),
        ("connections that broke (aim 0)", seen.broken),
    ):
        table.add(f"{name}: {what}", found, "", "", "")
    lasted = after.at - before.at
    for what, share in (
        ("what plays people", after.people - before.people),
        ("the servers", after.servers - before.servers),
        ("the whole machine", after.machine - before.machine),
    ):
        table.add(f"{name}: processors taken by {what}", "", f"{share / lasted:.2f}", "", "")


def _spent(stage: Stage) -> _Spent:
    taken = [psutil.Process(process.pid).cpu_times() for process in stage.running]
    whole = psutil.cpu_times()
    return _Spent(
        at=time.monotonic(),
        people=time.process_time(),
        servers=sum(each.user + each.system for each in taken),
        machine=whole.user + whole.system + whole.nice,
    )
