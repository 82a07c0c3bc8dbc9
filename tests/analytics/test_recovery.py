"""The parts of a recovery, its certificates, and its relapses."""

from math import sqrt

import numpy as np
import pytest

from analytics.recovery import (
    HOLD_PERIODS,
    Since,
    certificate,
    left_open,
    phase,
    provisional,
    share_back,
    since,
)

NAN = float("nan")


def told(values: str, *, begin: int = 0, drifting: str = "", ignored: str = "") -> tuple[int, int]:
    """Tell of one KPI with the range 45 to 55: `.` in range, `x` outside, a blank missing."""
    numbers = {".": 50.0, "x": 40.0, " ": NAN}
    row = np.array([[numbers[letter] for letter in values]])
    width = len(values)
    marks = [
        np.array([[letter == "!" for letter in text.ljust(width)]]) for text in (drifting, ignored)
    ]
    found: Since = since(row, np.array([45.0]), np.array([55.0]), *marks, np.array([begin]))
    return int(found.held[0]), int(found.relapse[0])


@pytest.mark.parametrize(
    ("values", "more", "held"),
    [
        ("xxx....", {}, 4),
        ("....x..", {}, 2),
        ("....x", {}, 0),
        (".......", {"begin": 4}, 3),
        (".......", {"begin": 7}, 0),
        (".......", {"drifting": "   !"}, 3),
        (".... ..", {}, 2),
        ("....x..", {"ignored": "    !"}, 6),
    ],
)
def test_held_are_the_last_periods_in_range_without_drift(
    values: str, more: dict[str, int | str], held: int
) -> None:
    assert told(values, **more)[0] == held  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "more", "relapse"),
    [
        (".......", {}, -1),
        ("...x...", {}, -1),
        ("...xx..", {}, 4),
        ("...x.x.", {}, -1),
        ("xx.....", {"begin": 2}, -1),
        (".......", {"drifting": "   !!"}, 3),
        (".......", {"drifting": "!!", "begin": 3}, -1),
        ("...xx..", {"ignored": "    !"}, -1),
        ("...x x.", {}, -1),
    ],
)
def test_a_relapse_is_a_drift_or_two_readings_out_of_range(
    values: str, more: dict[str, int | str], relapse: int
) -> None:
    assert told(values, **more)[1] == relapse  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "value", "share"),
    [
        (40, 40, 0.0),
        (40, 42.5, 0.5),
        (40, 45, 1.0),
        (40, 50, 1.0),
        (65, 60, 0.5),
        (40, 30, 0.0),
        (50, 40, 0.0),
        (50, 52, 1.0),
        (None, 40, 0.0),
        (40, None, 0.0),
    ],
)
def test_how_much_of_the_way_back_is_done(
    start: float | None, value: float | None, share: float
) -> None:
    assert share_back(start, value, 45, 55) == pytest.approx(share)


def test_a_range_may_have_one_end() -> None:
    assert share_back(30, 25, NAN, 20) == pytest.approx(0.5)
    assert share_back(30, -99, NAN, 20) == 1.0


def test_few_readings_leave_more_open() -> None:
    # The limit of the mean, 0.4, and as many standard errors as make it 1 with 12 readings.
    errors = 0.6 * sqrt(12)
    assert left_open(12) == pytest.approx(1.0)
    assert left_open(4) == pytest.approx(0.4 + errors / 2)
    assert left_open(6) == pytest.approx(0.4 + errors / sqrt(6))


@pytest.mark.parametrize(
    ("values", "better", "passes"),
    [
        ([0, 0, 0, 0], "higher", True),
        ([-0.41] * 4, "higher", False),
        ([-0.39] * 4, "higher", True),
        ([-0.41] * 4, "lower", True),
        ([0.41] * 4, "within", False),
        ([5, 5, 5, 5], "higher", True),
        ([3.5, 3.5, 0, 0, -3.1, 3], "higher", False),
        ([3, 3, -0.8, -0.8, -0.8, -0.8], "higher", False),
        ([0, 0, 0], "higher", False),
        ([0, NAN, 0, 0], "higher", False),
    ],
)
def test_a_provisional_certificate_holds_the_readings_against_the_baseline(
    values: list[float], better: str, passes: bool
) -> None:
    numbers = np.array(values) * 2.0 + 10.0
    found = provisional(numbers, baseline_centre=10.0, baseline_sigma=2.0, better=better)
    assert found is passes


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"held": 11, "periods": 12}, "none"),
        ({"held": 12, "periods": 12}, "whole"),
        ({"held": 12, "periods": 12, "alarmed": True, "stands": True, "passes": True}, "none"),
        ({"held": 6, "periods": 6}, "provisional"),
        ({"held": 6, "periods": 6, "alarmed": True}, "whole"),
        ({"held": 6, "periods": 6, "alarmed": True, "stands": True}, "none"),
        ({"held": 6, "periods": 6, "alarmed": True, "stands": True, "passes": True}, "provisional"),
        ({"held": 12, "periods": 6}, "whole"),
    ],
)
def test_how_surely_a_kpi_is_back(facts: dict[str, int], expected: str) -> None:
    calm = {"alarmed": False, "stands": False, "passes": False}
    assert certificate(**{**calm, **facts}) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "certified", "relapsed", "kept", "expected"),
    [
        ("active", False, False, 0, "under way"),
        ("active", True, False, 0, "certified"),
        ("probation", True, False, 3, "on probation"),
        ("probation", True, False, 12, "passed"),
        ("probation", False, True, 0, "relapsed"),
        ("probation", True, True, 0, "certified"),
        ("graduated", False, True, 0, "graduated"),
        ("closed", True, False, 0, "closed"),
    ],
)
def test_where_a_recovery_stands(
    state: str, certified: bool, relapsed: bool, kept: int, expected: str
) -> None:
    assert phase(state, certified, relapsed=relapsed, kept=kept, periods=12) == expected


def test_every_cadence_says_how_long_it_is_held() -> None:
    assert set(HOLD_PERIODS) == {"daily", "weekdays", "weekly", "monthly", "quarterly"}
    assert all(periods >= 4 for periods in HOLD_PERIODS.values())
