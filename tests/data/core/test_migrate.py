"""Bringing tables up to date without losing a row."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url

import data.core.migrate
from data.core.database import address_of, open_database
from data.core.migrate import TooNew, migrate
from models import Base
from tests.data.builders import everything, exported
from tests.later_version import ADD_A_COLUMN, HEAD, add_migration

Add = Callable[[str], None]


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Add:
    """Give what adds a migration to the program, which then is a later version of it."""

    def add(body: str) -> None:
        scripts = tmp_path / "scripts"
        shutil.copytree(data.core.migrate.SCRIPTS, scripts)
        add_migration(scripts, body)
        monkeypatch.setattr(data.core.migrate, "SCRIPTS", scripts)

    return add


def columns(engine: Engine, table: str) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns(table)}


FOR_EVER = dict.fromkeys(("keep_attendance_days", "keep_log_days", "log_kept_since"))


def revision(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def test_a_new_database_gets_all_tables_and_one_company(engine: Engine) -> None:
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    assert everything(engine)["company"] == [
        {"id": 1, "version": 0, "time_zone": "UTC", "fiscal_year_starts": 1, **FOR_EVER}
    ]


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_up_to_date_database_is_left_alone(engine: Engine) -> None:
    assert migrate(engine) is None


def test_an_older_file_is_copied_aside_first(company: Engine, tmp_path: Path, later: Add) -> None:
    later(ADD_A_COLUMN)
    before = everything(company)
    copy = migrate(company)
    assert copy == tmp_path / f"milepost.db.before-{HEAD}"
    assert "motto" in columns(company, "company")
    assert revision(company) == "9999"
    assert everything(company) == before
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert old.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert old.execute("SELECT count(*) FROM kpi").fetchone() == (len(before["kpi"]),)


def test_an_older_server_is_migrated_in_place(company_of_each_kind: Engine, later: Add) -> None:
    engine = company_of_each_kind
    later(ADD_A_COLUMN)
    before = everything(engine)
    migrate(engine)
    assert "motto" in columns(engine, "company")
    assert everything(engine) == before


def test_a_table_that_others_point_to_can_be_built_anew(company: Engine, later: Add) -> None:
    later(
        "with op.batch_alter_table('team', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('motto', sa.Text(), nullable=True))"
    )
    before = exported(company)
    migrate(company)
    assert "motto" in columns(company, "team")
    assert exported(company) == before
    with company.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_migration_that_would_leave_rows_pointing_nowhere_fails(
    company: Engine, later: Add
) -> None:
    later("op.execute('DELETE FROM team')")
    before = everything(company)
    with pytest.raises(RuntimeError, match="points nowhere"):
        migrate(company)
    assert everything(company) == before


def test_a_migration_that_fails_leaves_the_tables_as_they_were(
    company_of_each_kind: Engine, later: Add
) -> None:
    engine = company_of_each_kind
    later(f"{ADD_A_COLUMN}\n    op.create_table('half', sa.Column('id', sa.Integer()))\n    1 / 0")
    before = everything(engine)
    with pytest.raises(ZeroDivisionError):
        migrate(engine)
    assert "motto" not in columns(engine, "company")
    assert "half" not in inspect(engine).get_table_names()
    assert revision(engine) == HEAD
    assert everything(engine) == before


def test_after_a_failure_the_first_copy_is_kept(
    company: Engine, tmp_path: Path, later: Add
) -> None:
    later("1 / 0")
    copy = tmp_path / f"milepost.db.before-{HEAD}"
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            migrate(company)
    assert sorted(tmp_path.glob("*.before-*")) == [copy]
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = everything(engine)
    with pytest.raises(TooNew, match=r"9999.*install the newer version"):
        migrate(engine)
    assert everything(engine) == before
    assert revision(engine) == "9999"


def test_two_programs_that_start_at_once_both_open_a_new_database(url: str) -> None:
    script = f"from data.core.database import *; print(data_version(open_database({url!r})))"
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        for _ in range(2)
    ]
    assert [program.communicate() for program in programs] == [("0\n", ""), ("0\n", "")]
    engine = open_database(url)
    assert len(everything(engine)["company"]) == 1
    engine.dispose()


def test_the_address_of_a_file_is_not_changed_by_opening_it(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    assert engine.url == make_url(sqlite_url)
    engine.dispose()


OLD_ROWS = (
    "INSERT INTO company (id, version, time_zone) VALUES (1, 2, 'UTC')",
    "INSERT INTO team (id, version, name, check_in_day) VALUES (1, 1, 'Sales', 'Monday')",
    "INSERT INTO kpi (id, version, team_id, name, unit, better, cadence, driven_by, description)"
    " VALUES (1, 1, 1, 'Visits', '', 'higher', 'weekly', '', '')",
    "INSERT INTO command (id, name, version, at, summary)"
    " VALUES (1, 'import', 1, '2026-05-20 12:00:00', '')",
    "INSERT INTO command (id, name, version, at, summary)"
    " VALUES (2, 'rebase', 2, '2026-05-20 13:00:00', '')",
    "INSERT INTO decision (id, version, kpi_id, date, decision, reason)"
    " VALUES (1, 1, 1, '2026-03-02', 'rebase', 'new shop')",
    "INSERT INTO decision (id, version, kpi_id, date, decision, reason)"
    " VALUES (2, 2, 1, '2026-04-06', 'rebase', 'second shop')",
    "INSERT INTO change (command_id, entity, entity_id) VALUES (1, 'decision', 1)",
    "INSERT INTO change (command_id, entity, entity_id) VALUES (2, 'decision', 2)",
)


def at_revision(url: str, wanted: str) -> Engine:
    """Give a database as it was at a revision."""
    address = address_of(url)
    driver = address.set(drivername="postgresql+psycopg")
    engine = create_engine(driver if address.get_backend_name() != "sqlite" else address)
    config = data.core.migrate._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, wanted)
    return engine


def columns_of_tables(engine: Engine) -> dict[tuple[str, str], tuple[str, bool]]:
    """Give the type of each column of each table, and whether it may be left out."""
    look = inspect(engine)
    return {
        (table, column["name"]): (
            str(column["type"]),
            bool(column["nullable"] or column["default"]),
        )
        for table in look.get_table_names()
        for column in look.get_columns(table)
    }


def test_an_older_server_can_read_and_write_what_the_newest_migrations_made(url: str) -> None:
    """What it reads stays as it was, and what is new may be left out; to drop takes a version more.

    Those before the first that ran beside an older version rebuilt tables.
    """
    before = columns_of_tables(at_revision(url, "0014"))
    after = columns_of_tables(at_revision(url, "head"))
    assert before.items() <= after.items()
    tables = {table for table, _ in before}
    new = {place: kind for place, kind in after.items() if place not in before}
    assert new
    assert all(
        may_be_left_out for (table, _), (_, may_be_left_out) in new.items() if table in tables
    )


def test_decisions_of_the_first_tables_are_known_from_when_they_were_said(url: str) -> None:
    engine = at_revision(url, "0001")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM company"))
        for row in OLD_ROWS:
            connection.execute(text(row))
    engine.dispose()
    opened = open_database(url)
    known = [row["known_at"] for row in everything(opened)["decision"]]
    assert known == [datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 5, 20, 13, tzinfo=UTC)]
    opened.dispose()
