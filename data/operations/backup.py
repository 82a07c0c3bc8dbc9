"""Copies of a database file: made while people work, put back without losing what was there."""

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from data.core.database import address_of
from data.core.migrate import copy_file


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
    copy_file(source, target)


def restore(source: Path, url: str) -> Path | None:
    """Put a copy in place of the data; give where the file that was there is kept.

    Works while the app runs: it goes through SQLite's locks, and the data's version goes up.
    Raises `Unsuited` where the copy is not a whole database.
    """
    target = _file(url, "pg_restore")
    _check_whole(source)
    kept, version = None, 0
    if target.exists():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        kept = target.with_name(f"{target.name}.before-restore-{stamp}")
        copy_file(target, kept)
        version = _version(kept)
    with (
        contextlib.closing(sqlite3.connect(source)) as copy,
        contextlib.closing(sqlite3.connect(target, timeout=30)) as place,
    ):
        copy.backup(place)
        # A version that was seen before would find the reads that were cached with it.
        place.execute("UPDATE company SET version = max(version, ?) + 1", (version,))
        place.commit()
    return kept


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
