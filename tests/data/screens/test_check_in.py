"""A team's check-in: what it would speak of, by its cockpit now and on the day of the last one."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.actions.commands import act_in_team
from data.company.queries import company as company_of
from data.core.database import data_version
from data.kpis.commands.decisions import acknowledge
from data.meetings import commands
from data.okrs.commands.check_ins import check_in
from data.okrs.fields import ObjectiveRow
from data.screens.check_in import check_in_of, standing_of
from data.screens.views.check_in import CheckInView
from models import Confidence, Health, ItemState
from tests.data.builders import (
    MONDAY,
    ROAD,
    TODAY,
    Clock,
    bring,
    forget,
    key,
    person,
    record,
    statements,
)


def seen(engine: Engine, day: date = TODAY, team: str = "Sales") -> CheckInView:
    version = data_version(engine)
    return check_in_of(engine, version, company_of(engine, version).team_named(team), day)


def told(view: CheckInView) -> list[tuple[str, str]]:
    return [(item.reason.value, _name(view, item)) for item in view.agenda]


def _name(view: CheckInView, item: Any) -> str:
    if (gauge := view.gauge(item.kpi_id)) is not None:
        return gauge.name
    if (found := view.key_result(item.key_result_id)) is not None:
        return found[0].name
    action = view.action(item.action_id)
    return action.action.what if action else ""


def hold(engine: Engine, **left: ItemState) -> None:
    """Hold a check-in of what is on the agenda; the first item is left as it is said."""
    view, ana = seen(engine), person(engine)
    team = key(engine, "team", "Sales")
    found, _ = commands.start(engine, person_id=ana, team_id=team, agenda=view.agenda)
    by = {"person_id": ana, "meeting_id": found}
    if len(view.agenda) > 1:
        commands.show_item(engine, **by, shown=0, position=1, **left)
    commands.end(engine, **by, after={0: standing_of(view.now, kpi_id=view.agenda[0].kpi_id)})


def test_a_first_check_in_speaks_of_what_is_out_and_of_what_nobody_told(company: Engine) -> None:
    record(company, 14.0)
    view = seen(company)
    assert told(view)[0] == ("out of range", "Conversion")
    assert told(view)[-1] == ("open floor", "")
    assert (view.then, view.last, view.running) == (None, None, None)
    assert ("not updated", "Sign customers") in told(view)


def test_what_was_decided_and_did_not_get_worse_is_left_alone(
    company: Engine, clock: Clock
) -> None:
    record(company, 14.0)
    hold(company)
    kpi, ana = key(company, "kpi", "Conversion"), person(company)
    again = TODAY + timedelta(days=14)
    acknowledge(company, person_id=ana, kpi_id=kpi, reason="Known", look_again=again)
    clock.tick(days=7)
    day = clock.moment.date()
    record(company, 14.0, on=MONDAY + timedelta(days=7))
    assert "Conversion" not in dict(told(seen(company, day))).values()
    clock.tick(days=7)
    record(company, 14.5, on=MONDAY + timedelta(days=14))
    assert told(seen(company, clock.moment.date()))[0] == ("look again", "Conversion")


def test_then_is_how_it_was_at_the_end_of_the_last_check_in(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    company = company_of_each_kind
    record(company, 11.0)
    hold(company)
    clock.tick(days=7)
    record(company, 14.0, on=MONDAY + timedelta(days=7))
    view = seen(company, clock.moment.date())
    item = next(item for item in view.agenda if item.kpi_id is not None)
    assert (item.before.value, item.before.health) == (11.0, Health.IN_RANGE)
    assert standing_of(view.now, kpi_id=item.kpi_id).value == 14.0
    assert standing_of(None, kpi_id=item.kpi_id).value is None


def test_a_look_back_knows_of_no_later_check_in(company: Engine, clock: Clock) -> None:
    record(company, 11.0)
    clock.tick(days=7)
    hold(company)
    assert seen(company, clock.moment.date()).last is not None
    assert seen(company, TODAY).last is None


def test_what_was_parked_comes_again_though_it_got_no_worse(company: Engine, clock: Clock) -> None:
    record(company, 14.0)
    hold(company, left=ItemState.PARKED)
    clock.tick(days=7)
    assert told(seen(company, clock.moment.date()))[0] == ("parked", "Conversion")


def test_an_action_is_spoken_of_from_its_day_on(company: Engine, clock: Clock) -> None:
    team, ana = key(company, "team", "Sales"), person(company)
    due = TODAY + timedelta(days=3)
    deed: dict[str, Any] = {"owner": "Ben", "what": "Call the shops", "due": due}
    act_in_team(company, person_id=ana, team_id=team, **deed)
    assert ("action due", "Call the shops") not in told(seen(company))
    clock.tick(days=3)
    assert told(seen(company, due))[0] == ("action due", "Call the shops")


def test_a_guardrail_that_broke_names_its_objective(company: Engine) -> None:
    objective: dict[str, Any] = {**ROAD, "guardrails": ("Conversion",)}
    bring(company, objectives=[ObjectiveRow(**objective)])
    record(company, 10.0, on=MONDAY - timedelta(days=7))
    record(company, 14.0)
    first = seen(company).agenda[0]
    assert first.objective_id == key(company, "objective", "Win the north")


def test_who_owes_numbers_is_named_until_they_told(company: Engine) -> None:
    before = {each.who: each.count for each in seen(company).owed}
    result, ana = key(company, "key_result", "Sign customers"), person(company)
    said: dict[str, Any] = {"value": 5.0, "confidence": Confidence.LIKELY, "day": TODAY}
    check_in(
        company, person_id=ana, key_result_id=result, base_version=data_version(company), **said
    )
    after = {each.who: each.count for each in seen(company).owed}
    assert before["Ana"] == 1
    # By name, whoever owes the most: people are not ranked.
    assert list(before) == [*sorted(filter(None, before)), ""]
    assert after == {**before, "": before[""] - 1}


@pytest.mark.parametrize("meetings", [1, 3])
def test_it_takes_as_many_statements_however_much_there_was(
    company: Engine, clock: Clock, meetings: int
) -> None:
    for _ in range(meetings):
        hold(company)
        clock.tick(minutes=1)
    forget(company)
    with statements(company) as noted:
        seen(company)
    assert len(noted) <= 44
