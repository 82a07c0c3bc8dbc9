"""Chances of arriving, days of arrival and likely ends: of values, of holds and of steps."""

from math import asin, gamma, inf, nan, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analytics.forecast import Outlook, outlook
from analytics.forecast.arrival import (
    Arrival,
    arrival_of_steps,
    arrivals_of_holds,
    arrivals_of_values,
    grows,
)
from analytics.forecast.smoothing import staying

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None, max_examples=50)

Numbers = NDArray[np.float64]


def of_value(
    mean: list[float], sd: list[float], way: tuple[float, float, float], **options: object
) -> Arrival | None:
    """Give the arrival of one value; the way is its last value, start and target."""
    ahead = Outlook(np.array([mean]), np.array([sd]))
    numbers = [np.array([number]) for number in way]
    steps = {"end": len(mean), "until": len(mean)} | options
    at = {key: np.array([steps.pop(key)]) for key in ("end", "until")}
    return arrivals_of_values(ahead, *numbers, **at, **steps)[0]  # type: ignore[arg-type]


def test_a_value_arrives_by_the_outlook_at_the_end() -> None:
    found = of_value([6.0, 8.0, 10.0, 12.0], [1.0, 1.0, 2.0, 2.0], (5.0, 0.0, 10.0), end=2)
    assert found is not None
    # 8 ± 1 at the end: 10 is two standard deviations up (Abramowitz & Stegun, table 26.1).
    assert found.chance == pytest.approx(0.02275013, abs=1e-8)
    assert found.step == 3
    assert found.expected == pytest.approx(0.8)
    assert (found.lower, found.upper) == pytest.approx((0.67184484, 0.92815516))


def test_a_way_down_is_a_way_up_seen_in_a_mirror() -> None:
    up = of_value([6.0, 8.0, 10.5], [1.0, 1.5, 2.0], (5.0, 0.0, 10.0))
    down = of_value([-6.0, -8.0, -10.5], [1.0, 1.5, 2.0], (-5.0, 0.0, -10.0))
    assert up is not None
    assert up.chance > 0.5
    assert up.lower < up.expected < up.upper
    assert down == pytest.approx(up)


def test_at_the_end_itself_the_last_value_counts() -> None:
    found = of_value([9.0, 11.0], [1.0, 1.0], (8.0, 0.0, 10.0), end=0)
    assert found == Arrival(chance=0.0, step=2, expected=0.8, lower=0.8, upper=0.8)


def test_an_arrival_too_far_away_is_not_looked_for() -> None:
    way = (1.0, 0.0, 4.0)
    near, far = (of_value([2, 3, 4], [1, 1, 1], way, end=1, until=steps) for steps in (2, 3))
    assert near is not None
    assert far is not None
    assert (near.step, far.step) == (None, 3)


def test_what_is_expected_is_clipped_and_the_chance_is_not() -> None:
    found = of_value([99.0], [10.0], (90.0, 0.0, 100.0), lowest=0.0, highest=100.0)
    assert found is not None
    assert (found.expected, found.upper) == pytest.approx((0.99, 1.0))
    assert found.chance == pytest.approx(0.46017216)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_target_beyond_the_possible_never_arrives(sign: float) -> None:
    mean = [sign * 102.0, sign * 104.0]
    ends = sorted([0.0, sign * 100.0])
    possible = {"lowest": ends[0], "highest": ends[1]}
    beyond = of_value(mean, [1.0, 1.0], (sign * 99, sign * 90, sign * 101), **possible)
    assert beyond is not None
    assert (beyond.chance, beyond.step) == (0, None)
    assert beyond.expected == beyond.upper == pytest.approx(10 / 11)
    within = of_value(mean, [1.0, 1.0], (sign * 99, sign * 90, sign * 100), **possible)
    assert within is not None
    assert within.step == 1
    assert within.chance == pytest.approx(0.99996833)


@pytest.mark.parametrize("way", [(5.0, 7.0, 7.0), (5.0, nan, 9.0), (5.0, 0.0, nan), (5.0, 0, inf)])
def test_a_way_that_goes_nowhere_has_no_arrival(way: tuple[float, float, float]) -> None:
    assert of_value([6.0], [1.0], way) is None


def test_what_cannot_be_foreseen_has_no_arrival() -> None:
    assert of_value([nan, nan], [nan, nan], (5.0, 0.0, 9.0)) is None


values = st.one_of(st.floats(allow_nan=True, allow_infinity=False), st.integers(-5, 5).map(float))


@relaxed
@given(arrays(np.float64, (3, 9), elements=values), arrays(np.float64, (2, 3), elements=values))
def test_whatever_the_values_an_arrival_is_finite_or_none(seen: Numbers, ways: Numbers) -> None:
    ahead = outlook(seen, 6)
    steps = {"end": np.array([0, 3, 6]), "until": np.full(3, 6)}
    for found in arrivals_of_values(ahead, seen[:, -1], *ways, **steps):
        assert found is None or 0 <= found.chance <= 1
        assert found is None or found.lower <= found.upper
    counts = {"held": np.array([0, 1, 2]), "periods": np.array([3, 3, 3])}
    for found in arrivals_of_holds(ahead, *ways, **counts, **steps):
        assert found is None or 0 <= found.lower <= found.upper <= 1
        assert found is None or 0 <= found.expected <= 1


@pytest.mark.parametrize(
    ("counts", "only"),
    [
        ([0, 3, 3, 7], True),
        ([nan, 0, nan, 4], True),
        ([5, 5, 5, 5], True),
        ([0, 3, 2, 7], False),
        ([0, 1.5, 3], False),
        ([], True),
    ],
)
def test_a_count_is_whole_and_never_steps_back(counts: list[float], only: bool) -> None:
    assert grows(counts) is only


def test_a_count_arrives_when_its_mean_rate_brings_it_there() -> None:
    # 2, 4 and 3 a week: 9 so far, 3 more a week, 21 in four weeks.
    weeks = np.arange(1, 9)
    sd = 1.5 * np.sqrt(weeks + weeks**2 / 3)
    mean = (9.0 + 3 * weeks).tolist()
    found = of_value(mean, sd.tolist(), (9.0, 0.0, 20.0), end=4, until=8, lowest=9.0)
    assert found is not None
    assert found.step == 4
    assert found.expected == pytest.approx(21 / 20)
    # sd² = 1 · (4 + 16 / 3) · (3 / 2)²; 1 up is 0.2182 of it, of which Φ is 0.5864.
    assert found.chance == pytest.approx(0.5864, abs=1e-4)


def of_hold(
    mean: list[float], sd: list[float], *, held: int, periods: int, end: int | None = None
) -> Arrival:
    ahead = Outlook(np.array([mean]), np.array([sd]))
    numbers = {"held": held, "periods": periods, "end": end or len(mean), "until": len(mean)}
    arguments = {name: np.array([number]) for name, number in numbers.items()}
    (found,) = arrivals_of_holds(ahead, np.array([0.0]), np.array([nan]), **arguments)
    assert found is not None
    return found


def test_without_spread_a_hold_is_counted_out() -> None:
    still = [0.0] * 6
    assert of_hold([1.0] * 6, still, held=2, periods=5) == Arrival(1.0, 3, 1.0, 1.0, 1.0)
    assert of_hold([1.0] * 6, still, held=0, periods=8) == Arrival(0.0, None, 0.75, 0.75, 0.75)
    # A fall out of range begins it anew; once complete it stays so.
    broken = [1.0, -1.0, 1.0, 1.0, 1.0, -1.0]
    assert of_hold(broken, still, held=3, periods=5, end=5).expected == pytest.approx(0.6)
    assert of_hold(broken, still, held=4, periods=5).expected == 1.0


@pytest.mark.parametrize(("mean", "chance"), [(0.0, 0.5), (1.0, 0.84134475), (-1.0, 0.15865525)])
def test_one_period_is_held_as_likely_as_it_is_in_range(mean: float, chance: float) -> None:
    found = of_hold([mean], [1.0], held=3, periods=4)
    assert found.chance == pytest.approx(chance, abs=0.03)
    assert found.step == (1 if found.chance >= 0.5 else None)


def test_the_periods_of_a_hold_hang_together() -> None:
    # Both steps of a walk from 0 are above it with 1/4 + asin(ρ) / 2π, ρ² = 1/2: 3/8.
    both = 0.25 + asin(0.5**0.5) / (2 * pi)
    walk = [1.0, 2**0.5]
    assert of_hold([0.0, 0.0], walk, held=0, periods=2).chance == pytest.approx(both, abs=0.03)
    either = of_hold([0.0, 0.0], walk, held=0, periods=1)
    assert either.chance == pytest.approx(1 - both, abs=0.03)


def test_what_lasts_of_a_spread_holds_or_breaks_all_periods() -> None:
    steps = {"end": np.array([3]), "until": np.array([3])}
    counts = {"held": np.array([0]), "periods": np.array([3])}
    ahead = Outlook(np.zeros((1, 3)), np.ones((1, 3)))
    for lasting, chance in ((1.0, 1 / 2), (0.0, 1 / 8)):
        (found,) = arrivals_of_holds(
            ahead, np.zeros(1), np.array([nan]), **counts, **steps, stays=0.0, lasting=lasting
        )
        assert found is not None
        assert found.chance == pytest.approx(chance, abs=0.03)


def test_a_spread_that_shrinks_is_kept() -> None:
    shrunk = of_hold([1.0, 1.0], [1.0, 0.0], held=0, periods=2)
    assert shrunk == of_hold([1.0, 1.0], [1.0, 1.0], held=0, periods=2)


def test_a_hold_is_foreseen_the_same_whatever_is_beside_it() -> None:
    mean, sd = np.array([[1.0, 0.5, 0.2], [9.0, 9, 9]]), np.array([[1.0, 1.5, 2.0], [1, 1, 1]])
    low, high = np.array([0.0, 0.0]), np.array([nan, nan])
    steps = {"end": np.array([3, 3]), "until": np.array([3, 3])}
    counts = {"held": np.array([1, 0]), "periods": np.array([3, 3])}
    first, _ = arrivals_of_holds(Outlook(mean, sd), low, high, **counts, **steps)
    alone = of_hold(mean[0].tolist(), sd[0].tolist(), held=1, periods=3)
    assert first == pytest.approx(alone)


def likely_hold(values: Numbers, low: Numbers, periods: int, end: int) -> float:
    """Give the mean chance that KPIs hold their range so many periods in a row by the end."""
    numbers = {"held": 0, "periods": periods, "end": end, "until": end}
    counts = {name: np.full(len(values), number) for name, number in numbers.items()}
    ahead, none = outlook(values, end), np.full(len(values), nan)
    found = arrivals_of_holds(ahead, low, none, **counts, stays=staying(values))
    return float(np.mean([each.chance for each in found if each is not None]))


def held_in(inside: NDArray[np.bool_], periods: int) -> float:
    """Give the share of futures with so many periods inside in a row."""
    windows = np.lib.stride_tricks.sliding_window_view(inside, periods, axis=1)
    return float(windows.all(axis=-1).any(axis=-1).mean())


@pytest.mark.parametrize(("periods", "end"), [(4, 4), (6, 6), (8, 13), (4, 13)])
def test_what_scatters_is_held_as_often_as_independent_readings_are(periods: int, end: int) -> None:
    random = np.random.default_rng(7)
    said = likely_hold(random.normal(10, 1, (200, 60)), np.full(200, 9.0), periods, end)
    true = held_in(random.normal(10, 1, (20_000, end)) >= 9, periods)
    assert said == pytest.approx(true, abs=0.08)


@pytest.mark.parametrize(("periods", "end"), [(4, 4), (8, 13), (4, 13)])
def test_a_walk_is_held_as_often_as_walks_are(periods: int, end: int) -> None:
    walks = np.cumsum(np.random.default_rng(8).normal(size=(400, 60 + end)), axis=1)
    low = walks[:, 59] - 2
    said = likely_hold(walks[:, :60], low, periods, end)
    assert said == pytest.approx(held_in(walks[:, 60:] >= low[:, None], periods), abs=0.1)


def test_periods_before_the_first_that_counts_are_not_held() -> None:
    ahead, zero = Outlook(np.ones((1, 6)), np.zeros((1, 6))), np.array([0])
    counts = {"held": zero, "periods": zero + 4, "end": zero + 6, "until": zero + 6}
    bounds = np.array([0.0]), np.array([nan])
    (begun,) = arrivals_of_holds(ahead, *bounds, **counts, begin=np.array([-3]))
    (later,) = arrivals_of_holds(ahead, *bounds, **counts, begin=np.array([3]))
    assert begun is not None
    assert later is not None
    assert (begun.step, later.step) == (4, 6)


def by_integral(done: int, elapsed: float, end: float, left: int, more: int) -> float:
    """Give the chance of `more` of the steps `left`: Poisson counts over the rate's density.

    2 and 2 / 0.9n are the Gamma prior's shape and rate for n steps; time is bent by 1.4.
    """
    gone, ahead = elapsed**1.4, end**1.4 - elapsed**1.4
    rates = np.linspace(1e-9, 40 * (done + left), 400_001)
    density = rates * np.exp(-rates * 2 / (0.9 * (done + left))) * (rates * gone) ** done
    density *= np.exp(-rates * gone)
    fewer = sum(np.exp(-rates * ahead) * (rates * ahead) ** n / gamma(n + 1) for n in range(more))
    return float(1 - np.trapezoid(density * fewer, rates) / np.trapezoid(density, rates))


def of_steps(
    done: int, elapsed: float, shares: list[float], *ahead: float, gone: float = 0.5
) -> Arrival:
    """Give the arrival of steps at the end of the cycle, and at moments after `elapsed`."""
    return arrival_of_steps(
        done, shares, gone=gone, elapsed=elapsed, moments=np.array([1.0, *ahead])
    )


@pytest.mark.parametrize(
    ("done", "elapsed", "left"),
    [(2, 0.58, 2), (2, 0.58, 1), (5, 0.66, 3), (1, 0.3, 4), (3, 0.99, 1), (0, 0.1, 1), (0, 0, 5)],
)
def test_all_steps_are_done_as_often_as_the_counts_say(
    done: int, elapsed: float, left: int
) -> None:
    found = of_steps(done, elapsed, [0.5 / left] * left)
    assert found.chance == pytest.approx(by_integral(done, elapsed, 1.0, left, left), abs=1e-4)


def test_steps_arrive_at_the_first_moment_with_an_even_chance() -> None:
    moments = np.linspace(0.6, 1.4, 81).tolist()
    found = of_steps(2, 0.58, [0.25, 0.25], *moments)
    assert found.step is not None
    before, then = (by_integral(2, 0.58, moments[found.step - 1 - n], 2, 2) for n in (1, 0))
    assert before < 0.5 <= then
    assert of_steps(0, 0.58, [0.5] * 4, *moments).step is None
    assert by_integral(0, 0.58, 1.4, 4, 4) < 0.5


def test_steps_are_expected_with_their_shares_in_their_order() -> None:
    found = of_steps(2, 0.55, [0.1, 0.4])
    one, two = (by_integral(2, 0.55, 1.0, 2, more) for more in (1, 2))
    assert found.expected == pytest.approx(0.5 + 0.1 * one + 0.4 * two, abs=1e-4)
    assert 0.1 < two < one < 0.9
    assert (found.lower, found.upper) == pytest.approx((0.5, 1.0))


def test_the_span_of_steps_ends_at_whole_steps() -> None:
    quick = of_steps(9, 0.5, [0.2, 0.2, 0.2, 0.2], gone=0.2)
    chances = [by_integral(9, 0.5, 1.0, 4, more) for more in (1, 2, 3, 4)]
    sure, possible = (sum(chance > level for chance in chances) for level in (0.9, 0.1))
    assert (sure, possible) == (4, 4)
    slow = of_steps(9, 0.9, [0.2, 0.2, 0.2, 0.2], gone=0.2)
    chances = [by_integral(9, 0.9, 1.0, 4, more) for more in (1, 2, 3, 4)]
    sure, possible = (sum(chance > level for chance in chances) for level in (0.9, 0.1))
    assert (quick.lower, quick.upper) == pytest.approx((1.0, 1.0))
    assert (slow.lower, slow.upper) == pytest.approx((0.2 + 0.2 * sure, 0.2 + 0.2 * possible))
    assert 0 <= sure < possible < 4


@relaxed
@given(st.integers(0, 9), st.floats(0.0, 1.0), st.integers(1, 9))
def test_more_steps_done_never_lower_the_chance(done: int, elapsed: float, left: int) -> None:
    fewer = of_steps(done, elapsed, [0.5 / (left + 1)] * (left + 1))
    more = of_steps(done + 1, elapsed, [0.5 / (left + 1)] * left)
    assert fewer.chance <= more.chance + 1e-12


def test_without_time_left_no_step_is_expected() -> None:
    found = of_steps(1, 1.0, [0.5])
    assert (found.chance, found.expected, found.lower, found.upper) == (0.0, 0.5, 0.5, 0.5)


def test_where_nothing_is_left_there_is_nothing_to_expect() -> None:
    with pytest.raises(ValueError, match="nothing to expect"):
        of_steps(0, 0.3, [])
