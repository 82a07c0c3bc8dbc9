"""The database: one engine a URL, snapshots to read from, one writer at a time."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, RootTransaction, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlmodel import col

from data.core import sqlite_file
from data.core.errors import Unreachable
from data.core.failures import busy, reached, remedy_of, told_by
from data.core.migrate import migrate
from data.core.postgresql import (
    LONG_LIMITS,
    PATIENCE,
    postgresql_engine,
    sent_together,
    take_time,
)
from data.core.settled import settled
from data.core.sqlite_file import NETWORK_FILE_SYSTEMS, file_system, sqlite_engine
from models import Company

ZONE = select(col(Company.time_zone))


class Unusable(Exception):
    """The database cannot be opened; the message says why and what to do."""


_opening = threading.Lock()


def open_database(url: str) -> Engine:
    """Open the database, bringing its tables up to date; once a process and URL.

    Raises `Unusable` where it cannot be reached or lies on a network file system, on which
    SQLite's write-ahead log loses data; `TooNew` where a newer program wrote it.
    """
    # Alembic keeps what it is at in globals: two sessions may not migrate at once.
    with _opening:
        return _open(url)


@cache
def _open(url: str) -> Engine:
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        engine = _sqlite(address.database or "")
    else:
        engine = postgresql_engine(address)
    with usable(engine):
        migrate(engine)
    return engine


@contextlib.contextmanager
def usable(engine: Engine) -> Iterator[None]:
    """Raise `Unusable` for a database that does not answer; its connections are given up."""
    try:
        yield
    except (DatabaseError, Unreachable) as failure:
        engine.dispose()
        error = failure.__cause__ if isinstance(failure, Unreachable) else failure
        if isinstance(error, Exception) and "malformed" in (told := told_by(error)):
            raise Unusable(f"{engine.url.database} is damaged. {remedy_of(told)}") from error
        if not isinstance(error, DatabaseError) or type(error) not in (
            OperationalError,
            DatabaseError,
        ):
            raise
        address = engine.url.set(drivername=engine.dialect.name)
        place = address.render_as_string(hide_password=True)
        raise Unusable(f"{place} cannot be opened ({error.orig}): check the address") from error


def address_of(url: str) -> URL:
    """Read a database's address; raise `Unusable` where it is none of a known kind."""
    with contextlib.suppress(ArgumentError):
        address = make_url(url)
        if address.get_backend_name() in {"sqlite", "postgresql", "postgres"}:
            return address
    raise Unusable(
        "MILEPOST_DATABASE_URL is no address of a database: write it like "
        "sqlite:///milepost.db or postgresql://person@server/milepost"
    )


def _sqlite(path: str) -> Engine:
    folder = Path(path or ".").resolve().parent
    if not folder.is_dir():
        raise Unusable(f"{folder} is not a folder: create it or change MILEPOST_DATABASE_URL")
    if (system := file_system(folder)) in NETWORK_FILE_SYSTEMS:
        raise Unusable(
            f"{folder} is on a network file system ({system}), where SQLite loses data: "
            "keep the file on a local disk, or use PostgreSQL"
        )
    return sqlite_engine(path)


@contextlib.contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read from one moment of the data, however many statements it takes.

    Raises `Unreachable` where the database fails.
    """
    with reached(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextlib.contextmanager
def one_read(engine: Engine) -> Iterator[Connection]:
    """Read by one statement, which is of one moment by itself: a transaction would cost as much.

    Raises `Unreachable` where the database fails.
    """
    with reached(), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def own_connection(engine: Engine) -> Iterator[Connection]:
    """Give a connection that nobody uses after: what is set aside on it ends with it.

    Temporary tables are in nobody's way, and a program that is killed leaves none.
    """
    with reached(), engine.connect() as connection:
        connection.detach()
        yield connection


@contextlib.contextmanager
def writer(engine: Engine, own: Connection | None = None) -> Iterator[tuple[Connection, int]]:
    """Write alone: all of it or nothing; gives the data's new version with the connection.

    Raising the version first makes writers queue on its row, so that what a command checks
    still holds when it commits. `own` is a connection to write with, instead of any. Raises
    `Unreachable` where the database fails.
    """
    with reached(), turn(engine, own is not None), _connected(engine, own) as connection:
        connection = connection.execution_options(writes=True, last=[])
        with connection.begin() as transaction:
            if own is not None:
                take_time(connection)
            raised = update(Company).values(version=col(Company.version) + 1)
            version = connection.execute(raised.returning(col(Company.version))).scalar_one()
            yield connection, version
            finish(connection, transaction)


def finish(connection: Connection, transaction: RootTransaction) -> None:
    """Do what was left to the end of a turn, and commit."""
    with sent_together(connection):
        for write in connection.get_execution_options()["last"]:
            write()
        transaction.commit()


def write_last(connection: Connection, write: Callable[[], object]) -> None:
    """Leave a write that nobody reads before the commit until then; without a turn do it at once.

    Others wait while each statement goes to a server and its answer comes back: the last ones go
    together.
    """
    last = connection.get_execution_options().get("last")
    if last is None:
        write()
    else:
        last.append(write)


@contextlib.contextmanager
def quiet_writer(engine: Engine) -> Iterator[Connection]:
    """Write what no page keeps and no log holds: the data's version stays as it is.

    On PostgreSQL it waits for nobody who saves. Raises `Unreachable` where the database fails.
    """
    is_server = engine.dialect.name == "postgresql"
    waiting = contextlib.nullcontext() if is_server else turn(engine)
    with reached(), waiting, engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def _connected(
    engine: Engine, own: Connection | None
) -> contextlib.AbstractContextManager[Connection]:
    return engine.connect() if own is None else contextlib.nullcontext(own)


@contextlib.contextmanager
def turn(engine: Engine, takes_long: bool = False) -> Iterator[None]:
    """Wait until no other thread of this process writes.

    Waiting for SQLite's own lock is asking again and again, by which some never get their turn.
    Of PostgreSQL one connection waits for a row, and not all that there are. Raises `Unreachable`
    where others take too long; what `takes_long` itself waits longer.
    """
    queue = _queue(engine)
    if not queue.acquire(timeout=_patience(engine, takes_long).total_seconds()):
        raise busy()
    try:
        yield
    finally:
        queue.release()


def _patience(engine: Engine, takes_long: bool) -> timedelta:
    if takes_long:
        return LONG_LIMITS["lock_timeout"]
    if engine.dialect.name == "postgresql":
        return PATIENCE
    return timedelta(milliseconds=sqlite_file.BUSY_TIMEOUT_MS)


@cache
def _queue(_engine: Engine) -> threading.Lock:
    return threading.Lock()


def data_version(engine: Engine) -> int:
    """Give the number that grows with every commit: what cached reads are keyed by."""
    with one_read(engine) as connection:
        return version_seen(connection)


VERSION = select(col(Company.version))


def version_seen(connection: Connection) -> int:
    """Give the data's version in a snapshot."""
    return int(connection.execute(VERSION).scalar_one())


def time_zone(connection: Connection) -> ZoneInfo:
    """Give the company's time zone, in which its days begin and end."""
    ((name,),) = settled(connection, ZONE)
    return ZoneInfo(name)


def now() -> datetime:
    """Give this moment in UTC; `MILEPOST_NOW` sets the clock for a demonstration or a test."""
    fixed = os.environ.get("MILEPOST_NOW")
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)
