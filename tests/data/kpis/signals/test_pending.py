"""What cannot be computed at once is marked: nobody waits for it, and nothing is forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from data.core import database
from data.core.database import data_version, snapshot
from data.core.errors import Unreachable
from data.core.followers import Progress
from data.kpis.commands.decisions import rebase
from data.kpis.fields import ReadingRow
from data.kpis.queries.signals import KnownSignals, signals_of
from data.kpis.signals import SignalFollower, complete, compute_overdue, pending
from models import Base, Signal
from tests.data.builders import (
    MONDAY,
    NOW,
    TODAY,
    Clock,
    bring,
    key,
    person,
    record,
    rows,
    statements,
)
from tests.data.kpis.signals.by_hand import by_hand, stored

WEEKS = [MONDAY - timedelta(days=7 * back) for back in range(150, 0, -1)]


@pytest.fixture
def drifting(company_of_each_kind: Engine) -> Engine:
    """Give a company with a KPI of three years that drifts."""
    values = [10 + at % 5 / 10 - 3 * (at >= 140) for at in range(len(WEEKS))]
    said = zip(WEEKS, values, strict=True)
    readings = [
        ReadingRow(team="Sales", kpi="Conversion", date=day, value=value) for day, value in said
    ]
    bring(company_of_each_kind, readings=readings)
    return company_of_each_kind


@contextmanager
def killed() -> Iterator[None]:
    """Have the program end right after what a command writes is safe."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SignalFollower, "committed", lambda *_: None)
        yield


def correct(engine: Engine, value: float = 12, *, week: date = WEEKS[20]) -> None:
    record(engine, value, on=week)


def years(team: str, kpi: str) -> list[ReadingRow]:
    return [ReadingRow(team=team, kpi=kpi, date=day, value=9) for day in WEEKS]


def shown(engine: Engine, moment: datetime = NOW + timedelta(days=1)) -> KnownSignals:
    with snapshot(engine) as connection:
        kpis = connection.execute(select(Base.metadata.tables["kpi"])).all()
        return signals_of(connection, kpis, moment)


def marks(engine: Engine) -> list[dict[str, Any]]:
    return rows(engine, "pending_signal")


def test_what_is_far_back_is_computed_after_the_commit(
    drifting: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[dict[str, Any]]] = []
    committed = SignalFollower.committed

    def look(follower: SignalFollower, engine: Engine, progress: Progress) -> None:
        seen.append(marks(engine))
        committed(follower, engine, progress)

    monkeypatch.setattr(SignalFollower, "committed", look)
    correct(drifting)
    assert [[row["kpi_id"] for row in found] for found in seen] == [
        [key(drifting, "kpi", "Conversion")]
    ]
    assert marks(drifting) == []
    assert stored(drifting) == by_hand(drifting)


@pytest.mark.parametrize("week", [WEEKS[-1], WEEKS[-3], WEEKS[-60]])
def test_what_is_near_is_computed_at_once(drifting: Engine, week: date) -> None:
    with killed():
        correct(drifting, week=week)
    assert marks(drifting) == []
    assert stored(drifting) == by_hand(drifting)


def test_what_is_pending_shows_what_was_shown_last(drifting: Engine, clock: Clock) -> None:
    kpi_id = key(drifting, "kpi", "Conversion")
    before = shown(drifting)
    yesterday = clock.moment
    clock.tick(hours=24)
    with killed():
        correct(drifting)
    now = shown(drifting, clock.moment)
    assert now.signals == before.signals
    assert (set(now.pending), set(shown(drifting, yesterday).pending)) == ({kpi_id}, set())
    assert now.signals[kpi_id].signal is Signal.DRIFTING


def test_what_a_kill_left_is_finished_at_the_next_start(drifting: Engine, clock: Clock) -> None:
    with killed():
        correct(drifting)
        clock.tick()
        record(drifting, 9, on=TODAY)
        rebase(
            drifting,
            person_id=person(drifting),
            kpi_id=key(drifting, "kpi", "Conversion"),
            since=WEEKS[10],
            reason="New price list",
        )
    (mark,) = marks(drifting)
    assert (mark["since"], mark["is_anew"]) == (NOW, False)
    told: list[tuple[int, int]] = []
    complete(drifting, progress=lambda *how_far: told.append(how_far))
    assert told == [(0, 1), (1, 1)]
    assert marks(drifting) == []
    assert stored(drifting) == by_hand(drifting)
    assert stored(drifting, NOW) == by_hand(drifting, NOW)


def test_whoever_reads_later_finishes_what_a_kill_left(drifting: Engine, clock: Clock) -> None:
    with killed():
        correct(drifting)
    assert compute_overdue(drifting, data_version(drifting)) is None
    clock.tick(seconds=10)
    version = data_version(drifting)
    thread = compute_overdue(drifting, version)
    assert thread is not None
    thread.join()
    assert marks(drifting) == []
    assert data_version(drifting) > version
    assert stored(drifting) == by_hand(drifting)
    assert compute_overdue(drifting, data_version(drifting)) is None


def test_who_reads_waits_for_nobody_who_writes(drifting: Engine, clock: Clock) -> None:
    with killed():
        correct(drifting)
    clock.tick(minutes=1)
    with database.writer(drifting):
        thread = compute_overdue(drifting, data_version(drifting))
        assert thread is not None
        assert len(marks(drifting)) == 1
        assert compute_overdue(drifting, data_version(drifting)) is None
    thread.join()
    assert stored(drifting) == by_hand(drifting)


def test_a_kpi_that_cannot_be_computed_keeps_no_other_from_it(
    drifting: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed():
        correct(drifting)
        bring(drifting, readings=years("Support", "Backlog"))
    ill = key(drifting, "kpi", "Conversion")
    recomputed = pending.recomputed

    def fail(connection: Any, zone: Any, since: Any, terms: Any, anew: Any) -> Any:
        if ill in since:
            raise ZeroDivisionError
        return recomputed(connection, zone, since, terms, anew)

    with monkeypatch.context() as patch:
        patch.setattr(pending, "recomputed", fail)
        complete(drifting)
    assert [row["kpi_id"] for row in marks(drifting)] == [ill]
    complete(drifting)
    assert stored(drifting) == by_hand(drifting)


def test_who_reads_where_nothing_is_pending_asks_once_a_version(drifting: Engine) -> None:
    version = data_version(drifting)
    compute_overdue(drifting, version)
    with statements(drifting) as made:
        compute_overdue(drifting, version)
    assert made == []


def test_what_changes_meanwhile_is_not_passed_over(
    drifting: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed():
        correct(drifting)
    meanwhile = iter([14.0])

    @contextmanager
    def writer(drifting: Engine) -> Iterator[tuple[Connection, int]]:
        for value in meanwhile:
            with killed():
                correct(drifting, value, week=WEEKS[5])
        with database.writer(drifting) as found:
            yield found

    monkeypatch.setattr(pending, "writer", writer)
    version = data_version(drifting)
    complete(drifting)
    assert len(marks(drifting)) == 1
    assert data_version(drifting) == version + 1
    complete(drifting)
    assert marks(drifting) == []
    assert stored(drifting) == by_hand(drifting)


def test_a_busy_database_leaves_the_mark(drifting: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: Any) -> Any:
        raise Unreachable("The database cannot be reached", "")

    with monkeypatch.context() as patch:
        patch.setattr(pending, "snapshot", busy)
        correct(drifting)
    assert len(marks(drifting)) == 1
    complete(drifting)
    assert stored(drifting) == by_hand(drifting)


def test_an_import_is_seen_before_its_signals(drifting: Engine) -> None:
    with killed():
        bring(drifting, readings=[*years("Sales", "Visits"), *years("Support", "Backlog")])
    assert set(shown(drifting).pending) == {
        key(drifting, "kpi", kpi) for kpi in ("Visits", "Backlog")
    }
    complete(drifting)
    assert set(shown(drifting).pending) == set()
    assert stored(drifting) == by_hand(drifting)
