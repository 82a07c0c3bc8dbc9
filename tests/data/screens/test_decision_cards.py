"""What needs a decision: which cards, in which order, and which may wait."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.fields import TeamRow
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.views.gauges import Gauge
from data.okrs.views.key_results import ObjectiveView
from data.screens.decision_cards import decision_cards
from data.screens.views.cockpit import Cockpit, DecisionCard
from models import Cadence, Health, ObjectiveState, Signal
from tests.components.examples import decision, gauge, key_result, objective, signal
from tests.data.builders import MONDAY, TODAY, Clock, bring, key, person, seen


def outside(kpi_id: int, severity: float = 0.5, **changes: Any) -> Gauge:
    facts: dict[str, Any] = {"health": Health.OUT_OF_RANGE, "undecided_days": 7}
    return gauge(kpi_id=kpi_id, severity=severity, **(facts | changes))


def drifting(kpi_id: int, z: float = -4.0, **changes: Any) -> Gauge:
    facts: dict[str, Any] = {"signal": signal(z=z), "undecided_days": 7}
    return gauge(kpi_id=kpi_id, **(facts | changes))


def silent(kpi_id: int, **changes: Any) -> Gauge:
    return gauge(kpi_id=kpi_id, health=Health.NO_DATA, **changes)


def better(kpi_id: int, **changes: Any) -> Gauge:
    settled = signal(signal=Signal.STEADY, favourable=True, onset=None)
    return gauge(kpi_id=kpi_id, **({"signal": settled} | changes))


def slow(**changes: Any) -> ObjectiveView:
    return objective(key_result(standing="behind pace", progress=0.1), **changes)


def cards(*wall: Gauge, objectives: tuple[ObjectiveView, ...] = ()) -> list[tuple[str, int, bool]]:
    return [
        (card.kind, subject(card), card.decided)
        for card in decision_cards(wall, objectives, under_way=True)
    ]


def subject(card: DecisionCard) -> int:
    if card.gauge is not None:
        return card.gauge.kpi_id
    return card.key_result.key_result_id if card.key_result is not None else 0


def test_the_worst_comes_first_and_what_is_decided_last() -> None:
    held = {"decision": decision(), "undecided_days": None}
    wall = [
        gauge(kpi_id=1),
        better(2),
        silent(3),
        outside(4, **held),
        drifting(5, **held),
        drifting(6, z=-3.0),
        drifting(7, z=5.0),
        outside(8, 0.2),
        outside(9, 0.9),
    ]
    assert cards(*wall, objectives=(slow(),)) == [
        ("out of range", 9, False),
        ("out of range", 8, False),
        ("drifting", 7, False),
        ("drifting", 6, False),
        ("behind pace", 7, False),
        ("no data", 3, False),
        ("settled", 2, False),
        ("out of range", 4, True),
        ("drifting", 5, True),
    ]


def test_what_goes_nowhere_is_not_behind_pace() -> None:
    shown = objective(key_result(standing="behind pace", progress=0.0, start=80.0, target=80.0))
    assert cards(objectives=(shown,)) == []


def test_what_is_out_of_range_and_drifts_has_one_card() -> None:
    assert cards(outside(1, signal=signal())) == [("out of range", 1, False)]


def test_what_fell_silent_while_it_drifted_asks_for_a_reading() -> None:
    assert cards(silent(1, signal=signal())) == [("no data", 1, False)]


def test_a_day_to_look_again_that_has_come_calls_for_a_decision_again() -> None:
    again = drifting(1, decision=decision(), undecided_days=0)
    assert cards(again) == [("drifting", 1, False)]


@pytest.mark.parametrize("calm", [Signal.LEARNING, Signal.STEADY, Signal.WATCH, Signal.RECOVERING])
def test_no_other_signal_has_a_card(calm: Signal) -> None:
    assert cards(gauge(signal=signal(signal=calm))) == []


def test_a_better_level_with_something_the_matter_is_not_called_settled() -> None:
    watched = signal(signal=Signal.WATCH, favourable=True)
    assert cards(better(1, signal=watched)) == []
    assert cards(better(1, health=Health.OUT_OF_RANGE, undecided_days=7)) == [
        ("out of range", 1, False)
    ]
    assert cards(better(1, health=Health.NO_DATA)) == [("no data", 1, False)]


def test_a_road_that_is_not_under_way_has_no_card() -> None:
    assert cards(objectives=(slow(state=ObjectiveState.CLOSED),)) == []
    assert list(decision_cards([], (slow(),), under_way=False)) == []


def shown(engine: Engine, **options: Any) -> Cockpit:
    return seen(engine, "Lab", **options)


@pytest.fixture
def broken(file: Engine) -> Engine:
    """Give a company with a KPI that has been out of range for three weeks."""
    weeks = [MONDAY - timedelta(days=7 * back) for back in range(1, 5)]
    bring(
        file,
        teams=[TeamRow(team="Lab")],
        kpis=[KpiRow(team="Lab", kpi="Waste", low=0, high=10, cadence=Cadence.WEEKLY)],
        readings=[
            ReadingRow(team="Lab", kpi="Waste", date=week, value=5 if week == weeks[-1] else 20)
            for week in weeks
        ],
    )
    return file


def acknowledged(engine: Engine, days: int = 14) -> int:
    return acknowledge(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Waste"),
        reason="the new oven comes",
        look_again=TODAY + timedelta(days=days),
    )


def test_a_kpi_out_of_range_waits_since_that_can_be_known_here(broken: Engine) -> None:
    for days in (0, 3):
        (card,) = shown(broken, day=TODAY + timedelta(days=days)).decisions
        assert card.gauge is not None
        assert (card.kind, card.decided) == ("out of range", False)
        assert card.gauge.undecided_days == days


def test_an_acknowledged_kpi_waits_until_it_is_to_be_looked_at_again(
    broken: Engine, clock: Clock
) -> None:
    command_id = acknowledged(broken)
    (card,) = shown(broken).decisions
    assert card.gauge is not None
    assert (card.decided, card.gauge.undecided_days) == (True, None)
    assert card.gauge.decision is not None
    assert card.gauge.decision.reason == "the new oven comes"
    undo(broken, command_id, person_id=person(broken))
    assert shown(broken).decisions[0].decided is False


def test_what_was_said_of_an_earlier_stretch_does_not_hold(broken: Engine, clock: Clock) -> None:
    acknowledged(broken, days=7)
    clock.tick(days=28)
    later = clock.moment.date()
    monday = later - timedelta(days=later.weekday())
    bring(
        broken,
        readings=[
            ReadingRow(team="Lab", kpi="Waste", date=monday - timedelta(days=14), value=5),
            ReadingRow(team="Lab", kpi="Waste", date=monday - timedelta(days=7), value=30),
        ],
    )
    (card,) = shown(broken, day=later).decisions
    assert card.gauge is not None
    assert (card.decided, card.gauge.decision) == (False, None)
