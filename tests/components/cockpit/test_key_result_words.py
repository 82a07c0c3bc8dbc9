"""What key results and objectives say."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.cockpit import key_result_words as in_words
from components.cockpit import objective_words
from components.ui.formatting import FIXED, THIN
from data.okrs.views.key_results import (
    Basis,
    GuardBreach,
    GuardrailView,
    KeyResultView,
    Step,
    TargetOnTheWay,
)
from models import Cadence, Confidence, Health, KeyResultKind, ObjectiveState, Signal
from tests.components.examples import TODAY, key_result, objective

AHEAD = {
    "chance": 0.924,
    "arrives_on": date(2026, 12, 20),
    "expected": 0.72,
    "span": (0.5333, 0.8999),
}
LATE = AHEAD | {"chance": 0.2, "arrives_on": date(2027, 2, 9)}
OVER = date(2027, 1, 1)


def plain(text: str) -> str:
    return text.replace(THIN, " ").replace(FIXED, " ")


def said(found: KeyResultView, on: date = TODAY) -> str:
    return plain(in_words.phrase(found, TODAY, on))


def held(**changes: Any) -> KeyResultView:
    facts = {"kind": KeyResultKind.HOLD, "held": 3, "hold_periods": 8, "cadence": Cadence.WEEKLY}
    return key_result(**(facts | {"start": None, "target": None} | changes))


def stepped(done: int = 2, **changes: Any) -> KeyResultView:
    steps = tuple(Step(f"step {n}", 0.2, TODAY if n < done else None) for n in range(5))
    facts = {"kind": KeyResultKind.MILESTONE, "steps": steps, "start": None, "target": None}
    return key_result(**(facts | changes))


def test_silence_is_said_and_not_praised() -> None:
    silent = key_result(standing="silent", silent_for=42, progress=1.2)
    assert said(silent) == "no news for 6 weeks"
    assert in_words.promise(silent, TODAY) == in_words.prospect(silent, TODAY, TODAY) == ""


@pytest.mark.parametrize(
    ("changes", "text", "promise"),
    [
        (AHEAD, "92 % by 31 Dec", "in time"),
        (AHEAD | {"chance": 0.5}, "50 % by 31 Dec", "in time"),
        (AHEAD | {"chance": 1.0}, "over 99 % by 31 Dec", "in time"),
        (AHEAD | {"chance": 0.4999}, "arrives 20 Dec", "late"),
        (LATE, "arrives 9 Feb", "late"),
        (LATE | {"arrives_on": date(2027, 12, 1)}, "arrives 1 Dec 2027", "late"),
        (LATE | {"arrives_on": None}, "likely to miss", "late"),
        ({}, "too early to say", "unknown"),
        (LATE | {"rests_on": Basis(4, 5, 13)}, "arrives 9 Feb", "late"),
        (LATE | {"rests_on": Basis(3, 5, 13)}, "20 % by 31 Dec", "unknown"),
        (AHEAD | {"rests_on": Basis(1, 2, 13)}, "92 % by 31 Dec", "in time"),
        ({"standing": "done", "chance": 1.0}, "done", ""),
        ({"standing": "no value", "value": None}, "no value yet", ""),
        ({"start": 80.0}, "start and target are the same", ""),
        ({"start": 80.0, "standing": "behind pace"}, "start and target are the same", ""),
    ],
)
def test_the_phrase_tells_whether_a_key_result_arrives(
    changes: dict[str, Any], text: str, promise: str
) -> None:
    assert said(key_result(**changes)) == text
    assert in_words.promise(key_result(**changes), TODAY) == promise


@pytest.mark.parametrize(("week", "text"), [(3, "20 % by 31 Dec"), (4, "arrives 9 Feb")])
def test_steps_tell_a_day_of_arrival_from_the_fourth_week_on(week: int, text: str) -> None:
    assert said(stepped(**LATE, rests_on=Basis(0, week, 13))) == text


def test_a_lane_of_a_closed_objective_tells_where_it_stood_and_promises_nothing() -> None:
    over = key_result(is_over=True, standing="behind pace", progress=0.46)
    assert said(over) == "closed at 46 %"
    assert (in_words.promise(over, TODAY), in_words.lag(over, TODAY)) == ("", "")
    assert in_words.prospect(over, TODAY, TODAY) == ""


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "ended at 53 %"),
        ({"standing": "behind pace", "progress": 0.46}, "ended at 46 %"),
        ({"standing": "behind pace", "progress": 0.57}, "ended at 57 %"),
        ({"standing": "ahead", "progress": 0.66}, "ended at 66 %"),
    ],
)
def test_when_the_cycle_is_over_the_phrase_tells_where_it_ended(
    changes: dict[str, Any], text: str
) -> None:
    assert said(key_result(**changes), OVER) == text
    assert (
        in_words.promise(key_result(**changes), OVER)
        == in_words.lag(key_result(**changes), OVER)
        == ""
    )


BEHIND = {"standing": "behind pace"}


@pytest.mark.parametrize(
    ("changes", "text", "lag", "pace"),
    [
        # Behind by far if time went by evenly, and yet all eight weeks may still be held.
        ({"chance": 0.83, "pace": 0.25}, "83 % by 31 Dec", "", "on pace"),
        ({"chance": None, "pace": 0.25}, "too early to say", "", "on pace"),
        (LATE | {"pace": 0.25, **BEHIND}, "arrives 9 Feb", "", "likely to miss"),
        (LATE | {"pace": 0.875, **BEHIND}, "arrives 9 Feb", "4 weeks short", "4 weeks short"),
        ({"chance": None, "pace": 0.5, **BEHIND}, "too early to say", "1 week short", None),
    ],
)
def test_what_is_held_is_behind_where_too_little_is_left_of_it_alone(
    changes: dict[str, Any], text: str, lag: str, pace: str | None
) -> None:
    held = key_result(
        kind=KeyResultKind.HOLD,
        cadence=Cadence.WEEKLY,
        held=3,
        hold_periods=8,
        progress=0.375,
        **changes,
    )
    assert (said(held), in_words.lag(held, TODAY)) == (text, lag)
    assert in_words.pace(held) == (pace or lag)


def test_a_lane_behind_pace_says_so_beside_what_is_ahead() -> None:
    behind = {"standing": "behind pace", "progress": 0.46}
    assert in_words.lag(key_result(**AHEAD, **behind), TODAY) == "12 points behind"
    assert in_words.lag(key_result(**behind), TODAY) == "12 points behind"
    assert in_words.lag(key_result(**AHEAD), TODAY) == ""


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (0.0, "under 1 %"),
        (0.004, "under 1 %"),
        (0.006, "1 %"),
        (0.5, "50 %"),
        (0.9949, "99 %"),
        (0.996, "over 99 %"),
        (1.0, "over 99 %"),
    ],
)
def test_no_chance_is_certain(chance: float, text: str) -> None:
    assert plain(in_words.likely(chance)) == text


END = "by 31 Dec, 80 % sure"


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            key_result(**AHEAD),
            f"92 % likely by 31 Dec · even chance from 20 Dec · expected 75.8 to 79.1 % {END}",
        ),
        (
            key_result(**LATE),
            f"20 % likely by 31 Dec · even chance from 9 Feb · expected 75.8 to 79.1 % {END}",
        ),
        (
            key_result(
                **LATE | {"arrives_on": None, "start": 60.0, "target": 20.0, "unit": "days"}
            ),
            f"20 % likely by 31 Dec · likely to miss · expected 24 to 39 days {END}",
        ),
        (
            key_result(
                **AHEAD | {"span": (0.175, 0.175), "start": 0.0, "target": 40.0, "unit": ""}
            ),
            f"92 % likely by 31 Dec · even chance from 20 Dec · expected 7 {END}",
        ),
        (
            stepped(**AHEAD | {"span": (0.4, 1.0)}),
            "92 % likely by 31 Dec · even chance from 20 Dec · "
            f"expected 40 to 100 % of the way {END}",
        ),
        (
            held(**AHEAD | {"span": (0.25, 1.0)}),
            f"92 % likely by 31 Dec · even chance from 20 Dec · expected 2 to 8 weeks held {END}",
        ),
        (
            key_result(**AHEAD, rests_on=Basis(1, 2, 13)),
            f"92 % likely by 31 Dec · even chance from 20 Dec · expected 75.8 to 79.1 % {END} · "
            "from 1 check-in, week 2 of 13",
        ),
        (
            stepped(**AHEAD, rests_on=Basis(2, 5, 13)),
            "92 % likely by 31 Dec · even chance from 20 Dec · "
            f"expected 53 to 90 % of the way {END} · from 2 of 5 steps, week 5 of 13",
        ),
        (key_result(), "too early to say: a forecast needs a first check-in"),
        (key_result(fed_by="Churn"), "too early to say: a forecast needs 4 readings"),
        (stepped(), "too early to say: a forecast needs a first step or check-in"),
        (
            held(lacks_range=True),
            "its KPI has no ideal range: nothing says when it is held",
        ),
        (key_result(standing="done", chance=1.0), ""),
    ],
)
def test_the_prospect_tells_all_that_is_expected(found: KeyResultView, text: str) -> None:
    assert plain(in_words.prospect(found, TODAY, TODAY)) == text


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (key_result(**AHEAD, rests_on=Basis(1, 2, 13)), "from 1 check-in"),
        (key_result(**LATE, rests_on=Basis(3, 5, 13)), "from 3 check-ins"),
        (key_result(**AHEAD, rests_on=Basis(2, 5, 13), fed_by="Churn"), "from 2 readings"),
        (key_result(**AHEAD, fed_by="Churn"), ""),
        (stepped(**AHEAD, rests_on=Basis(2, 5, 13)), ""),
        (key_result(standing="done", chance=1.0), ""),
        (key_result(), ""),
    ],
)
def test_a_chance_tells_what_it_rests_on(found: KeyResultView, text: str) -> None:
    assert in_words.rests_on(found, TODAY) == text
    assert in_words.rests_on(found, OVER) == ""


def test_periods_held_and_steps_done_are_counted() -> None:
    assert in_words.way(held()) == "3 of 8 weeks held"
    assert in_words.way(held(cadence=None)) == "3 of 8 periods held"
    assert in_words.way(stepped()) == "2 of 5 steps"
    assert in_words.way(key_result(kind=KeyResultKind.MILESTONE)) == ""


def test_an_objective_says_where_it_ends_while_something_is_under_way() -> None:
    done, going = key_result(standing="done", chance=1.0), key_result(**AHEAD)
    near = objective(done, going, expected=0.714)
    assert plain(objective_words.ends_near(near)) == "likely 71 % at the end"
    assert plain(objective_words.facts(near, "Company")).endswith(" · Ana · likely 71 % at the end")
    assert objective_words.ends_near(objective(done, going)) == ""
    assert objective_words.ends_near(objective(done, expected=1.0)) == ""


def test_the_way_of_a_key_result() -> None:
    assert plain(in_words.way(key_result())) == "71 → 80 %"
    assert plain(in_words.way(key_result(start=1200.0, target=2000.0, unit=""))) == "1 200 → 2 000"
    assert in_words.way(key_result(start=None)) == ""


def test_confidence_is_never_invented() -> None:
    assert in_words.confidence(Confidence.LIKELY) == ("●●●○", "likely")
    assert in_words.confidence(None) == ("", "no confidence given")
    assert set(in_words.CONFIDENCES) == set(Confidence)


def test_the_change_since_the_last_check_in() -> None:
    assert in_words.since_check_in(key_result()) == "+0.9"
    assert in_words.since_check_in(key_result(change=0.0)) == "unchanged"
    assert in_words.since_check_in(key_result(change=None)) == ""


def test_numbers_that_are_compared_differ_where_they_are_not_the_same() -> None:
    nines = key_result(start=99.9, target=99.99, value=99.986, change=0.001)
    assert in_words.ends(nines) == ["99.9", f"99.99{FIXED}%"]
    assert in_words.now(nines) == "99.986"
    assert in_words.since_check_in(nines) == "+0.001"
    tiny = key_result(unit="g", start=5e-6, target=1e-6, value=2.8e-6, change=-1e-10)
    assert in_words.ends(tiny) == ["5×10⁻⁶", f"1×10⁻⁶{FIXED}g"]
    assert in_words.since_check_in(tiny) == "−1×10⁻¹⁰"
    assert in_words.since_check_in(key_result(value=0.3, change=5.6e-17)) == "unchanged"


def test_an_objective() -> None:
    assert objective_words.facts(objective(), "Company") == "aspirational · Customer team · Ana"
    assert objective_words.facts(objective(), "Customer team") == "aspirational · Ana"
    assert objective_words.facts(objective(owner=None), "Company") == "aspirational · Customer team"


def test_what_is_over_says_its_score_beside_its_progress() -> None:
    over = objective(owner=None, state=ObjectiveState.CLOSED, score=0.967)
    told = objective_words.facts(over, "Customer team")
    assert told == "■ closed · score 0.97 · aspirational"
    assert objective_words.unvalued(objective(unvalued=("One", "Two"))) == "counts as 0: One, Two"
    assert objective_words.unvalued(objective()) == ""


def test_guardrails_are_named_when_broken_or_silent() -> None:
    healths = (Health.OUT_OF_RANGE, Health.IN_RANGE, Health.NO_DATA, Health.NEAR_EDGE)
    rails = tuple(GuardrailView(n, f"Rail {n}", health) for n, health in enumerate(healths))
    assert objective_words.guardrails(objective(guardrails=rails), TODAY) == (
        (0, "Rail 0", "is out of range while this objective runs"),
        (2, "Rail 2", "has no data while this objective runs"),
    )


@pytest.mark.parametrize(
    ("health", "matter"),
    [
        (Health.IN_RANGE, "is drifting"),
        (Health.OUT_OF_RANGE, "is out of range and is drifting"),
        (Health.NO_DATA, "has no data"),
    ],
)
def test_a_guardrail_that_drifts_is_named_too(health: Health, matter: str) -> None:
    calm = GuardrailView(1, "Uptime", Health.IN_RANGE, Signal.STEADY)
    rails = (calm, GuardrailView(4, "Churn", health, Signal.DRIFTING))
    assert objective_words.guardrails(objective(guardrails=rails), TODAY) == (
        (4, "Churn", f"{matter} while this objective runs"),
    )


def test_a_target_on_the_way_is_named_until_it_is_reached() -> None:
    step = TargetOnTheWay(date(2026, 12, 1), 50, 0.5)
    ahead = key_result(progress=0.4, on_the_way=step, **AHEAD)
    assert plain(in_words.rests_on(ahead, TODAY)).startswith("to reach 50")
    assert plain(in_words.phrase(ahead, TODAY, TODAY)).endswith(" by 1 Dec")
    told = plain(in_words.prospect(ahead, TODAY, TODAY))
    assert "likely by 1 Dec" in told
    assert "by 31 Dec, 80 % sure" in told
    late = replace(ahead, chance=0.2, arrives_on=date(2026, 12, 9))
    assert plain(in_words.rests_on(late, TODAY)) == "on the way: 50 % by 1 Dec"
    reached = key_result(progress=0.6, on_the_way=step, **AHEAD)
    assert "on the way" not in in_words.rests_on(reached, TODAY)


@pytest.mark.parametrize(
    ("health", "mended", "state", "matter"),
    [
        (Health.OUT_OF_RANGE, None, "active", "is out of range · broken since 4\u00a0May"),
        (Health.IN_RANGE, None, "active", "broke on 4\u00a0May and is not steady yet"),
        (Health.IN_RANGE, date(2026, 8, 3), "active", None),
        (Health.OUT_OF_RANGE, None, "closed", "broke on 4\u00a0May"),
        (
            Health.OUT_OF_RANGE,
            date(2026, 8, 3),
            "closed",
            "broke on 4\u00a0May, steady again by 3\u00a0Aug",
        ),
    ],
)
def test_one_that_broke_says_since_when(
    health: Health, mended: date | None, state: str, matter: str | None
) -> None:
    breach = GuardBreach(4, "Churn", Cadence.WEEKLY, date(2026, 5, 4), False, mended)
    rail = GuardrailView(4, "Churn", health, Signal.STEADY, breach)
    one = objective(guardrails=(rail,), state=ObjectiveState(state))
    told = objective_words.guardrails(one, TODAY)
    assert told == (() if matter is None else ((4, "Churn", matter),))


def test_drafts_that_wait_are_told_where_nothing_is_under_way() -> None:
    assert objective_words.empty(0) == objective_words.NO_OBJECTIVES
    assert objective_words.empty(1) == "1 draft waits on the page OKRs: start it there."
    assert objective_words.empty(3) == "3 drafts wait on the page OKRs: start them there."
