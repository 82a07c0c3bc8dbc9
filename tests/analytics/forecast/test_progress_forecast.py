"""How far key results get and how likely they arrive, from progress and the time elapsed."""

from math import exp, nan
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics.forecast.arrival import Arrival
from analytics.forecast.progress_forecast import (
    FORGETTING,
    JUMP_SD,
    JUMPS,
    NOISE,
    PACE,
    PACE_SD,
    STANDSTILL,
    ProgressForecast,
    arrivals_of_progress,
    believed,
    chance_of,
    expected,
    forecast_progress,
    quantile,
)

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None, max_examples=60)

Numbers = NDArray[np.float64]
SEEN = ([0.1, 0.25, 0.3, 0.6], [0.02, 0.1, 0.05, 0.5])


def by_integral(first: float, second: float, steps: int = 600) -> float:
    """Add up the covariance of the pace over two stretches of time that begin together."""
    one, two = ((np.arange(steps) + 0.5) / steps * end for end in (first, second))
    kernel = PACE_SD**2 * np.exp(-FORGETTING * np.abs(one[:, None] - two))
    return float(kernel.mean() * first * second)


def conditioned(elapsed: list[float], progress: list[float], end: float) -> tuple[float, float]:
    """Give mean and variance of progress at the end: normal numbers, of which some are known."""
    times = np.array([*elapsed, end])
    covariance = np.array([[by_integral(one, two) for two in times] for one in times])
    covariance += NOISE**2 + NOISE**2 * np.eye(times.size)
    known = covariance[:-1, :-1]
    weights = np.linalg.solve(known, covariance[:-1, -1])
    mean = PACE * end + weights @ (np.array(progress) - PACE * times[:-1])
    return float(mean), float(covariance[-1, -1] - weights @ covariance[:-1, -1])


def ahead(elapsed: list[float], progress: list[float], *moments: float) -> ProgressForecast:
    return forecast_progress([elapsed], [progress], [moments or (1.0,)])


def arrival(elapsed: list[float], progress: list[float], *moments: float) -> Arrival:
    (found,) = arrivals_of_progress([elapsed], [progress], [[1.0, *moments]])
    assert found is not None
    return found


@pytest.mark.parametrize("seen", range(1, 5))
@pytest.mark.parametrize("end", [0.7, 1.0, 1.6])
def test_what_goes_on_is_a_normal_number_given_the_check_ins(seen: int, end: float) -> None:
    elapsed, progress = (each[:seen] for each in SEEN)
    mean, variance = conditioned(elapsed, progress, end)
    found = ahead(elapsed, progress, end)
    assert found.means[0, 0, 0] == pytest.approx(mean, abs=1e-4)
    assert found.sds[0, 0, 0] ** 2 == pytest.approx(variance, abs=1e-4)


def test_one_check_in_by_hand() -> None:
    # Half of the way after a quarter: the mean of the pace so far is 2, of which 0.6 is usual.
    gone, kept = 0.25, exp(-FORGETTING * 0.25)
    reach = (1 - kept) / FORGETTING
    so_far = 2 * PACE_SD**2 / FORGETTING * (gone - reach)
    variance = so_far + 2 * NOISE**2
    surprise = 0.5 - PACE * gone
    (progress,), (pace,) = believed([[gone]], [[0.5]])[1:3]
    assert progress == pytest.approx(PACE * gone + (so_far + NOISE**2) / variance * surprise)
    assert pace == pytest.approx(PACE_SD**2 * reach / variance * surprise)


def test_a_chance_is_that_of_going_on_of_standing_still_and_of_a_jump() -> None:
    mean, variance = conditioned([0.3], [0.4], 1.0)
    jumped = 1 - exp(-JUMPS * 0.7)
    goes_on, stays = (
        1 - NormalDist(*each).cdf(1) for each in ((mean, variance**0.5), (0.4, NOISE))
    )
    by_hand = (1 - jumped) * ((1 - STANDSTILL) * goes_on + STANDSTILL * stays) + jumped / 2
    assert chance_of(ahead([0.3], [0.4]))[0, 0] == pytest.approx(by_hand, abs=1e-4)
    mixed = (1 - jumped) * ((1 - STANDSTILL) * mean + STANDSTILL * 0.4) + jumped
    assert expected(ahead([0.3], [0.4]))[0, 0] == pytest.approx(mixed, abs=1e-4)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_so_many_outcomes_lie_below_a_quantile(share: float) -> None:
    mean, variance = conditioned(*SEEN, 1.0)
    jumped = 1 - exp(-JUMPS * 0.4)
    end = quantile(ahead(*SEEN), share)[0, 0]
    goes_on, stays, jumps = (
        NormalDist(*each).cdf(end) for each in ((mean, variance**0.5), (0.5, NOISE), (1, JUMP_SD))
    )
    below = (1 - jumped) * ((1 - STANDSTILL) * goes_on + STANDSTILL * stays) + jumped * jumps
    assert below == pytest.approx(share, abs=1e-3)


def test_moments_may_have_shares_of_their_own() -> None:
    two = ProgressForecast(*(np.repeat(each, 2, axis=2) for each in ahead(*SEEN)))
    alone = [quantile(ahead(*SEEN), share)[0, 0] for share in (0.1, 0.9)]
    np.testing.assert_array_equal(quantile(two, [0.1, 0.9]), [alone])


def test_an_arrival_tells_the_chance_at_the_end_and_the_first_even_moment() -> None:
    moments = np.linspace(0.4, 2.0, 33).tolist()
    found = arrival([0.3], [0.4], *moments)
    chances = chance_of(ahead([0.3], [0.4], 1.0, *moments))[0]
    assert found.chance == pytest.approx(chances[0])
    assert found.step == int(np.argmax(chances[1:] >= 0.5)) + 1
    assert found.lower < found.expected < found.upper
    assert arrival([0.3], [0.4], 0.4).step is None


def test_at_the_end_itself_the_last_progress_is_certain() -> None:
    assert arrival([0.5, 1.0], [0.3, 0.8]) == pytest.approx((0.0, None, 0.8, 0.8, 0.8))
    assert arrival([1.0], [1.2])[:3] == pytest.approx((1.0, None, 1.2))


def test_what_is_at_its_target_has_arrived() -> None:
    assert arrival([0.2], [1.0], 0.3).chance == 1.0
    assert arrival([0.2], [1.0], 0.3).step == 1


def test_what_is_expected_is_within_the_possible() -> None:
    limits = {"lowest": np.array([0.4]), "highest": np.array([1.05])}
    (found,) = arrivals_of_progress([[0.3]], [[0.4]], [[1.0]], **limits)
    assert found is not None
    assert (found.lower, found.upper) == (0.4, 1.05)
    assert found.chance == arrival([0.3], [0.4]).chance


def test_without_a_check_in_nothing_is_said() -> None:
    assert arrivals_of_progress([[nan], [0.2]], [[nan], [nan]], [[1.0], [1.0]]) == [None, None]
    assert np.isnan(forecast_progress([[nan]], [[nan]], [[1.0]]).means).all()


def test_each_key_result_is_forecast_alone_and_gaps_are_none() -> None:
    elapsed = [[0.1, nan, 0.3, 0.6], [0.2, 0.5, nan, nan]]
    progress = [[0.02, nan, 0.05, 0.5], [0.1, 0.7, nan, nan]]
    both = forecast_progress(elapsed, progress, [[0.7, 1.0], [1.0, nan]])
    first = ahead([0.1, 0.3, 0.6], [0.02, 0.05, 0.5], 0.7, 1.0)
    second = ahead([0.2, 0.5], [0.1, 0.7], 1.0, nan)
    for together, one, other in zip(both, first, second, strict=True):
        np.testing.assert_allclose(together[:, 0], one[:, 0])
        np.testing.assert_allclose(together[:, 1], other[:, 0])


times = st.lists(st.integers(1, 90), min_size=1, max_size=13, unique=True).map(
    lambda days: [day / 91 for day in sorted(days)]
)


@st.composite
def check_ins(draw: st.DrawFn, *, growing: bool = False) -> tuple[list[float], list[float]]:
    elapsed = draw(times)
    size = {"min_size": len(elapsed), "max_size": len(elapsed)}
    values = draw(st.lists(st.floats(0 if growing else -2, 0.3 if growing else 2), **size))
    return elapsed, np.cumsum(values).tolist() if growing else values


@relaxed
@given(check_ins(), st.floats(0, 2))
def test_more_progress_at_the_last_check_in_never_lowers_the_chance(
    seen: tuple[list[float], list[float]], more: float
) -> None:
    elapsed, progress = seen
    raised = [*progress[:-1], progress[-1] + more]
    found, better = arrival(elapsed, progress, 1.5), arrival(elapsed, raised, 1.5)
    assert found.chance <= better.chance + 1e-9
    assert found.expected <= better.expected + 1e-9
    assert found.step is None or better.step == 1


@relaxed
@given(check_ins(growing=True), st.floats(1, 5))
def test_a_farther_target_is_never_likelier_to_be_reached(
    seen: tuple[list[float], list[float]], farther: float
) -> None:
    elapsed, progress = seen
    nearer, away = arrival(elapsed, progress), arrival(elapsed, [p / farther for p in progress])
    assert away.chance <= nearer.chance + 1e-9


@relaxed
@given(check_ins(), st.data())
def test_fewer_check_ins_never_tell_more_surely(
    seen: tuple[list[float], list[float]], data: st.DataObject
) -> None:
    elapsed, progress = seen
    kept = data.draw(st.lists(st.booleans(), min_size=len(elapsed) - 1, max_size=len(elapsed) - 1))
    fewer = [
        [one for one, is_kept in zip(each, [*kept, True], strict=True) if is_kept] for each in seen
    ]
    assert ahead(elapsed, progress).sds[0, 0, 0] <= ahead(*fewer).sds[0, 0, 0] + 1e-9


@relaxed
@given(st.floats(0.1, 0.9), st.floats(0, 0.99))
def test_the_same_progress_in_less_time_promises_more(elapsed: float, progress: float) -> None:
    early, late = arrival([elapsed], [progress]), arrival([elapsed + 0.09], [progress])
    assert early.expected >= late.expected - 1e-9
