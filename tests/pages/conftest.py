"""What tests of pages share: a company with the sample's numbers, and the app on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import Place
from data.content.sample import sample_company
from data.core.database import open_database
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from tests.serving import ROOT, TODAY

APP = str(ROOT / "app.py")
Open = Callable[..., AppTest]
Begin = Callable[[Tables], None]
SAMPLE = Tables()
"""Stands for the sample's numbers where a company is filled: its file is copied."""


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file with the sample company, which is quicker to copy than to fill."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_NOW", f"{TODAY}T09:00:00+00:00")
        engine = open_database(f"sqlite:///{path}")
        import_tables(engine, sample_company(TODAY))
        engine.dispose()
    return path


@pytest.fixture
def no_company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_file: Path) -> str:
    """Give the address of a file that is not there yet, with the sample company beside it."""
    url = f"sqlite:///{tmp_path / 'milepost.db'}"
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    monkeypatch.setenv("MILEPOST_NOW", f"{TODAY}T09:00:00+00:00")
    shutil.copy(sample_file, tmp_path / "sample.db")
    return url


@pytest.fixture
def new_company(no_company: str, empty_file: Path) -> Iterator[Engine]:
    """Give a company of one's own, in which nothing is yet."""
    yield from _copied(empty_file, no_company)


@pytest.fixture
def own_company(no_company: str, sample_file: Path) -> Iterator[Engine]:
    """Give a company of one's own, with the sample's numbers."""
    yield from _copied(sample_file, no_company)


def _copied(file: Path, url: str) -> Iterator[Engine]:
    shutil.copy(file, make_url(url).database or "")
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Callable[[Tables], None]:
    """Give a function that fills a company of one's own."""

    def begin(tables: Tables) -> None:
        if tables is SAMPLE:
            request.getfixturevalue("own_company")
        else:
            import_tables(request.getfixturevalue("new_company"), tables)

    return begin


@pytest.fixture
def open_place(no_company: str) -> Open:
    """Give a function that opens a page, as somebody, with a URL."""

    def open_place(place: Place, *, person: str | None = None, **query: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        if person:
            app.session_state["person"] = person
        if place.path:
            # Only a run tells which pages there are.
            app.run().switch_page(place.script)
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_place


def admin(engine: Engine) -> str:
    """Name somebody who may set up the company."""
    with engine.connect() as connection:
        query = "SELECT name FROM person JOIN membership ON person_id = person.id WHERE role = :r"
        return str(connection.execute(text(query), {"r": "admin"}).scalar())
