"""How check-ins went, from what is stored: prepared or not, and what was promised in time."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from analytics.rhythm import Rhythm
from data.actions.commands import act_in_team, tick_off
from data.core.database import data_version, snapshot
from data.meetings import commands
from data.meetings.past import past
from data.meetings.rhythm import rhythm_of
from data.meetings.views import PlannedItem
from data.okrs.commands.check_ins import check_in
from models import AgendaReason
from tests.data.builders import Clock, key, person, rows, statements


def hold(engine: Engine, clock: Clock, minutes: int) -> None:
    """Hold a check-in of some minutes, with a pause that does not count, and wait for a week."""
    who = person(engine)
    agenda = [PlannedItem(AgendaReason.OPEN_FLOOR)]
    team = key(engine, "team", "Sales")
    meeting, _ = commands.start(engine, person_id=who, team_id=team, agenda=agenda)
    clock.tick(minutes=minutes)
    for is_pause in (True, False):
        commands.pause(engine, person_id=who, meeting_id=meeting, paused=is_pause)
        clock.tick(minutes=5)
    clock.tick(minutes=-5)
    commands.end(engine, person_id=who, meeting_id=meeting, after={})
    clock.tick(days=7, minutes=-minutes - 5)


def tell(engine: Engine, clock: Clock, value: float) -> None:
    result = key(engine, "key_result", "Sign customers")
    said: dict[str, Any] = {"day": clock.moment.date(), "value": value, "confidence": None}
    said["base_version"] = data_version(engine)
    check_in(engine, person_id=person(engine), key_result_id=result, **said)


def seen(engine: Engine, clock: Clock) -> Rhythm | None:
    team = key(engine, "team", "Sales")
    at = {"day": clock.moment.date(), "moment": clock.moment}
    with snapshot(engine) as connection:
        held = past(connection, team, 8, clock.moment)
        return rhythm_of(connection, held, [team], ZoneInfo("UTC"), at)


def test_each_check_in_counts_who_told_in_the_week_before_it(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    company = company_of_each_kind
    tell(company, clock, 3.0)
    clock.tick(minutes=1)
    for minutes in (10, 14):
        hold(company, clock, minutes)
    assert seen(company, clock) is None
    hold(company, clock, 30)
    found = seen(company, clock)
    assert found is not None
    # What was told before the first is older than a week at the second.
    assert (found.meetings, found.seconds, found.updated) == (3, 14 * 60, 1)
    tell(company, clock, 4.0)
    clock.tick(minutes=1)
    hold(company, clock, 10)
    again = seen(company, clock)
    assert again is not None
    assert (again.seconds, again.updated) == (12 * 60, 2)
    assert again.key_results * 3 == found.key_results * 4


def test_an_action_is_on_time_until_the_end_of_its_day(company: Engine, clock: Clock) -> None:
    team, who = key(company, "team", "Sales"), person(company)
    deed: dict[str, Any] = {"owner": "Ben", "due": clock.moment.date() + timedelta(days=7)}
    for what in ("on its day", "a week late", "never"):
        act_in_team(company, person_id=who, team_id=team, what=what, **deed)
    keys = {row["what"]: row["id"] for row in rows(company, "action")}
    for what in ("on its day", "a week late"):
        hold(company, clock, 10)
        said: dict[str, Any] = {"done_on": clock.moment.date(), "action_id": keys[what]}
        tick_off(company, person_id=who, base_version=data_version(company), **said)
    hold(company, clock, 10)
    found = seen(company, clock)
    assert found is not None
    assert (found.due, found.on_time) == (3, 1)


def test_it_takes_two_statements_however_many_there_were(company: Engine, clock: Clock) -> None:
    for _ in range(4):
        hold(company, clock, 10)
    team = key(company, "team", "Sales")
    at = {"day": clock.moment.date(), "moment": clock.moment}
    with snapshot(company) as connection:
        earlier = past(connection, team, 8, clock.moment)
    with statements(company) as noted, snapshot(company) as connection:
        rhythm_of(connection, earlier, [team], ZoneInfo("UTC"), at)
    assert len([each for each in noted if each.startswith("SELECT")]) == 2
