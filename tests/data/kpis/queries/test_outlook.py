"""Where a KPI goes: its fan and its range to empty, on its page and on a wall alike."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.periods import first_day, ordinal
from data.kpis.queries.outlook import ahead, departures, possible_ends
from data.kpis.queries.readings import PERIODS, Readings
from models import Signal
from tests.components.examples import signal
from tests.data.builders import MONDAY

pytestmark = pytest.mark.filterwarnings("error")

WEEKS = tuple(MONDAY - timedelta(weeks=51 - number) for number in range(52))
RAMP = np.random.default_rng(11).normal(10, 1, 52)
RAMP[40:] += 0.5 * np.arange(1, 13)
DRIFTING = signal(signal=Signal.DRIFTING, period=WEEKS[51], onset=WEEKS[42])


def wall(values: NDArray[np.float64], cadence: str) -> Readings:
    padded = np.concatenate([np.full(PERIODS - len(values), np.nan), values])[None]
    latest = first_day(ordinal(MONDAY, cadence), cadence)
    return Readings({1: 0}, padded, (latest,), np.zeros(padded.shape, bool))


def test_a_drift_that_stands_goes_on_and_so_does_its_fan() -> None:
    found = ahead(WEEKS, RAMP.tolist(), "weekly", None, 20.0, DRIFTING)
    calm = ahead(WEEKS, RAMP.tolist(), "weekly", None, 20.0)
    assert found is not None
    assert calm is not None
    # At half a unit a week from 16 it crosses 20 in the eighth week, a high one before that.
    even = found.departure.even
    assert even is not None
    assert 5 <= (even - WEEKS[51]).days / 7 <= 9
    assert found.mean[-1] == pytest.approx(16 + 0.5 * 13, abs=2)
    assert found.lower[0] < found.mean[0] < found.upper[0]
    over = signal(signal=Signal.STEADY, period=WEEKS[51], onset=WEEKS[42])
    assert ahead(WEEKS, RAMP.tolist(), "weekly", None, 20.0, over) == calm != found


@pytest.mark.parametrize("size", [52, 30])
def test_a_page_and_a_wall_say_the_same(size: int) -> None:
    kpis = [SimpleNamespace(id=1, cadence="weekly", unit="")]
    low, high = np.array([np.nan]), np.array([20.0])
    readings = wall(RAMP[-size:], "weekly")
    told = departures(kpis, readings, low, high, {1: DRIFTING})
    page = ahead(WEEKS[-size:], RAMP[-size:].tolist(), "weekly", None, 20.0, DRIFTING)
    assert page is not None
    assert told == {1: page.departure}


def test_of_what_does_not_drift_nothing_is_told() -> None:
    kpis = [SimpleNamespace(id=1, cadence="weekly", unit="")]
    known = wall(RAMP, "weekly"), np.array([np.nan]), np.array([20.0])
    for kind in set(Signal) - {Signal.DRIFTING}:
        assert departures(kpis, *known, {1: DRIFTING._replace(signal=kind)}) == {}
    assert departures(kpis, *known, {}) == {}


def test_a_season_is_not_a_departure() -> None:
    months = [date(2022 + number // 12, number % 12 + 1, 1) for number in range(70)]
    random = np.random.default_rng(12)
    for start in range(12):
        season = 20 * np.sin((np.arange(70) + start) / 12 * 2 * np.pi)
        values = 100 + season + random.normal(0, 3, 70)
        found = ahead(months, values.tolist(), "monthly", 60.0, None)
        assert found is not None
        assert (found.departure.earliest, found.departure.even) == (None, None)


def test_what_was_never_negative_is_not_expected_to_be() -> None:
    values = [3.0, 0.0, 2.0, 0.0] * 5
    fan = ahead(WEEKS[:20], values, "weekly", None, 9.0)
    below = ahead(WEEKS[:20], values, "weekly", -9.0, 9.0)
    assert fan is not None
    assert below is not None
    assert min(fan.lower) == 0
    assert min(below.lower) < 0


def test_a_share_that_climbs_ends_at_a_hundred() -> None:
    random = np.random.default_rng(13)
    climb = np.linspace(68.0, 99.0, 26) + random.normal(0, 0.4, 26)
    weeks = WEEKS[:26]
    share = ahead(weeks, climb.tolist(), "weekly", 60.0, 100.0, unit="%")
    assert share is not None
    assert share.mean[-1] == max(share.upper) == 100
    assert (share.departure.earliest, share.departure.chance) == (None, 0)
    # Without the sign it is an index, and a range up to 110 has room for more.
    index = ahead(weeks, climb.tolist(), "weekly", 60.0, 100.0, unit="points")
    roomy = ahead(weeks, climb.tolist(), "weekly", 60.0, 110.0, unit="%")
    for found in (index, roomy):
        assert found is not None
        assert found.mean[-1] > 110
        assert found.departure.even is not None


def test_what_falls_to_nothing_ends_there() -> None:
    fall = np.linspace(58.0, 2.0, 26) + np.random.default_rng(14).normal(0, 0.7, 26)
    fall[-1] = 0.5
    page = WEEKS[:26], fall.tolist(), "weekly", 0.0, 70.0
    found = ahead(*page, unit="defects")
    assert found is not None
    assert found.mean[-1] == min(found.lower) == max(found.upper[3:]) == 0
    assert (found.departure.earliest, found.departure.chance) == (None, 0)
    kpi = SimpleNamespace(id=1, cadence="weekly", unit="defects")
    bounds = np.array([0.0]), np.array([70.0])
    drifting = signal(signal=Signal.DRIFTING, period=WEEKS[25], onset=WEEKS[5])
    drifts = ahead(*page, drifting, unit="defects")
    assert drifts is not None
    told = departures([kpi], wall(fall, "weekly"), *bounds, {1: drifting})
    assert told == {1: drifts.departure}


@pytest.mark.parametrize(
    ("values", "high", "unit", "ends"),
    [
        ([98.0, None, 97.0], 100.0, "%", (0.0, 100.0)),
        ([98.0, 102.0], None, "%", (0.0, None)),
        ([-2.0, 1.0, None], 5.0, "days", (None, None)),
        ([], None, "%", (0.0, 100.0)),
    ],
)
def test_the_possible_has_ends_or_none(
    values: list[float | None],
    high: float | None,
    unit: str,
    ends: tuple[float | None, float | None],
) -> None:
    assert possible_ends(values, None, high, unit) == ends


def test_without_a_range_nothing_is_left_and_with_few_readings_nothing_is_known() -> None:
    kpis = [SimpleNamespace(id=1, cadence="weekly", unit="")]
    none = np.array([np.nan])
    drifting = {1: DRIFTING}
    assert departures(kpis, wall(RAMP, "weekly"), none, none, drifting) == {1: None}
    few = wall(RAMP[:3], "weekly"), none, np.array([20.0])
    assert departures(kpis, *few, drifting) == {1: None}
    assert departures([], wall(RAMP, "weekly"), none, none, drifting) == {}
    assert ahead(WEEKS[:3], RAMP[:3].tolist(), "weekly", None, 20.0) is None
