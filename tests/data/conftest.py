"""What the tests of the data layer share: a clock to set and a small company."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from data.core.database import open_database
from data.exchange.importing import import_tables
from tests.data.bad_values import Company
from tests.data.builders import NOW, Clock, acme


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock of the data layer, which stands at `NOW` until it is set."""
    clock = Clock(monkeypatch)
    clock.set(NOW)
    return clock


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> dict[str, Path]:
    """Give files to copy, which is quicker than to make them: an empty one and the company's."""
    company = tmp_path_factory.mktemp("files") / "acme.db"
    shutil.copy(empty_file, company)
    with pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW)
        engine = open_database(f"sqlite:///{company}")
        import_tables(engine, acme())
        engine.dispose()
    return {"empty": empty_file, "acme": company}


def _copied(path: Path, url: str) -> Iterator[Engine]:
    shutil.copy(path, make_url(url).database or "")
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def file(files: dict[str, Path], sqlite_url: str, clock: Clock) -> Iterator[Engine]:
    """Give an empty database on SQLite alone, for what both kinds do alike."""
    yield from _copied(files["empty"], sqlite_url)


@pytest.fixture
def company(files: dict[str, Path], sqlite_url: str, clock: Clock) -> Iterator[Engine]:
    """Give the small company on SQLite."""
    yield from _copied(files["acme"], sqlite_url)


@pytest.fixture
def company_of_each_kind(engine: Engine, clock: Clock) -> Engine:
    """Give the small company, once on each kind of database."""
    import_tables(engine, acme())
    return engine


@pytest.fixture(scope="module")
def acme_once() -> Iterator[Company]:
    """Give one small company to all tests of a file, which leave it as it is."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW)
        engine = open_database(f"sqlite:///{Path(folder) / 'milepost.db'}")
        import_tables(engine, acme())
        yield Company(engine)
        engine.dispose()
