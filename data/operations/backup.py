"""Copies of a database file: made while people work, put back without losing what was there."""

import contextlib
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from data.core.database import address_of
from data.core.failures import remedy_of
from data.core.migrate import copy_file

UNKNOWN = 10**9
"""A version that is later than any that was seen, where a damaged file does not tell."""


class Unsuited(Exception):
    """This cannot be copied or restored here; the message says what to do instead."""


def backup(url: str, target: Path) -> None:
    """Copy the database to a file that does not exist yet.

    Raises `Unsuited` where there is nothing to copy, or PostgreSQL's own tools are to be used.
    """
    source = _file(url, "pg_dump")
    if not source.exists():
        raise Unsuited(f"{source} is not there: nothing to copy")
    if target.exists():
        raise Unsuited(f"{target} exists already: choose another name")
    if not target.parent.is_dir():
        raise Unsuited(f"{target.parent} is not a folder: create it first")
    try:
        copy_file(source, target, is_checked=True)
    except sqlite3.DatabaseError as error:
        if not (remedy := remedy_of(str(error))):
            raise Unsuited(f"{source} cannot be copied ({error}): nothing was copied") from error
        raise Unsuited(f"{source} is damaged: nothing was copied. {remedy}") from error


def restore(source: Path, url: str) -> Path | None:
    """Put a copy in place of the data; give where the file that was there is kept.

    Works while the app runs: it goes through SQLite's locks, and the data's version goes up.
    Raises `Unsuited` where the copy is not a whole database.
    """
    target = _file(url, "pg_restore")
    _check_whole(source)
    kept, version = _set_aside(target) if target.exists() else (None, 0)
    with contextlib.closing(sqlite3.connect(source)) as copy:
        try:
            _put(copy, target, version)
        except sqlite3.DatabaseError as error:
            if not remedy_of(str(error)):
                raise
            # Not even SQLite takes it for a database any more.
            for part in ("", "-wal", "-shm"):
                target.with_name(target.name + part).unlink(missing_ok=True)
            _put(copy, target, version)
    return kept


def _put(copy: sqlite3.Connection, target: Path, version: int) -> None:
    with contextlib.closing(sqlite3.connect(target, timeout=30)) as place:
        copy.backup(place)
        # A version that was seen before would find the reads that were cached with it.
        place.execute("UPDATE company SET version = max(version, ?) + 1", (version,))
        place.commit()


def _set_aside(target: Path) -> tuple[Path, int]:
    """Copy the file that is there, in whatever state; give the copy and the data's version."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    kept = target.with_name(f"{target.name}.before-restore-{stamp}")
    try:
        copy_file(target, kept)
        return kept, _version(kept)
    except sqlite3.DatabaseError as error:
        if not remedy_of(str(error)):
            raise
        shutil.copy(target, kept)
        return kept, UNKNOWN


def _version(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT version FROM company").fetchone()[0])


def _file(url: str, instead: str) -> Path:
    address = address_of(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise Unsuited(f"this is for SQLite files: use {instead} for PostgreSQL")
    return Path(address.database)


def _check_whole(source: Path) -> None:
    if not source.is_file():
        raise Unsuited(f"{source} is not a file: check the path")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            state = copy.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise Unsuited(f"{source} is not a database ({error}): choose another copy") from error
    if state != "ok" or "alembic_version" not in tables:
        raise Unsuited(f"{source} is not a whole Milepost database: choose another copy")
