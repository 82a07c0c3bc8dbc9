"""The database: one engine a URL, snapshots to read from, one writer at a time."""

import contextlib
import logging
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, create_engine, event, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlmodel import col

from data.core.errors import Unreachable
from data.core.migrate import migrate
from models import Company

BUSY_TIMEOUT_MS = 30_000
SILENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""When a server that says nothing counts as out of reach: seconds, and the last milliseconds."""
FAILURES = (OperationalError, InterfaceError, InternalError, NoneFree)
BUSY = "Many people are saving at this moment: try again."
NOT_SAVED = "Not saved yet: {reason}. What you typed is still here: try again."
REASONS = {
    "disk is full": "the disk of the database is full",
    "No space left": "the disk of the database is full",
    "readonly database": "the database can only be read at this moment",
    "read-only transaction": "the database can only be read at this moment",
    "image is malformed": "the file of the database is damaged",
}
"""What a driver says, and what that means."""
OUT_OF_REACH = "the database cannot be reached"
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs"}


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
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=10,
            connect_args=dict(SILENCE),
        )
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
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def file_system(folder: Path, *, mounts: Path = Path("/proc/mounts")) -> str:
    """Name the type of file system a folder is on; empty where the machine does not tell."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text().splitlines():
        escaped, system = line.split()[1:3]
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), escaped)
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, system
    return kind


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy's "begin" opens the transactions: the driver must not do it behind its back.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another one writes.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def _reached() -> Iterator[None]:
    """Raise `Unreachable` where the database fails, for a reason that may pass."""
    try:
        yield
    except SQLAlchemyError as error:
        # A damaged file raises what all others are derived from.
        if not isinstance(error, FAILURES) and type(error) is not DatabaseError:
            raise
        logging.getLogger(__name__).warning("%s", _told(error))
        raise Unreachable(_message(_told(error))) from error


def _told(error: SQLAlchemyError) -> str:
    """Give what the database said, without the statement: people's words are in that."""
    return str(error.orig if isinstance(error, DBAPIError) else error)


def _message(told: str) -> str:
    if "is locked" in told:
        return BUSY
    reasons = (reason for word, reason in REASONS.items() if word in told)
    return NOT_SAVED.format(reason=next(reasons, OUT_OF_REACH))


@contextlib.contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read from one moment of the data, however many statements it takes.

    Raises `Unreachable` where the database fails.
    """
    with _reached(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextlib.contextmanager
def own_connection(engine: Engine) -> Iterator[Connection]:
    """Give a connection that nobody uses after: what is set aside on it ends with it.

    Temporary tables are in nobody's way, and a program that is killed leaves none.
    """
    with _reached(), engine.connect() as connection:
        connection.detach()
        yield connection


@contextlib.contextmanager
def writer(engine: Engine, own: Connection | None = None) -> Iterator[tuple[Connection, int]]:
    """Write alone: all of it or nothing; gives the data's new version with the connection.

    Raising the version first makes writers queue on its row, so that what a command checks
    still holds when it commits. `own` is a connection to write with, instead of any. Raises
    `Unreachable` where the database fails.
    """
    with _reached(), turn(engine), _connected(engine, own) as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            raised = update(Company).values(version=col(Company.version) + 1)
            version = connection.execute(raised.returning(col(Company.version))).scalar_one()
            yield connection, version


@contextlib.contextmanager
def quiet_writer(engine: Engine) -> Iterator[Connection]:
    """Write what no page keeps and no log holds: the data's version stays as it is.

    Raises `Unreachable` where the database fails.
    """
    with _reached(), turn(engine), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def _connected(
    engine: Engine, own: Connection | None
) -> contextlib.AbstractContextManager[Connection]:
    return engine.connect() if own is None else contextlib.nullcontext(own)


@contextlib.contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Wait until no other thread of this process writes.

    Waiting for SQLite's own lock is asking again and again, by which some never get their turn.
    """
    queue = _queue(engine)
    has_turn = queue.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        yield
    finally:
        if has_turn:
            queue.release()


@cache
def _queue(_engine: Engine) -> threading.Lock:
    return threading.Lock()


def data_version(engine: Engine) -> int:
    """Give the number that grows with every commit: what cached reads are keyed by."""
    with snapshot(engine) as connection:
        return version_seen(connection)


def version_seen(connection: Connection) -> int:
    """Give the data's version in a snapshot."""
    return int(connection.execute(select(col(Company.version))).scalar_one())


def time_zone(connection: Connection) -> ZoneInfo:
    """Give the company's time zone, in which its days begin and end."""
    name = connection.execute(select(col(Company.time_zone))).scalar_one()
    return ZoneInfo(name)


def now() -> datetime:
    """Give this moment in UTC; `MILEPOST_NOW` sets the clock for a demonstration or a test."""
    fixed = os.environ.get("MILEPOST_NOW")
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)
