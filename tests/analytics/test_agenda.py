"""What a check-in speaks of, and in which order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.agenda import (
    MOST,
    REASONS,
    Agenda,
    Changes,
    KeyResultChange,
    KeyResultState,
    KpiChange,
    KpiState,
    OpenAction,
    Parked,
    agenda,
    fell,
    is_worse,
)
from models import AgendaReason

TODAY = date(2026, 11, 23)
FINE = KpiState("in range", "steady", 10.0)
DRIFTS = KpiState("in range", "drifting", 12.0)
OUT = KpiState("out of range", "steady", 20.0)
FLOOR = ("open floor", 0)


def kpi(key: int, now: KpiState, then: KpiState | None = FINE, **more: object) -> KpiChange:
    return replace(KpiChange(key, f"KPI {key}", now, then), **more)  # type: ignore[arg-type]


def key_result(
    key: int, now: float | None, then: float | None, *, silent: int = 0, done: bool = False
) -> KeyResultChange:
    before = KeyResultState(1.0, then)
    return KeyResultChange(key, f"KR {key}", KeyResultState(2.0, now, done), before, silent)


def told(found: Agenda) -> list[tuple[str, int]]:
    return [(item.reason, item.key) for item in found.items]


def of(*kpis: KpiChange, **more: object) -> list[tuple[str, int]]:
    return told(agenda(Changes(kpis, **more), TODAY))  # type: ignore[arg-type]


def test_reasons_are_those_of_the_vocabulary_in_its_order() -> None:
    assert list(REASONS) == [reason.value for reason in AgendaReason]
    parts = list(dict.fromkeys(kind.part for kind in REASONS.values()))
    assert parts == ["since", "gauges", "key results", "guardrails", "wins", "open floor"]


def test_an_empty_team_has_the_open_floor_and_is_quiet() -> None:
    found = agenda(Changes(), TODAY)
    assert told(found) == [FLOOR]
    assert (found.minutes, found.is_quiet, found.left_out) == (2, True, {})


def test_all_six_parts_come_in_their_order() -> None:
    week = timedelta(weeks=1)
    changes = Changes(
        kpis=(
            kpi(1, FINE, OUT),
            kpi(2, DRIFTS),
            kpi(3, DRIFTS, DRIFTS, is_decided=True, guards=9),
            kpi(4, DRIFTS, is_decided=True, look_again=TODAY),
        ),
        key_results=(
            key_result(5, 0.9, 0.9, done=True),
            key_result(6, 0.4, 0.8),
            key_result(7, None, None, silent=8),
        ),
        actions=(OpenAction(8, "Call", TODAY - week), OpenAction(10, "Later", TODAY + week)),
    )
    assert told(agenda(changes, TODAY)) == [
        ("action due", 8),
        ("look again", 4),
        ("drifting", 2),
        ("chance fell", 6),
        ("not updated", 7),
        ("guardrail broken", 3),
        ("arrived", 5),
        ("back in range", 1),
        FLOOR,
    ]


def test_the_longest_due_action_comes_first_and_one_of_tomorrow_not_at_all() -> None:
    days = {1: TODAY, 2: TODAY - timedelta(days=9), 3: TODAY + timedelta(days=1)}
    actions = tuple(OpenAction(key, "Do it", day) for key, day in days.items())
    assert of(actions=actions) == [("action due", 2), ("action due", 1), FLOOR]


def test_a_second_look_is_for_what_is_still_the_matter() -> None:
    again = {"is_decided": True, "look_again": TODAY}
    assert of(kpi(1, FINE, **again)) == [FLOOR]
    assert of(kpi(1, DRIFTS, DRIFTS, **again)) == [("look again", 1), FLOOR]
    tomorrow = again | {"look_again": TODAY + timedelta(days=1)}
    assert of(kpi(1, DRIFTS, DRIFTS, **tomorrow)) == [FLOOR]


def test_what_drifts_undecided_comes_first_then_what_is_out_then_what_is_decided() -> None:
    watched = KpiState("in range", "watch")
    assert of(
        kpi(1, watched),
        kpi(2, OUT, severity=2.0),
        kpi(3, DRIFTS, is_decided=True),
        kpi(4, DRIFTS),
        kpi(5, OUT, severity=3.0),
    ) == [
        ("drifting", 4),
        ("out of range", 5),
        ("out of range", 2),
        ("drifting", 3),
        ("changed", 1),
        FLOOR,
    ]


def test_what_is_decided_and_no_worse_is_left_alone() -> None:
    assert of(kpi(1, DRIFTS, DRIFTS, is_decided=True)) == [FLOOR]
    assert of(kpi(1, DRIFTS, DRIFTS)) == [("drifting", 1), FLOOR]


@pytest.mark.parametrize(
    ("then", "now", "worse"),
    [
        (FINE, KpiState("near edge", "steady"), True),
        (KpiState("near edge", "steady"), FINE, False),
        (FINE, KpiState("no data", "steady"), True),
        (KpiState("in range", "learning"), FINE, False),
        (DRIFTS, KpiState("in range", "recovering"), False),
        (FINE, KpiState("in range", "recovering"), True),
        (FINE, KpiState("in range", "watch", is_better=True), False),
        (None, FINE, False),
        (None, OUT, True),
    ],
)
def test_only_what_got_worse_changed(then: KpiState | None, now: KpiState, worse: bool) -> None:
    assert is_worse(then, now) is worse


def test_a_tie_is_broken_by_the_name_and_then_by_the_key() -> None:
    twins = [replace(kpi(key, DRIFTS), name=name) for key, name in ((3, "B"), (2, "A"), (1, "B"))]
    assert of(*twins) == [("drifting", 2), ("drifting", 1), ("drifting", 3), FLOOR]


@pytest.mark.parametrize(
    ("then", "now", "by"),
    [(0.9, 0.8, 0.1), (0.9, 0.81, 0.0), (0.52, 0.49, 0.03), (None, 0.1, 0.0), (0.4, 0.6, 0.0)],
)
def test_a_chance_fell_by_a_tenth_or_below_even(then: float, now: float, by: float) -> None:
    fall = fell(KeyResultState(chance=then), KeyResultState(chance=now))
    assert fall == pytest.approx(by)


def test_the_deepest_fall_comes_first_and_each_key_result_once() -> None:
    results = (key_result(1, 0.7, 0.9), key_result(2, 0.2, 0.9, silent=9), key_result(3, 0.7, 0.7))
    assert of(key_results=results) == [("chance fell", 2), ("chance fell", 1), FLOOR]


def test_a_broken_guardrail_is_spoken_of_once_with_its_objective() -> None:
    found = agenda(Changes([kpi(1, DRIFTS, guards=7)]), TODAY)
    assert [(item.reason, item.guards) for item in found.items[:1]] == [("drifting", 7)]
    assert len(found.items) == 2


def test_what_was_parked_comes_again() -> None:
    parked = (Parked("key result", 4), Parked("kpi", 1))
    assert of(kpi(1, DRIFTS), parked=parked) == [("parked", 4), ("parked", 1), FLOOR]


def test_a_better_level_is_a_win_once() -> None:
    better = KpiState("in range", "steady", is_better=True)
    assert of(kpi(1, better)) == [("settled better", 1), FLOOR]
    assert of(kpi(1, better, better)) == [FLOOR]
    assert agenda(Changes([kpi(1, better)]), TODAY).is_quiet


def test_a_first_check_in_speaks_of_all_that_is_the_matter_and_of_no_wins() -> None:
    done = KeyResultChange(5, "Done", KeyResultState(9.0, 1.0, is_done=True))
    found = of(kpi(1, FINE, None), kpi(2, OUT, None), kpi(3, DRIFTS, None), key_results=[done])
    assert found == [("drifting", 3), ("out of range", 2), FLOOR]


def test_after_six_weeks_what_stood_then_counts_not_what_came_between() -> None:
    late = OpenAction(1, "Call", TODAY - timedelta(weeks=5))
    found = of(kpi(2, FINE, FINE), kpi(3, DRIFTS, FINE), actions=[late])
    assert found == [("action due", 1), ("drifting", 3), FLOOR]


def test_200_kpis_make_a_check_in_that_ends() -> None:
    found = agenda(Changes([kpi(key, DRIFTS, severity=key) for key in range(1, 201)]), TODAY)
    assert [key for _, key in told(found)] == [*range(200, 200 - MOST["gauges"], -1), 0]
    assert found.left_out == {"gauges": 200 - MOST["gauges"]}
    assert found.minutes == 2 * MOST["gauges"] + 2
    assert not found.is_quiet


def test_a_recovery_that_waits_for_a_person_is_looked_at_though_all_is_well() -> None:
    waits = kpi(2, FINE, awaits_person=True)
    later = kpi(1, DRIFTS, DRIFTS, is_decided=True, look_again=TODAY)
    assert of(later, waits) == [("look again", 2), ("look again", 1), FLOOR]
    assert of(kpi(2, FINE)) == [FLOOR]
