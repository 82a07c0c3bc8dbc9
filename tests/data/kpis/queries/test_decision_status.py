"""For how long a KPI waits for a decision."""

from datetime import date, timedelta

import pytest

from data.kpis.queries.decision_status import (
    act_of,
    decision_on,
    holds,
    standing_decision,
    undecided_days,
)
from models import Signal
from tests.components.examples import TODAY, action, decision, signal

CALM = signal(signal=Signal.STEADY)
LEFT = date(2026, 10, 26)


def test_nothing_waits_where_nothing_is_the_matter() -> None:
    assert standing_decision(CALM, decision(), None) is None
    assert undecided_days(CALM, None, None, TODAY) is None
    assert undecided_days(None, None, None, TODAY) is None


def test_a_drift_waits_from_when_it_was_first_shown() -> None:
    drift = signal(shown_on=date(2026, 11, 3))
    assert undecided_days(drift, None, None, TODAY) == 14
    assert undecided_days(drift, None, LEFT, TODAY) == 14


def test_out_of_range_waits_from_when_it_left_its_range() -> None:
    assert undecided_days(CALM, None, LEFT, TODAY) == 22


def test_a_drift_shown_after_a_decision_is_not_decided_by_it() -> None:
    drift = signal(shown_on=date(2026, 11, 10))
    assert standing_decision(drift, decision(date=date(2026, 11, 3)), LEFT) is None


@pytest.mark.parametrize(
    ("said", "again", "stands"),
    [
        (LEFT, None, True),
        (LEFT - timedelta(days=1), None, False),
        (LEFT - timedelta(days=30), LEFT - timedelta(days=1), False),
        (LEFT - timedelta(days=30), LEFT, True),
    ],
)
def test_what_was_said_counts_for_the_stretch_it_reaches(
    said: date, again: date | None, stands: bool
) -> None:
    found = standing_decision(CALM, decision(date=said, look_again=again), LEFT)
    assert (found is not None) is stands


@pytest.mark.parametrize("again", [None, LEFT - timedelta(days=1)])
def test_a_stretch_that_may_be_older_keeps_what_was_said(again: date | None) -> None:
    said = decision(date=LEFT - timedelta(days=400), look_again=again)
    assert standing_decision(CALM, said, LEFT, before=True) == said


@pytest.mark.parametrize(("ahead", "days"), [(1, None), (0, 0), (-3, 3)])
def test_a_decision_holds_until_its_day_to_look_again(ahead: int, days: int | None) -> None:
    again = decision(look_again=TODAY + timedelta(days=ahead))
    assert holds(again, TODAY) is (days is None)
    assert undecided_days(CALM, again, LEFT, TODAY) == days


def test_a_decision_without_such_a_day_holds() -> None:
    assert holds(decision(look_again=None), TODAY)
    assert not holds(None, TODAY)


@pytest.mark.parametrize(
    ("agreed", "due", "done", "stands"),
    [
        (date(2026, 11, 12), date(2026, 11, 20), None, True),
        (date(2026, 11, 3), date(2026, 11, 20), None, True),
        (date(2026, 11, 3), date(2026, 11, 20), date(2026, 11, 12), True),
        (date(2026, 11, 3), date(2026, 11, 20), date(2026, 11, 5), False),
        (date(2026, 11, 3), date(2026, 11, 5), None, False),
    ],
)
def test_an_action_decides_a_drift_that_began_while_it_was_open(
    agreed: date, due: date, done: date | None, stands: bool
) -> None:
    drift = signal(shown_on=date(2026, 11, 10))
    agreed_on = action(agreed_on=agreed, due=due, done_on=done)
    found = decision_on(drift, None, [agreed_on], None)
    assert (found is not None) is stands
    assert decision_on(CALM, None, [agreed_on], None) is None


def test_of_all_that_was_decided_what_waits_the_longest_counts() -> None:
    drift, said = signal(shown_on=date(2026, 11, 1)), decision(look_again=date(2026, 12, 1))
    sooner, later = action(due=date(2026, 11, 20)), action(due=date(2026, 12, 1))
    assert decision_on(drift, said, [sooner], None) == said
    assert decision_on(drift, said, [sooner, later], None) == act_of(later)
    forever = decision(look_again=None)
    assert decision_on(drift, forever, [later], None) == forever


def test_an_action_holds_on_its_day_and_not_after() -> None:
    drift, held = signal(shown_on=date(2026, 11, 1)), act_of(action(due=TODAY))
    assert undecided_days(drift, held, None, TODAY) is None
    assert undecided_days(drift, held, None, TODAY + timedelta(days=1)) == 0
    assert undecided_days(CALM, held, LEFT, TODAY + timedelta(days=4)) == 3
