"""Databases as earlier programs wrote them: each comes up to date, and nothing is lost.

`storing.py` says how the next one is stored; it is then tried here by itself. What a name says
after its revision tells how the database came to it: `first` by migrations as they first landed,
before they were changed; `from-…` as an older one that a later program went on with.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, select
from sqlalchemy.engine import make_url

import data.core.database
import data.core.migrate
from data.core.database import address_of, data_version
from data.operations.start_up import start_up
from models import Base
from tests.conftest import database_of
from tests.data.builders import Clock, exported, record, rows, seen
from tests.data.kpis.signals.by_hand import by_hand, stored
from tests.data.storing import (
    MONDAY,
    NOW,
    STORED,
    company,
    fill,
    restore,
    sqlite_dump,
    statements_of,
)

NAMES = sorted({path.name.split(".")[0] for path in STORED.glob("*.sql.xz")})
PASSED_THROUGH = {"0004"}
"""Revisions at which no program left a database: the next one landed together with them."""

NOT_KEPT = {"alembic_version", "kpi_signal", "pending_signal", "signal_checkpoint", "team_version"}
UNUSED = {"alias", "ended_session", "key_result_score", "learning", "target_step", "verdict"}
"""Tables that the stored databases have no rows of."""

Rows = Sequence[dict[str, Any]]


def as_it_is(url: str) -> Engine:
    """Connect to a database without bringing it up to date."""
    address, is_file = address_of(url), url.startswith("sqlite")
    return create_engine(address if is_file else address.set(drivername="postgresql+psycopg"))


def tables_of(engine: Engine) -> MetaData:
    tables = MetaData()
    tables.reflect(engine)
    return tables


def content(engine: Engine) -> dict[str, Rows]:
    """Give all rows of the tables that are there, with the columns that are there."""
    found: dict[str, Rows] = {}
    with engine.connect() as connection:
        for table in tables_of(engine).sorted_tables:
            all_rows = connection.execute(select(table).order_by(*table.primary_key))
            found[table.name] = [dict(row) for row in all_rows.mappings()]
    return {name: found[name] for name in found.keys() - NOT_KEPT}


def shape(engine: Engine) -> set[tuple[str, ...]]:
    """Give the columns, indexes and links that are there."""
    found: set[tuple[str, ...]] = set()
    for table in tables_of(engine).tables.values():
        for column in table.columns:
            links = ", ".join(sorted(link.target_fullname for link in column.foreign_keys))
            is_key, kind = str(column.primary_key), f"{column.type} {column.nullable}"
            found.add((table.name, column.name, kind, is_key, links))
        for index in table.indexes:
            names = ", ".join(column.name for column in index.columns)
            found.add((table.name, str(index.name), str(index.unique), names))
    return found


@dataclass(frozen=True)
class Opened:
    """A stored database that was opened: what it was and had before, and where it is."""

    name: str
    url: str
    before: dict[str, Rows]
    shape: set[tuple[str, ...]]
    engine: Engine


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=NAMES)
def opened(
    request: pytest.FixtureRequest, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    """Give each stored database of each kind, opened."""
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('stored') / 'milepost.db'}"
        yield from _opened(request.param, url)
    else:
        # An address is opened once a process, so it is never that of another one before.
        name = f"milepost_{uuid.uuid4().hex}"
        with database_of(request.getfixturevalue("postgres"), name) as url:
            yield from _opened(request.param, url)


def _opened(name: str, url: str) -> Iterator[Opened]:
    restore(statements_of(name, make_url(url).get_backend_name()), url)
    before = as_it_is(url)
    had, was = content(before), shape(before)
    before.dispose()
    with pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW)
        engine = start_up(url)
        yield Opened(name, url, had, was, engine)
        engine.dispose()


def test_every_row_is_kept(opened: Opened) -> None:
    after = content(opened.engine)
    assert {name for name, found in opened.before.items() if not found} == (
        UNUSED & opened.before.keys()
    )
    for name, before in opened.before.items():
        # A column may be new, and the data's version grows as the signals are computed.
        new = {"version"} if name == "company" else set()
        kept = [
            {column: now[column] for column in was.keys() - new}
            for was, now in zip(before, after[name], strict=True)
        ]
        assert kept == [{column: was[column] for column in was.keys() - new} for was in before]


def test_its_tables_are_those_of_the_models(opened: Opened) -> None:
    with opened.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def near(signals: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """Let the last digits differ, as another kind of processor computed what is stored."""
    return {
        key: {
            name: pytest.approx(value, rel=1e-9) if isinstance(value, float) else value
            for name, value in told.items()
        }
        for key, told in signals.items()
    }


def test_its_signals_are_those_of_a_replay(opened: Opened) -> None:
    kept = stored(opened.engine)
    assert kept == near(by_hand(opened.engine))
    # The only reading of one was taken back.
    assert len(kept) == len(rows(opened.engine, "kpi")) - 1 == 7


def test_a_look_back_is_that_of_a_replay(opened: Opened) -> None:
    for days in (3, 11, 40, 200):
        moment = NOW - timedelta(days=days)
        replayed = by_hand(opened.engine, moment)
        assert stored(opened.engine, moment) == near(replayed) != {}


def test_it_is_not_written_to_when_it_is_opened_again(opened: Opened) -> None:
    before = content(opened.engine)
    again = data.core.database._open.__wrapped__(opened.url)
    assert content(again) == before
    again.dispose()


def test_it_is_shown_taken_along_and_gone_on_with(opened: Opened) -> None:
    shown = seen(opened.engine, day=NOW.date(), all_kpis=True)
    assert {gauge.name for gauge in shown.gauges} >= {"Conversion", "Moved on", "Steady"}
    key_results = [key_result.name for key_result in shown.objectives[0].key_results]
    assert key_results == ["Sign customers", "Lift it", "Open", "Keep it"]
    out = exported(opened.engine)
    assert {row.kpi for row in out.kpis} == {row.kpi for row in company().kpis}
    version = data_version(opened.engine)
    assert record(opened.engine, 10.9, kpi="Steady", on=MONDAY)
    assert data_version(opened.engine) == version + 1


def test_a_migration_makes_what_it_made_when_it_landed(
    opened: Opened, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if "-" in opened.name:
        return
    kind = opened.engine.dialect.name
    url = f"sqlite:///{tmp_path / 'now.db'}"
    engine = as_it_is(url if kind == "sqlite" else request.getfixturevalue("postgres_url"))
    config = data.core.migrate._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, opened.name)
    assert shape(engine) == opened.shape
    engine.dispose()


def test_each_revision_but_the_newest_is_stored() -> None:
    scripts = ScriptDirectory(str(data.core.migrate.SCRIPTS))
    older = {script.revision for script in scripts.walk_revisions()} - {scripts.get_current_head()}
    missing = older - {name.partition("-")[0] for name in NAMES} - PASSED_THROUGH
    assert missing == set(), "python -m tests.data.storing, while this revision is the newest"
    kinds = {kind: len(list(STORED.glob(f"*.{kind}.sql.xz"))) for kind in ("sqlite", "postgresql")}
    assert kinds == dict.fromkeys(kinds, len(NAMES))


def test_what_is_stored_now_is_what_is_there(file: Engine, tmp_path: Path) -> None:
    fill(file)
    had = content(file)
    assert {name for name, found in had.items() if not found} == UNUSED
    url = f"sqlite:///{tmp_path / 'again.db'}"
    restore(sqlite_dump(Path(file.url.database or "")), url)
    again = as_it_is(url)
    assert content(again) == had
    again.dispose()
