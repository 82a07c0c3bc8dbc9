"""What the tests of the data layer share: a clock to set, a small company, files to refuse."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from data.core.database import open_database
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.read import read
from tests.data.bad_values import Company
from tests.data.builders import NOW, Clock, acme

CommandRejected = Callable[[Path], list[str]]
Check = Callable[[dict[str, str | bytes], list[str]], None]


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


@pytest.fixture
def refused() -> CommandRejected:
    """Return what reads a path that must be refused and gives its problems as people see them."""

    def problems(path: Path) -> list[str]:
        with pytest.raises(BadInput) as bad:
            read(path)
        assert str(bad.value).splitlines() == [str(problem) for problem in bad.value.problems]
        return [str(problem) for problem in bad.value.problems]

    return problems


@pytest.fixture
def check(tmp_path: Path, refused: CommandRejected) -> Check:
    """Return what holds the problems of files, given by name and content, against expected ones."""

    def holds(files: dict[str, str | bytes], expected: list[str]) -> None:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.csv").write_bytes(data)
        assert refused(tmp_path) == expected

    return holds


@pytest.fixture(scope="module")
def acme_once() -> Iterator[Company]:
    """Give one small company to all tests of a file, which leave it as it is."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW)
        engine = open_database(f"sqlite:///{Path(folder) / 'milepost.db'}")
        import_tables(engine, acme())
        yield Company(engine)
        engine.dispose()
