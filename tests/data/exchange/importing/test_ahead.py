"""An import of many readings on PostgreSQL is written while others save, and seen at once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from data.core.ahead import AHEAD, ONE_AT_ONCE
from data.core.database import data_version, open_database, writer
from data.exchange.importing import command, import_tables
from data.exchange.importing.command import Imported
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.fields import KpiRow, ReadingRow
from models import Cadence
from tests.data.builders import MONDAY, acme, everything, key, person, record, rows

TABLES = Tables(
    kpis=[KpiRow(team="Sales", kpi="Walk-ins", low=1, cadence=Cadence.WEEKLY)],
    readings=[
        ReadingRow(team="Sales", kpi=kpi, date=MONDAY, value=value)
        for kpi, value in (("Walk-ins", 4), ("Conversion", 5))
    ],
)


@pytest.fixture
def served(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Give the small company on a PostgreSQL, where few readings are many."""
    engine = open_database(postgres_url)
    import_tables(engine, acme())
    monkeypatch.setattr(command, "MANY", 2)
    yield engine
    engine.dispose()


def bring_in(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object] = lambda: None
) -> tuple[Imported, int]:
    """Import while somebody does something, before its turn; give how often it was written."""
    steps, times = command._run_steps, []

    def run_steps(*batch: Any) -> None:
        steps(*batch)
        times.append(1)
        if len(times) == 1:
            meanwhile()

    monkeypatch.setattr(command, "_run_steps", run_steps)
    done = import_tables(engine, TABLES, person_id=person(engine, "Ben"))
    monkeypatch.setattr(command, "_run_steps", steps)
    return done, len(times)


def values(engine: Engine, kpi: str) -> list[float]:
    kpi_id = key(engine, "kpi", kpi)
    return [row["value"] for row in rows(engine, "reading") if row["kpi_id"] == kpi_id]


def test_others_save_meanwhile_and_see_nothing_of_it(
    served: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = data_version(served)

    def save() -> None:
        assert record(served, 30, kpi="Backlog") is not None
        assert values(served, "Conversion") == []
        assert data_version(served) == before + 1

    done, times = bring_in(served, monkeypatch, save)
    assert (times, done.changes) == (1, 3)
    assert data_version(served) >= before + AHEAD
    assert (values(served, "Walk-ins"), values(served, "Conversion")) == ([4], [5])
    assert record(served, 6) is not None


def test_it_is_taken_back_as_one(served: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    record(served, 30, kpi="Backlog")
    done, _ = bring_in(served, monkeypatch)
    assert done.command_id is not None
    undo(served, done.command_id, person_id=person(served, "Ben"))
    assert values(served, "Conversion") == [5, None]


def test_who_adds_the_same_at_the_same_moment_makes_it_wait_for_its_turn(
    served: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def collide() -> None:
        raise IntegrityError("INSERT INTO kpi", {}, Exception("there is one already"))

    done, times = bring_in(served, monkeypatch, collide)
    assert (times, done.changes) == (2, 3)


@pytest.mark.parametrize("what", ["reading", "anything else", "past all commands"])
def test_what_others_changed_meanwhile_is_looked_at_again(
    served: Engine, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def write_past() -> None:
        with writer(served) as (connection, _):
            connection.execute(text("UPDATE kpi SET unit = '%'"))

    acts: dict[str, Callable[[], object]] = {
        "reading": lambda: record(served, 7),
        "anything else": lambda: person(served, "Somebody new"),
        "past all commands": write_past,
    }
    done, times = bring_in(served, monkeypatch, acts[what])
    assert (times, done.changes) == (2, 3)
    assert values(served, "Conversion") == ([7, 5] if what == "reading" else [5])


def test_one_at_once_is_written_ahead(served: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = data_version(served)
    with served.connect() as connection, connection.begin():
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_ONCE})"))
        done, times = bring_in(served, monkeypatch)
    assert (times, done.changes) == (1, 3)
    assert data_version(served) < before + AHEAD


def test_one_that_is_broken_off_leaves_nothing(
    served: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(served)

    def break_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(served, monkeypatch, break_off)
    assert everything(served) == before
