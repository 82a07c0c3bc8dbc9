"""Details are kept as long as an admin says, for ever at first."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.commands.retention import set_retention
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.core.failures import busy
from data.history.queries import Asked, history
from data.history.undo import NOT_KEPT, undo
from data.meetings import commands as meetings
from data.meetings.presence import attend
from data.meetings.views import PlannedItem
from data.operations import retention
from data.operations.retention import (
    DAY,
    HOUR,
    Overdue,
    delete_daily,
    delete_overdue,
    kept_for,
    overdue,
)
from models import AgendaReason
from tests.data.builders import Clock, everything, exported, key, person, record, rows, seen

FOR_EVER: Mapping[str, int | None] = {"keep_attendance_days": None, "keep_log_days": None}
A_MONTH = dict.fromkeys(FOR_EVER, 30)


@pytest.fixture
def old(company_of_each_kind: Engine, clock: Clock) -> Engine:
    """Give a company with a check-in and a reading that are 40 days old, and newer ones."""
    engine = company_of_each_kind
    for value in (9, 10):
        record(engine, value)
        held(engine)
        clock.tick(days=40)
    record(engine, 11)
    return engine


def held(engine: Engine) -> None:
    ben, agenda = person(engine, "Ben"), [PlannedItem(AgendaReason.OPEN_FLOOR)]
    team_id = key(engine, "team", "Acme")
    meeting_id, _ = meetings.start(engine, person_id=ben, team_id=team_id, agenda=agenda)
    for who in ("Ben", "Ana"):
        attend(engine, meeting_id=meeting_id, person_id=person(engine, who))
    meetings.end(engine, person_id=ben, meeting_id=meeting_id, after={})


def nobody_there(meetings: Sequence[Any]) -> list[Any]:
    return [replace(each, present=()) for each in meetings]


def keep(engine: Engine, days: Mapping[str, int | None], who: str = "Ben") -> int | None:
    return set_retention(engine, person_id=person(engine, who), days=days)


def test_at_first_all_is_kept(old: Engine) -> None:
    before = everything(old)
    assert kept_for(old) == FOR_EVER
    assert overdue(old, FOR_EVER) == Overdue(0, 0)
    assert delete_overdue(old) == Overdue(0, 0)
    assert everything(old) == before


def test_what_is_older_goes_and_was_counted_before(old: Engine) -> None:
    before, said = everything(old), exported(old)
    told = overdue(old, A_MONTH)
    assert told.attendances == 4
    keep(old, A_MONTH)
    assert delete_overdue(old) == told
    assert delete_overdue(old) == Overdue(0, 0)
    after = everything(old)
    assert after["meeting_participant"] == []
    commands = {row["id"]: row for row in before["command"]}
    newest = max(row["at"] for row in before["command"])
    kept = [row for row in before["change"] if commands[row["command_id"]]["at"] == newest]
    assert [row for row in after["change"] if row["command_id"] in commands] == kept
    assert len(before["change"]) - len(kept) == told.changes
    # What was recorded stays, and that somebody did something.
    assert exported(old) == replace(said, meetings=nobody_there(said.meetings))
    assert {row["id"] for row in after["command"]} >= commands.keys()
    assert seen(old) is not None
    deeds = history(old, data_version(old), Asked()).done
    assert "record reading" in [done.name for done in deeds]


def test_what_is_younger_stays(old: Engine, clock: Clock) -> None:
    keep(old, {"keep_attendance_days": 90, "keep_log_days": 90})
    assert delete_overdue(old) == Overdue(0, 0)
    clock.tick(days=20)
    gone = delete_overdue(old)
    assert gone.attendances == 2
    assert gone.changes > 0


def test_what_is_no_longer_kept_cannot_be_taken_back(old: Engine) -> None:
    ana = person(old, "Ana")
    first, *_, last = (row["id"] for row in rows(old, "command") if row["person_id"] == ana)
    keep(old, A_MONTH)
    delete_overdue(old)
    # To keep more from now on does not bring back what is gone.
    keep(old, FOR_EVER)
    with pytest.raises(CommandRejected, match=NOT_KEPT):
        undo(old, first, person_id=ana)
    assert undo(old, last, person_id=ana)


@pytest.mark.parametrize(
    ("days", "who", "said"),
    [
        ({"keep_log_days": 1}, "Ben", "Pick a time from the list"),
        ({"keep_log_days": "30"}, "Ben", "Pick a time from the list"),
        ({"version": 30}, "Ben", "Pick a time from the list"),
        (A_MONTH, "Ana", "Only an admin may do this: ask Ben"),
    ],
)
def test_it_is_refused(company: Engine, days: Mapping[str, int], who: str, said: str) -> None:
    before = everything(company)
    with pytest.raises(CommandRejected, match=said):
        keep(company, days, who)
    assert everything(company) == before


class Life(threading.Event):
    """A server's life of so many pauses, each a moment; the clock goes on all the same."""

    def __init__(self, clock: Clock, pauses: int) -> None:
        super().__init__()
        self.clock, self.pauses = clock, pauses
        self.waited: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        self.clock.tick(seconds=timeout or 0)
        return len(self.waited) > self.pauses


def test_it_is_done_at_the_start_and_once_a_day(
    old: Engine, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    keep(old, {"keep_attendance_days": 90, "keep_log_days": 90})
    caplog.set_level("INFO", logger="data.operations.retention")
    life = Life(clock, pauses=12)
    delete_daily(old, life)
    assert life.waited == [0] + 12 * [DAY]
    attendances = [record.args[0] for record in caplog.records if isinstance(record.args, tuple)]
    # The older check-in is 80 days old at the start.
    assert attendances == [0] * 11 + [2]


def test_another_server_that_is_at_it_is_left_to_it(
    old: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(old, A_MONTH)
    at_it, most, done = 0, 0, 0

    def meanwhile(engine: Engine) -> Overdue:
        nonlocal at_it, most, done
        at_it += 1
        most = max(most, at_it)
        if at_it == 1:
            delete_daily(engine, Life(clock, pauses=1))
        at_it -= 1
        done += 1
        return delete_overdue(engine)

    monkeypatch.setattr(retention, "delete_overdue", meanwhile)
    delete_daily(old, Life(clock, pauses=1))
    # A file has one server: nobody else is at it.
    assert most == (1 if old.dialect.name == "postgresql" else 2)
    assert overdue(old, A_MONTH) == Overdue(0, 0)
    # Who was at it has let go of it.
    before = done
    delete_daily(old, Life(clock, pauses=1))
    assert done > before


def test_where_the_database_fails_it_is_tried_again_soon(
    old: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_engine: Engine) -> Overdue:
        raise busy()

    monkeypatch.setattr(retention, "delete_overdue", fail)
    life = Life(clock, pauses=2)
    delete_daily(old, life)
    assert life.waited == [0, HOUR, HOUR]
