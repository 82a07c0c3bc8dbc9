"""The season: effects and the share of it that is believed, against Bayes by hand."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift.outages import far_off_in_phase
from analytics.drift.season import ODDS, SIZES, season_of

Numbers = NDArray[np.float64]


def phases(kpis: int, count: int = 12) -> NDArray[np.int64]:
    return np.full(kpis, count)


def tables(wave: float, kpis: int = 40, seasons: int = 3) -> Numbers:
    noise = np.random.default_rng(20200101).normal(size=(kpis, seasons, 12))
    return noise + wave * np.sin(2 * np.pi * np.arange(12) / 12)


def untouched(table: Numbers) -> NDArray[np.bool_]:
    """Tell which KPIs have no reading that is left out."""
    return ~far_off_in_phase(table).any(axis=(1, 2))


def without_slope(table: Numbers) -> Numbers:
    """Free balanced readings (seasons, phases) of the slope beside a level per phase."""
    seasons, count = table.shape
    design = np.column_stack(
        [np.tile(np.eye(count), (seasons, 1)), np.arange(seasons * count, dtype=float)]
    )
    slope = np.linalg.lstsq(design, table.ravel(), rcond=None)[0][-1]
    return table - slope * np.arange(seasons * count).reshape(table.shape)


def by_hand(table: Numbers, fewer: float) -> tuple[Numbers, float]:
    """Return the effects and the share of one KPI by weighing covariances of the phases' means.

    The scatter within the phases and that of their means are independent, of variances v and
    v (1 + n τ²) / n, and v is unknown on the scale of its logarithm: summed over a fine grid.
    """
    seasons, count = table.shape
    flat = without_slope(table)
    means = flat.mean(axis=0)
    within = ((flat - means) ** 2).sum()
    freedom = seasons * count - count - 1
    away = means - means.mean()
    variances = np.exp(np.linspace(-6, 8, 20001))
    evidence, effects = np.zeros(len(SIZES)), np.zeros((len(SIZES), count))
    for at, size in enumerate(SIZES):
        of_means = variances * (size**2 + 1 / seasons)
        likely = -fewer * freedom / 2 * np.log(variances) - within / variances / 2
        likely -= fewer * (count - 1) / 2 * np.log(of_means) + (away @ away) / of_means / 2
        evidence[at] = ODDS[at] * np.exp(likely + 200).sum()
        effects[at] = away * size**2 / (size**2 + 1 / seasons)
    weight = evidence / evidence.sum()
    kept = seasons * SIZES**2 / (1 + seasons * SIZES**2)
    return weight @ effects, float(weight @ kept)


def alternating(wave: float) -> Numbers:
    """Give a table whose readings are so unlike their neighbours that each counts for one."""
    signs = np.where(np.arange(36).reshape(3, 12) % 2, -1.0, 1.0)
    lengths = np.abs(np.random.default_rng(4).normal(size=(3, 12)))
    signed = signs * np.array([1, -1, 1])[:, None] * lengths
    return signed + wave * np.sin(2 * np.pi * np.arange(12) / 12)


@pytest.mark.parametrize("wave", [0.0, 0.5, 1.0, 4.0])
def test_effects_and_share_are_those_of_bayes(wave: float) -> None:
    table = alternating(wave)
    effects, share = by_hand(table, fewer=1.0)
    found = season_of(table[None], phases(1))
    assert found.share[0] == pytest.approx(share, abs=1e-3)
    np.testing.assert_allclose(found.effects[0], effects, atol=2e-3)


def test_effects_are_none_together() -> None:
    table = tables(2.0)
    sums = season_of(table, phases(40)).effects.sum(axis=1)
    np.testing.assert_allclose(sums[untouched(table)], 0, atol=1e-9)
    # Where a phase lacks a reading it is drawn in more than the others.
    np.testing.assert_allclose(sums, 0, atol=0.3)


def test_noise_is_no_season_and_a_strong_one_is_believed() -> None:
    assert np.median(season_of(tables(0.0), phases(40)).share) < 0.15
    strong = season_of(tables(6.0), phases(40))
    assert strong.share.min() > 0.9
    wave = 6 * np.sin(2 * np.pi * np.arange(12) / 12)
    assert np.abs(strong.effects - wave).mean() < 0.7
    # What is unsure of an effect is about the variance of the mean of three readings.
    assert np.median(strong.variance) == pytest.approx(1 / 3, rel=0.25)


def test_a_slope_is_no_season() -> None:
    flat = tables(0.0)
    table = flat + 0.5 * np.arange(36).reshape(3, 12)
    rows = untouched(flat) & untouched(table)
    assert rows.sum() > 30
    found, expected = (season_of(each, phases(40)).effects[rows] for each in (table, flat))
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_a_phase_never_seen_has_no_effect_and_the_variance_of_the_prior() -> None:
    table = tables(6.0)
    table[:, :, 4] = np.nan
    found = season_of(table, phases(40))
    assert (found.effects[:, 4] == 0).all()
    # With a strong season the prior's sizes that stay are 3 and 8 sigma.
    assert (found.variance[:, 4] > 4).all()
    assert (found.variance[:, 4] < 80).all()
    others = np.delete(found.variance, 4, axis=1)
    assert (found.variance[:, 4] > 5 * others.max(axis=1)).all()


def test_a_second_year_tells_of_a_season_and_less_surely_than_a_third() -> None:
    table = tables(3.0, seasons=3)
    two, three = (season_of(table[:, -years:], phases(40)) for years in (2, 3))
    assert np.median(two.share) > 0.75
    assert np.median(two.share) < np.median(three.share)
    assert np.median(two.variance) > np.median(three.variance)


def test_one_wild_reading_is_no_season() -> None:
    table = tables(2.0)
    wild = table.copy()
    wild[:, 1, 3] = 1e4
    table[:, 1, 3] = np.nan
    np.testing.assert_allclose(
        season_of(wild, phases(40)).effects, season_of(table, phases(40)).effects
    )


def test_phases_that_others_have_change_nothing() -> None:
    table = tables(2.0)
    wider = np.full((40, 3, 20), np.nan)
    wider[:, :, :12] = table
    alone, beside = season_of(table, phases(40)), season_of(wider, phases(40))
    np.testing.assert_array_equal(beside.effects[:, :12], alone.effects)
    np.testing.assert_array_equal(beside.share, alone.share)


def scattered(share: float, spread: float, kpis: int = 200) -> Numbers:
    """Give four years of a level of 20 with a season, and noise of which a share grows with it."""
    random = np.random.default_rng(20200101)
    season = 20 * np.exp(spread * np.sin(2 * np.pi * np.arange(12) / 12))
    noise = np.where(random.random((kpis, 1, 1)) < share, season / 20, 1.0)
    return season + noise * random.normal(size=(kpis, 4, 12))


def test_noise_that_grows_with_its_phase_is_told() -> None:
    table = scattered(1.0, spread=1.5)
    squares = np.exp(3 * np.sin(2 * np.pi * np.arange(12) / 12))
    noise = season_of(table, phases(200)).noise
    np.testing.assert_allclose(
        np.median(noise, axis=0), squares / squares.mean(), rtol=0.1, atol=0.04
    )


@pytest.mark.parametrize("above", [0.0, 1e6])
def test_noise_that_is_alike_stays_alike(above: float) -> None:
    table = scattered(0.0, spread=1.5) - above
    noise = season_of(table, phases(200), np.full(200, above)).noise
    assert np.quantile(np.abs(noise - 1).max(axis=1), 0.9) < 0.3


def test_what_is_far_above_nothing_has_noise_alike() -> None:
    """A level of a million has months that are alike, and noise in proportion to them is too."""
    table = scattered(1.0, spread=1.5)
    noise = season_of(table, phases(200), np.full(200, 1e6)).noise
    np.testing.assert_allclose(noise, 1, atol=1e-3)


def test_effects_are_as_unsure_as_their_phase_scatters() -> None:
    table = scattered(1.0, spread=1.0)
    found, rows = season_of(table, phases(200)), untouched(table)
    assert rows.sum() > 50
    ratio = found.variance[rows, 3] / found.variance[rows, 9]
    wanted = found.noise[rows, 3] / found.noise[rows, 9]
    np.testing.assert_allclose(ratio, wanted, rtol=1e-3)
