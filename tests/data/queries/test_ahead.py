"""Where a KPI goes: its fan and its range to empty, on its page and on a wall alike."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.periods import first_day, ordinal
from data.queries.ahead import ahead, departures
from data.queries.readings import PERIODS, Readings
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
    (told,) = departures(kpis, readings, low, high, signals={1: DRIFTING})
    page = ahead(WEEKS[-size:], RAMP[-size:].tolist(), "weekly", None, 20.0, DRIFTING)
    assert page is not None
    assert told == page.departure
    assert departures(kpis, readings, low, high) != (told,)


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


def test_without_a_range_nothing_is_left_and_with_few_readings_nothing_is_known() -> None:
    kpis = [SimpleNamespace(id=1, cadence="weekly", unit="")]
    none = np.array([np.nan])
    assert departures(kpis, wall(RAMP, "weekly"), none, none) == (None,)
    assert departures(kpis, wall(RAMP[:3], "weekly"), none, np.array([20.0])) == (None,)
    assert departures([], wall(RAMP, "weekly"), none, none) == ()
    assert ahead(WEEKS[:3], RAMP[:3].tolist(), "weekly", None, 20.0) is None
