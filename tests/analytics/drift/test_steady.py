"""The steady-state certificate."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics.drift.steady import certified

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)

Numbers = NDArray[np.float64]
better_words = st.sampled_from(["higher", "lower", "within"])
distances = st.lists(
    st.one_of(st.integers(-40, 40).map(lambda tenths: tenths / 8), st.just(nan)), max_size=30
)


def steady(values: list[float], *, better: str = "higher", sigma: float = 1.0) -> bool:
    return certified(values, baseline_centre=0.0, baseline_sigma=sigma, better=better)


def test_twelve_readings_at_the_centre_are_steady() -> None:
    assert steady([0.0] * 12) is True


@pytest.mark.parametrize("values", [[], [0.0] * 11, [nan] * 40, [0.0] * 11 + [nan] * 9])
def test_fewer_than_twelve_readings_certify_nothing(values: list[float]) -> None:
    assert steady(values) is False


def test_what_was_bad_before_the_last_twelve_is_over() -> None:
    assert steady([-9.0] * 30 + [0.0] * 12)
    assert not steady([-9.0] * 30 + [0.0] * 11)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([-0.39] * 12, True),
        ([-0.41] * 12, False),
        ([0.5] * 6 + [-0.59] * 6, True),
        ([0.5] * 6 + [-0.61] * 6, False),
        ([0.5] * 4 + [-0.69] * 4 + [0.0] * 4, True),
        ([0.5] * 4 + [-0.8] * 4 + [0.0] * 4, False),
        ([1.0] * 11 + [-3.0], True),
        ([1.0] * 11 + [-3.1], False),
    ],
    ids=["mean", "mean", "last six", "last six", "four", "four", "single", "single"],
)
def test_each_limit_holds_on_its_own(values: list[float], *, expected: bool) -> None:
    assert steady(values) is expected
    assert steady([-value for value in values], better="lower") is expected


def test_better_than_the_centre_is_no_reason_to_refuse_unless_within() -> None:
    assert steady([5.0] * 12)
    assert not steady([5.0] * 12, better="lower")
    assert not steady([5.0] * 12, better="within")
    assert steady([0.3] * 12, better="within")


def test_the_centre_may_follow_a_trend() -> None:
    centre = np.linspace(0.0, 11.0, 12)
    given_terms = {"baseline_sigma": 1.0, "better": "higher"}
    assert certified(centre, baseline_centre=centre, **given_terms)
    assert not certified(np.zeros(12), baseline_centre=centre, **given_terms)


def test_missing_readings_are_skipped() -> None:
    assert steady([0.0, nan] * 12)


@pytest.mark.parametrize("sigma", [nan, inf])
def test_without_a_sigma_nothing_is_certified(sigma: float) -> None:
    assert steady([0.0] * 20, sigma=sigma) is False


def test_without_a_centre_nothing_is_certified() -> None:
    assert certified([0.0] * 20, baseline_centre=nan, baseline_sigma=1, better="higher") is False


def test_with_a_sigma_of_zero_all_must_be_as_good_as_the_centre() -> None:
    assert steady([0.0] * 12, sigma=0.0)
    assert steady([0.0] * 11 + [1.0], sigma=0.0)
    assert not steady([0.0] * 11 + [-1e-9], sigma=0.0)


def test_better_must_be_one_of_three_words() -> None:
    with pytest.raises(ValueError, match="better is 'more'"):
        steady([0.0] * 12, better="more")


@relaxed
@given(distances, better_words, st.integers(-3, 3), st.integers(-100, 100))
def test_unit_and_origin_do_not_matter(
    values: list[float], better: str, power: int, shift: int
) -> None:
    scale = 2.0**power
    moved = np.array(values) * scale + shift
    expected = steady(values, better=better)
    terms = {"baseline_centre": shift, "baseline_sigma": scale, "better": better}
    assert certified(moved, **terms) is expected


@relaxed
@given(distances)
def test_higher_and_lower_mirror_each_other(values: list[float]) -> None:
    assert steady(values) is steady([-value for value in values], better="lower")


@relaxed
@given(distances)
def test_within_asks_for_both_sides(values: list[float]) -> None:
    both = steady(values) and steady(values, better="lower")
    assert steady(values, better="within") is both


def share_certified(level: NDArray[np.float64]) -> float:
    """Draw 600 baselines of 30, 12 readings at -2σ and 26 at a level; who is ever certified?"""
    values = np.random.default_rng(20200101).normal(size=(600, 68))
    values[:, 30:42] -= 2
    values[:, 42:] += level
    found = [
        any(
            certified(
                row[:end],
                baseline_centre=row[:30].mean(),
                baseline_sigma=float(row[:30].std(ddof=1)),
                better="higher",
            )
            for end in range(43, 69)
        )
        for row in values
    ]
    return float(np.mean(found))


def test_who_recovered_is_certified_within_26_readings() -> None:
    assert share_certified(np.zeros(26)) >= 0.93


def test_who_was_good_for_six_only_is_not() -> None:
    assert share_certified(np.where(np.arange(26) < 6, 0.0, -2.0)) <= 0.035


def test_who_recovered_by_half_is_hardly() -> None:
    assert share_certified(np.full(26, -1.0)) <= 0.15


def test_who_never_recovered_is_not() -> None:
    assert share_certified(np.full(26, -2.0)) == 0.0
