"""Bringing a database's tables up to date, an older file only after it was copied aside."""

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from data.core.postgresql import take_time
from data.core.sqlite_file import DAMAGED, FileAccident, is_whole

SCRIPTS = Path(__file__).parents[1] / "migrations"
MIGRATION_LOCK = 6_453_070_411


class TooNew(Exception):
    """The database was written by a newer version of this program."""


def migrate(engine: Engine) -> Path | None:
    """Bring the tables up to date; give the copy that was made of an older file, if one was.

    Raises `TooNew` where the database is ahead of this program.
    """
    scripts = migrations(SCRIPTS)
    with engine.connect() as connection:
        revision = _revision(connection)
    if revision == scripts.get_current_head():
        return None
    if revision and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise TooNew(
            f"the database is at revision {revision}, which this version of Milepost does not "
            "know: install the newer version that wrote it"
        )
    copy = _copy_aside(engine, revision) if revision else None
    with _alone(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return copy


@cache
def migrations(folder: Path) -> ScriptDirectory:
    """Give the migrations of a folder: to read them takes longer than to open a database."""
    return ScriptDirectory(str(folder))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Hold off every other writer, so that two starting programs do not migrate twice."""
    with engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with _rebuilding(connection), connection.begin():
            take_time(connection)
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            yield connection
            _check_links(connection)


@contextlib.contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let SQLite drop a table that others point to: that is how it alters one."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Inside a transaction the pragma does nothing.
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")


def _check_links(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise RuntimeError(f"the migration leaves a row of {broken[0]} that points nowhere")


def _copy_aside(engine: Engine, revision: str) -> Path | None:
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    path = Path(engine.url.database)
    copy = path.with_name(f"{path.name}.before-{revision}")
    if not copy.exists():
        copy_file(path, copy)
    return copy


def copy_file(source: Path, target: Path, *, is_checked: bool = False) -> None:
    """Copy a SQLite file while others write to it; a plain file copy would lose rows.

    Raises `FileAccident` where a copy that `is_checked` is damaged; it is not kept.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(source)) as reader,
        contextlib.closing(sqlite3.connect(unfinished)) as copy,
    ):
        reader.backup(copy)
        is_bad = is_checked and not is_whole(copy)
        if not is_bad:
            copy.execute("PRAGMA journal_mode = DELETE")
    if is_bad:
        unfinished.unlink()
        raise FileAccident(DAMAGED)
    unfinished.replace(target)
