"""The season of a forecast, against least squares by hand and seasons that are known."""

from math import nan

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.forecast.season import forecast_season
from analytics.forecast.simulation import courses

pytestmark = pytest.mark.filterwarnings("error")

Numbers = NDArray[np.float64]

MONTHS = np.array([5.0, -3, 0, 1, -6, 2, 4, -1, -4, 3, 0, -1])
"""What each month adds, January first: they sum to 0."""


def year_by_year(years: int, *, noise: float, seed: int = 1) -> Numbers:
    random = np.random.default_rng(seed)
    return np.tile(MONTHS, years) + random.normal(0, noise, 12 * years)


def season(values: Numbers, horizon: int = 12, length: int = 12) -> tuple[Numbers, Numbers, float]:
    found = forecast_season(values[None], horizon, np.array([length]))
    return found.seen[0], found.coming[0], float(found.widening[0, 0])


def by_hand(values: Numbers) -> tuple[Numbers, float]:
    """Give the effects drawn to 0 and how much of them: Prais & Winsten's rows, one by one."""
    rows, sides, previous = [], [], None
    for at in np.flatnonzero(~np.isnan(values)):
        row = np.array([*(at % 12 == np.arange(12)), at], np.float64)
        if previous == at - 1:
            before = np.array([*((at - 1) % 12 == np.arange(12)), at - 1], np.float64)
            rows.append(row - 0.5 * before)
            sides.append(values[at] - 0.5 * values[at - 1])
        else:
            rows.append(row * 0.75**0.5)
            sides.append(values[at] * 0.75**0.5)
        previous = at
    design, side = np.array(rows), np.array(sides)
    plain = np.column_stack([design[:, :12].sum(axis=1), design[:, 12]])
    fitted, (left,), *_ = np.linalg.lstsq(design, side)
    _, (without,), *_ = np.linalg.lstsq(plain, side)
    ratio = (without - left) / 11 / (left / (len(side) - 13))
    share = max(1 - 1 / ratio, 0.0)
    return (fitted[:12] - fitted[:12].mean()) * share, share


@pytest.mark.parametrize("gaps", [[], [0, 7, 8, 30]])
def test_the_effects_are_those_of_least_squares_drawn_to_zero(gaps: list[int]) -> None:
    values = year_by_year(4, noise=4.0) + 0.2 * np.arange(48)
    values[gaps] = nan
    effects, share = by_hand(values)
    assert 0.2 < share < 0.9
    seen, coming, widening = season(values)
    assert seen == pytest.approx(np.tile(effects, 4))
    assert coming == pytest.approx(effects)
    # 12 months that sum to 0 are 11 effects, and their own error counts twice.
    count = 48 - len(gaps)
    assert widening == pytest.approx(((count + 2 * 11 * share) / (count - 11 * share)) ** 0.5)


def test_a_season_without_noise_is_found_as_it_is_from_the_second_year_on() -> None:
    seen, coming, _ = season(year_by_year(2, noise=0.0)[:24], 5)
    assert seen == pytest.approx(np.tile(MONTHS, 2))
    assert coming == pytest.approx(MONTHS[:5])
    # It begins with the month after the last reading.
    _, later, _ = season(np.append(year_by_year(2, noise=0.0), MONTHS[:3]), 2)
    assert later == pytest.approx(MONTHS[3:5])


@pytest.mark.parametrize(
    "values",
    [
        year_by_year(2, noise=1.0)[1:],
        np.append(nan, year_by_year(2, noise=1.0)[1:]),
        np.where(np.arange(60) % 12 == 7, nan, year_by_year(5, noise=1.0)),
        np.full(30, nan),
        np.zeros(36),
    ],
)
def test_what_does_not_show_a_season_has_none(values: Numbers) -> None:
    seen, coming, widening = season(values)
    assert not seen.any()
    assert not coming.any()
    assert widening == 1


def test_a_kpi_without_a_season_is_given_hardly_any() -> None:
    values = np.random.default_rng(2).normal(size=(300, 48))
    found = forecast_season(values, 4, np.full(300, 12))
    # Least squares alone would add a variance of 1 / 4 to it.
    assert (found.coming**2).mean() < 0.06
    assert np.median(found.widening) < 1.05


def test_each_kpi_has_a_season_of_its_own_length() -> None:
    values = np.stack([year_by_year(4, noise=1.0), year_by_year(4, noise=1.0), np.arange(48.0)])
    found = forecast_season(values, 6, np.array([12, 0, 4]))
    assert found.coming[0] == pytest.approx(season(values[0], 6)[1])
    assert not found.coming[1].any()
    assert found.coming[2] == pytest.approx(np.zeros(6), abs=1e-9)


def test_periods_missing_at_first_change_nothing() -> None:
    values = year_by_year(3, noise=2.0)[5:]
    seen, coming, widening = season(np.append([nan] * 7, values))
    assert seen[7:] == pytest.approx(season(values)[0])
    assert coming == pytest.approx(season(values)[1])
    assert widening == pytest.approx(season(values)[2])


@pytest.mark.parametrize("years", [2, 3, 5])
def test_the_span_holds_four_fifths_from_the_second_year_on(years: int) -> None:
    random = np.random.default_rng(years)
    months = 2 * random.normal(size=(400, 12))
    values = np.tile(months, years + 1) + random.normal(size=(400, 12 * (years + 1)))
    ahead = courses(values[:, : 12 * years], 4, seasons=12)
    inside = abs(values[:, 12 * years + 3] - ahead.mean[:, 3]) <= 1.2815515655 * ahead.sd[:, 3]
    # A season that is the same every year is surer than real ones are.
    assert 0.77 < inside.mean() < 0.88
