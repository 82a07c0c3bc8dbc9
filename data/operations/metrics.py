"""What a server counts of itself, for those who watch it: numbers, and no words of people."""

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client import generate_latest as _written
from sqlalchemy import Connection, Engine, event, func, select
from sqlmodel import col

from data.core.database import now, snapshot
from data.core.followers import Follower, Progress, follow
from data.core.outcomes import Outcome
from models import Command, PendingSignal

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
RUNS = Histogram(
    "milepost_run_seconds", "How long a page took to run.", ["page"], registry=REGISTRY
)
STATEMENTS = Counter("milepost_statements", "SQL statements sent.", registry=REGISTRY)
STATEMENT_SECONDS = Counter(
    "milepost_statement_seconds", "Time spent waiting for SQL statements.", registry=REGISTRY
)
SAVES = Counter("milepost_saves", "Commands committed.", registry=REGISTRY)
ANSWERS = Counter(
    "milepost_answers",
    "What became of what people sent: saved, refused, doubtful, conflict, unreachable.",
    ["kind"],
    registry=REGISTRY,
)
ERRORS = Counter("milepost_errors", "Pages that ended unforeseen.", registry=REGISTRY)
SESSIONS = Gauge("milepost_sessions", "Pages that are open.", registry=REGISTRY)
RUNNING = Gauge("milepost_running", "Pages that run at this moment.", registry=REGISTRY)
REACHED = Gauge("milepost_database_reached", "1 where the database answers.", registry=REGISTRY)
LAST_SAVE_AGE = Gauge(
    "milepost_last_save_age_seconds", "Time since the last command.", registry=REGISTRY
)
PENDING = Gauge("milepost_pending_signals", "KPIs whose signals wait.", registry=REGISTRY)
PENDING_AGE = Gauge(
    "milepost_pending_signals_age_seconds", "How long the oldest of them waits.", registry=REGISTRY
)


class _Saves(Follower):
    """Counts commands once they are safe."""

    def committed(self, engine: Engine, progress: Progress) -> None:
        """Count a command."""
        SAVES.inc()


def observe() -> None:
    """Count from now on what every database is sent, and every command; once a process."""
    follow(_Saves)
    event.listen(Engine, "before_cursor_execute", _begun)
    event.listen(Engine, "after_cursor_execute", _done)


def _begun(connection: Connection, *_of: object) -> None:
    connection.info["statement_began"] = time.monotonic()


def _done(connection: Connection, *_of: object) -> None:
    STATEMENTS.inc()
    STATEMENT_SECONDS.inc(time.monotonic() - connection.info["statement_began"])


@contextlib.contextmanager
def run_of(page: str) -> Iterator[None]:
    """Time the run of a page, however it ends."""
    with RUNS.labels(page).time():
        yield


def answered(outcome: Outcome) -> Outcome:
    """Count what became of what somebody sent, and give it on."""
    ANSWERS.labels("unreachable" if outcome.is_waiting else outcome.kind).inc()
    return outcome


def look(engine: Engine) -> None:
    """Take the ages of what lies in the database.

    Raises `Unreachable` where it does not answer.
    """
    with snapshot(engine) as connection:
        saved = connection.execute(select(func.max(col(Command.at)))).scalar_one()
        pending, oldest = connection.execute(
            select(func.count(), func.min(col(PendingSignal.marked_at))).select_from(PendingSignal)
        ).one()
    LAST_SAVE_AGE.set(_age(saved))
    PENDING.set(pending)
    PENDING_AGE.set(_age(oldest))


def _age(since: datetime | None) -> float:
    return float("nan") if since is None else (now() - since).total_seconds()


def written() -> bytes:
    """Write all of it in the format of Prometheus."""
    return _written(REGISTRY)
