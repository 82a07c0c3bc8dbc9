"""Which database a person sees: the sample company's until there is their own."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

import data.core.database
import data.operations.workspace
from data.company.fields import CycleRow, TeamRow
from data.company.queries import Company
from data.content.sample import sample_company
from data.core.errors import Unreachable
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.operations.workspace import Workspace, open_workspace
from tests.data.builders import (
    NOW,
    TODAY,
    Clock,
    acme,
    bring,
    content,
    everything,
    exported,
    person,
    rows,
)


def small_sample(today: date) -> Tables:
    """Give a sample company that is quickly made, and another one on every day."""
    quarter = CycleRow(cycle="Quarter", starts_on=today, ends_on=today + timedelta(days=90))
    return Tables(teams=[TeamRow(team="Alderquay")], cycles=[quarter])


@pytest.fixture(autouse=True)
def _new_program(sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", sqlite_url)
    monkeypatch.setattr(data.operations.workspace, "sample_company", small_sample)
    yield
    start_again()


def start_again() -> None:
    """Forget what a running program remembers."""
    for engine in data.operations.workspace._opened.values():
        engine.dispose()
    data.operations.workspace._opened.clear()
    data.operations.workspace._last.clear()
    data.core.database._open.cache_clear()


def teams(here: Company) -> list[str]:
    return [team.name for team in here.teams]


def begin() -> None:
    """Bring in a company of one's own."""
    import_tables(
        data.core.database.open_database(data.operations.workspace.settings().database_url), acme()
    )


def test_who_has_no_company_yet_sees_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data.operations.workspace, "sample_company", sample_company)
    workspace = open_workspace()
    assert workspace.is_sample
    assert "Alderquay" in teams(workspace.company)
    assert content(exported(workspace.engine)) == content(sample_company(TODAY))
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["milepost.db", "sample.db"]


def test_who_has_a_company_sees_it_alone(tmp_path: Path) -> None:
    begin()
    workspace = open_workspace()
    assert not workspace.is_sample
    assert teams(workspace.company) == ["Acme", "Sales", "North", "Support"]
    assert not (tmp_path / "sample.db").exists()


def test_the_sample_gives_way_to_the_first_company() -> None:
    assert open_workspace().is_sample
    begin()
    assert not open_workspace().is_sample


def test_what_is_done_in_the_sample_stays_in_it() -> None:
    sample = open_workspace()
    person(sample.engine, "Mine")
    begin()
    own = open_workspace()
    assert "Mine" not in [who.name for who in own.company.people]
    assert "Acme" not in teams(sample.company)


def test_a_workspace_is_the_data_at_their_version() -> None:
    before = open_workspace()
    person(before.engine, "Mine")
    after = open_workspace()
    assert after.version == before.version + 1
    assert "Mine" in [who.name for who in after.company.people]
    assert "Mine" not in [who.name for who in before.company.people]


def test_an_untouched_sample_is_made_anew_on_a_later_day(clock: Clock) -> None:
    open_workspace()
    start_again()
    clock.set(NOW + timedelta(days=40))
    assert exported(open_workspace().engine) == small_sample(TODAY + timedelta(days=40))


def test_an_untouched_sample_stays_for_the_day(clock: Clock, tmp_path: Path) -> None:
    open_workspace()
    start_again()
    made = (tmp_path / "sample.db").stat().st_ino
    clock.tick(hours=3)
    open_workspace()
    assert (tmp_path / "sample.db").stat().st_ino == made


def test_an_empty_sample_is_made(tmp_path: Path) -> None:
    # What exporting it does before anybody has looked at it.
    data.core.database.open_database(f"sqlite:///{tmp_path / 'sample.db'}")
    start_again()
    workspace = open_workspace()
    assert workspace.is_sample
    assert exported(workspace.engine) == small_sample(TODAY)


def test_a_file_of_ones_own_that_is_called_sample_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'sample.db'}")
    assert teams(open_workspace().company) == ["Alderquay"]
    begin()
    workspace = open_workspace()
    assert not workspace.is_sample
    assert teams(workspace.company) == ["Acme", "Sales", "North", "Support"]


def test_a_sample_that_somebody_changed_is_kept(clock: Clock) -> None:
    person(open_workspace().engine, "Mine")
    before = everything(open_workspace().engine)
    start_again()
    clock.set(NOW + timedelta(days=40))
    assert everything(open_workspace().engine) == before


def test_many_who_come_first_at_once_see_the_same_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def slow_sample(today: date) -> Tables:
        made.append(today)
        time.sleep(0.1)
        return small_sample(today)

    monkeypatch.setattr(data.operations.workspace, "sample_company", slow_sample)
    found: list[Workspace] = []
    start = threading.Barrier(6)

    def come() -> None:
        start.wait()
        found.append(open_workspace())

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len({id(workspace.engine) for workspace in found}) == 1
    assert made == [TODAY]
    assert len(rows(found[0].engine, "command")) == 1
    assert list(tmp_path.glob("*.unfinished")) == []


def test_an_import_of_nothing_begins_no_company() -> None:
    bring(data.core.database.open_database(data.operations.workspace.settings().database_url))
    assert open_workspace().is_sample


def test_what_cannot_be_reached_is_as_it_was_last(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin()
    before = open_workspace()
    read_at = clock.moment
    clock.tick()
    with monkeypatch.context() as patch:
        patch.setattr(data.operations.workspace, "data_version", refuse)
        shown = open_workspace()
    assert shown == replace(before, read_at=read_at, is_reached=False)
    assert open_workspace() == replace(before, read_at=clock.moment)


def test_what_was_never_open_is_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data.operations.workspace, "data_version", refuse)
    with pytest.raises(Unreachable):
        open_workspace()


def refuse(_engine: Engine) -> int:
    raise Unreachable("Not saved yet: the database cannot be reached.", "")
