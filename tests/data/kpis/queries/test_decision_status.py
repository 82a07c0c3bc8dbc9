"""For how long a KPI waits for a decision."""

from datetime import date, timedelta

import pytest

from data.kpis.queries.decision_status import holds, standing_decision, undecided_days
from models import Signal
from tests.components.examples import TODAY, decision, signal

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
