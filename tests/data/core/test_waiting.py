"""Waiting for PostgreSQL: nobody waits long, and everybody is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from data.core import postgresql
from data.core.database import data_version, open_database, quiet_writer, snapshot, writer
from data.core.errors import Unreachable
from data.core.problems import Code
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import ReadingRow
from data.meetings.presence import attend
from tests.data.builders import MONDAY, Clock, acme, bring, everything, record

SHORT = timedelta(seconds=0.3)
BUSY = "Many people are saving at this moment: try again."
TOO_LONG = (
    "Not saved yet: the database takes too long to answer. What you typed is still here: try again."
)
SAVERS = 6
CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def served(postgres_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Give the small company on a PostgreSQL whose connections give up soon."""
    limits = {**dict.fromkeys(postgresql.LIMITS, SHORT), "statement_timeout": 2 * SHORT}
    monkeypatch.setattr(postgresql, "LIMITS", limits)
    monkeypatch.setattr(postgresql, "PATIENCE", SHORT)
    monkeypatch.setattr("data.core.database.PATIENCE", SHORT)
    engine = open_database(postgres_url)
    import_tables(engine, acme())
    yield engine
    engine.dispose()


@contextmanager
def locked(engine: Engine, lock: str = "SELECT version FROM company FOR UPDATE") -> Iterator[None]:
    """Hold a lock, that of the row on which all who save queue, as a program that hangs does."""
    with engine.connect() as connection, connection.begin():
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text(lock))
        yield


def test_who_saves_is_answered_though_a_row_stays_locked(served: Engine) -> None:
    before, answers = everything(served), []

    def save(value: int) -> None:
        began = time.monotonic()
        with pytest.raises(Unreachable) as told:
            record(served, value)
        answers.append((told.value.message, told.value.code, time.monotonic() - began))

    with locked(served):
        savers = [threading.Thread(target=save, args=(value,)) for value in range(SAVERS)]
        for saver in savers:
            saver.start()
        began = time.monotonic()
        for _ in range(20):
            data_version(served)
        read_for = time.monotonic() - began
        for saver in savers:
            saver.join()
    assert [(said, code) for said, code, _ in answers] == [(BUSY, Code.UNREACHABLE)] * SAVERS
    # Their turn, then the row: however many they are.
    assert max(waited for *_, waited in answers) < 2 * SHORT.total_seconds() + 1
    assert read_for < 2
    assert everything(served) == before
    assert record(served, 9) is not None


def test_who_is_at_a_check_in_waits_for_nobody(served: Engine) -> None:
    with locked(served), quiet_writer(served) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_a_screen_that_cannot_be_noted_is_shown_all_the_same(served: Engine) -> None:
    with locked(served, "LOCK TABLE meeting_participant"):
        attend(served, meeting_id=1, person_id=1)


def test_what_takes_too_long_to_read_is_given_up(served: Engine) -> None:
    with pytest.raises(Unreachable) as told, snapshot(served) as connection:
        connection.execute(text("SELECT pg_sleep(20)"))
    assert told.value.message == TOO_LONG


def test_a_writer_that_hangs_gives_its_row_back(served: Engine) -> None:
    def hang() -> None:
        with writer(served) as (connection, _):
            time.sleep(3 * SHORT.total_seconds())
            connection.execute(text("SELECT 1"))

    with pytest.raises(Unreachable):
        hang()
    assert record(served, 9) is not None


def test_without_a_free_connection_one_is_told_to_try_again(served: Engine) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(served.connect())
        with pytest.raises(Unreachable) as told:
            data_version(served)
    assert told.value.message == BUSY
    assert data_version(served) > 0


def test_an_import_waits_longer_than_a_person(served: Engine) -> None:
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(served):
            held.set()
            time.sleep(3 * SHORT.total_seconds())
            released.set()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    bring(served)
    assert released.is_set()
    holder.join()


def test_an_import_that_is_cut_off_leaves_nothing(served: Engine) -> None:
    before = everything(served)
    days = [MONDAY - timedelta(weeks=week) for week in range(30)]
    rows = [ReadingRow(team="Sales", kpi="Conversion", date=day, value=9) for day in days]

    def cut(_file: str, share: float) -> None:
        if share >= 0.5:
            with served.connect() as connection:
                connection.execute(CUT)

    with pytest.raises(Unreachable):
        import_tables(served, Tables(readings=rows), progress=cut)
    assert everything(served) == before
    assert bring(served, readings=rows).changes == len(rows)
