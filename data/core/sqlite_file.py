"""A SQLite file: how it is opened, and whether it is still the file that was opened."""

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext

BUSY_TIMEOUT_MS = 30_000
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs"}
GONE = "the file of the database was deleted or moved"
REPLACED = "another file stands in place of the database"
DAMAGED = "the file of the database is damaged"
DAMAGE = ("image is malformed", "is not a database")
"""What SQLite says of a file that is damaged."""


class FileAccident(sqlite3.OperationalError):
    """The file is not the one that was opened, or damaged: what is written to it would be lost."""


def sqlite_engine(path: str) -> Engine:
    """Make an engine for a file, which refuses to write once the file is gone or damaged."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    if path:
        watch = _Watch(Path(path))
        event.listen(engine, "do_connect", watch.before_connecting)
        event.listen(engine, "connect", watch.connected)
        event.listen(engine, "begin", watch.before_writing)
        event.listen(engine, "handle_error", watch.failed)
        event.listen(engine, "engine_disposed", watch.disposed)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


class _Watch:
    """Which file was opened, and whether it was found damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.opened: tuple[int, int] | None = None
        self.is_damaged = False

    def before_connecting(self, *_: Any) -> None:
        """Open no other file, nor make a new one, beside those connections that are open."""
        if self.opened is not None:
            self._check_place()

    def connected(self, _connection: sqlite3.Connection, _record: object) -> None:
        """Note which file this is."""
        self.opened = self.opened or _place(self.path)

    def before_writing(self, connection: Connection) -> None:
        """Raise where what is written would be lost."""
        if _is_writing(connection):
            self._check_place()
            if self.is_damaged:
                self._check_whole(connection)

    def failed(self, context: ExceptionContext) -> None:
        """Note a damage that anybody came across."""
        self.is_damaged |= is_damage(str(context.original_exception))

    def disposed(self, _engine: Engine) -> None:
        """Forget the file: the next connection opens whatever is there."""
        self.opened, self.is_damaged = None, False

    def _check_place(self) -> None:
        place = _place(self.path)
        if place is None:
            raise FileAccident(GONE)
        if place != self.opened:
            raise FileAccident(REPLACED)

    def _check_whole(self, connection: Connection) -> None:
        # A copy may have been restored in its place since.
        if not is_whole(connection.connection.driver_connection):
            raise FileAccident(DAMAGED)
        self.is_damaged = False


def is_damage(told: str) -> bool:
    """Tell whether SQLite speaks of a damaged file."""
    return any(word in told for word in DAMAGE)


def is_whole(connection: Any) -> bool:
    """Tell whether the pages of an open file hang together; takes as long as to read it."""
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        if not is_damage(str(error)):
            raise
        return False


@contextlib.contextmanager
def overwriting(connection: Connection) -> Iterator[None]:
    """Leave nothing of what is replaced meanwhile in the file; PostgreSQL does so by vacuuming."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")


def write_through(engine: Engine) -> None:
    """Bring what was written into the file itself, whose older pages are overwritten by that.

    Where others read meanwhile it comes about by itself, later.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA busy_timeout = 1000")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


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


def _place(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


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
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing(connection) else "BEGIN")


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", False))
