"""Scripted people on two servers and a PostgreSQL while one thing after another goes wrong.

`python -m bench chaos [--minutes 10] [--quick]`. Every half minute one of: a server killed,
PostgreSQL stopped, the row locked on which savers queue, a slow network, a full disk, an import of
400,000 readings. In the end each write that was acknowledged is there once, no page was wiped, no
word that was typed is lost, nobody is signed out, and nobody was told anything that is not ours.
Bounded and on this machine alone.
"""

import os
import random
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from unittest.mock import patch

from sqlalchemy import Engine, func, select

from bench.chaos_accidents import ACCIDENTS, Stage, happening, staged
from bench.chaos_people import Person, Seen, at_work, cookie_of
from bench.chaos_proxy import proxied
from bench.company import CACHE
from bench.serving import wait
from bench.table import Table, ms
from data.company.fields import PersonRow, TeamRow
from data.core.as_of import table_of
from data.core.database import data_version, now, open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence, Kpi, Reading, Role, Team

LOGS = CACHE / "chaos"
"""Where the logs of a run are kept in which something was wrong."""
SECONDS_EACH = 30.0
HISTORY = 30
MINUTES = 10.0
PEOPLE, FEW_PEOPLE = 12, 4
QUICK_SECONDS = 9.5
"""With each accident once, that is a minute."""
QUICK_PAUSE = (0.2, 0.6)
QUICK_IMPORTED = 100, 400
"""So much is in within the minute, also where a machine has other work."""


def chaos(minutes: float = MINUTES, *, is_quick: bool = False) -> Table:
    """Let people work through accidents; raise where anything is lost, twice there or wiped."""
    names = list(ACCIDENTS)
    seconds = QUICK_SECONDS if is_quick else SECONDS_EACH
    rounds = len(names) if is_quick else max(len(names), round(minutes * 60 / SECONDS_EACH))
    with (
        tempfile.TemporaryDirectory(prefix="milepost-chaos-") as folder,
        patch.dict(os.environ),
        staged(Path(folder)) as stage,
    ):
        os.environ["MILEPOST_DATABASE_URL"] = stage.url
        os.environ["MILEPOST_SECRET"] = secrets.token_hex(32)
        engine = open_database(stage.url)
        count = FEW_PEOPLE if is_quick else PEOPLE
        import_tables(engine, _company(count))
        for at in range(2):
            stage.start(at)
        for port in stage.ports:
            wait(f"127.0.0.1:{port}")
        with proxied([("127.0.0.1", port) for port in stage.ports]) as proxy:
            stage.proxy = proxy
            seen = Seen()
            people = _people(engine, count, proxy.address, seen)
            if is_quick:
                stage.imported = QUICK_IMPORTED
                people = [replace(person, pause=QUICK_PAUSE) for person in people]
            happened = [names[at % len(names)] for at in range(rounds)]
            _happen(stage, people, happened, seconds)
        outcomes = stage.outcomes()
        kept = _kept(engine)
        seen.problems += [f"a log has: {told}" for told in stage.tracebacks()]
        seen.problems += _half_imported(engine, outcomes, stage.imported)
        engine.dispose()
        if seen.problems:
            stage.keep_logs(LOGS)
    check(seen, kept)
    return _table(seen, happened, outcomes, is_disk_missing=stage.disk is None)


def _company(count: int) -> Tables:
    """Give a team, a KPI with a history and an admin for each of some people."""
    today = now().date()
    days = [today - timedelta(days=back) for back in range(HISTORY, 0, -1)]
    chance = random.Random(20261130)
    names = [(f"Crew {at}", f"Measure {at}") for at in range(count)]
    return Tables(
        teams=[
            TeamRow(team="Everyone"),
            *(TeamRow(team=team, parent="Everyone") for team, _ in names),
        ],
        people=[
            PersonRow(person=f"Worker {at}", team="Everyone", role=Role.ADMIN)
            for at in range(count)
        ],
        kpis=[KpiRow(team=team, kpi=kpi, low=0, cadence=Cadence.DAILY) for team, kpi in names],
        readings=[
            ReadingRow(team=team, kpi=kpi, date=day, value=round(chance.gauss(50, 4), 1))
            for team, kpi in names
            for day in days
        ],
    )


def _people(engine: Engine, count: int, address: str, seen: Seen) -> list[Person]:
    kpi = table_of(Kpi)
    with engine.connect() as connection:
        keys = dict(connection.execute(select(kpi.c.name, kpi.c.id)).all())
    return [
        Person(
            name=f"Worker {at}",
            team=f"Crew {at}",
            kpi_id=keys[f"Measure {at}"],
            period=now().date().isoformat(),
            address=address,
            cookie=cookie_of(f"Worker {at}"),
            seen=seen,
            first_value=100.0 * (at + 1),
            chance=random.Random(at),
            base_version=data_version(engine),
        )
        for at in range(count)
    ]


def _happen(stage: Stage, people: list[Person], names: Sequence[str], seconds: float) -> None:
    """Let one accident after another happen while people work."""
    until = time.monotonic() + seconds * (len(names) + 0.5)
    with at_work(people, until):
        time.sleep(seconds / 2)
        for name in names:
            began = time.monotonic()
            happening(name, stage, seconds / 3)()
            time.sleep(max(0.0, began + seconds - time.monotonic()))


def _kept(engine: Engine) -> Counter[tuple[int, float]]:
    reading = table_of(Reading)
    typed = select(reading.c.kpi_id, reading.c.value).where(~reading.c.imported)
    with engine.connect() as connection:
        return Counter((row.kpi_id, round(row.value, 2)) for row in connection.execute(typed))


def _half_imported(
    engine: Engine, outcomes: Sequence[bool], imported: tuple[int, int]
) -> list[str]:
    """Say which imports came in otherwise than whole, or not at all."""
    kpis, days = imported
    reading, kpi, team = table_of(Reading), table_of(Kpi), table_of(Team)
    rows = select(func.count()).select_from(reading.join(kpi).join(team))
    told = []
    with engine.connect() as connection:
        for number, is_in in enumerate(outcomes, 1):
            named = rows.where(team.c.name.like(f"Import {number} %"))
            count = connection.execute(named).scalar_one()
            if count != kpis * days * is_in:
                told.append(f"import {number} left {count} readings, and said {is_in}")
    return told


def check(seen: Seen, kept: Counter[tuple[int, float]]) -> None:
    """Raise for what must not be."""
    acknowledged = [(kpi_id, round(value, 2)) for kpi_id, value in seen.acknowledged]
    lost = [each for each in acknowledged if not kept[each]]
    twice = [each for each, count in kept.items() if count > 1]
    wrong = [
        *(f"acknowledged and lost: {each}" for each in lost),
        *(f"there more than once: {each}" for each in twice),
        *(f"typed and never saved: {value}" for value in seen.unsaved),
        *dict.fromkeys(seen.problems),
    ]
    if wrong:
        raise RuntimeError("\n".join(wrong[:20]))


def _table(
    seen: Seen,
    happened: Sequence[str],
    outcomes: Sequence[bool],
    *,
    is_disk_missing: bool,
) -> Table:
    counted = Counter(happened)
    left_out = "; no disk can be mounted here: none was full" if is_disk_missing else ""
    table = Table(
        f"chaos · {len(happened)} accidents, two servers, one PostgreSQL",
        "nothing acknowledged was lost or is there twice, no page was wiped, no typed word lost, "
        f"nobody signed out{left_out}",
        ("", "times", "p50", "p95", "longest"),
    )
    for name, taken in (("a view", seen.views), ("a save, from typed to acknowledged", seen.saves)):
        cut = quantiles(taken, n=20) if len(taken) > 1 else taken * 19
        table.add(name, len(taken), ms(cut[9] * 1000), ms(cut[18] * 1000), ms(max(taken) * 1000))
    for name, count in (
        ("views that said the database is away", seen.told),
        ("saves that were asked to wait", seen.refused),
        ("connections that broke", seen.broken),
        ("imports that came in whole", sum(outcomes)),
        *counted.items(),
    ):
        table.add(name, count, "", "", "")
    return table
