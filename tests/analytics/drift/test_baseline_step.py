"""A step inside the baseline: found where it is plain, its level that of after, none elsewhere."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift.baseline import Baseline, fit
from analytics.drift.baseline_step import (
    SHORTEST_PART,
    STEP_ODDS,
    STEP_SIZE,
    may_have_step,
    with_steps,
)
from analytics.drift.mixture import (
    FRESH,
    PERSISTENCE,
    quadratic_forms,
)

Numbers = NDArray[np.float64]

KPIS, SIZE = 60, 30
PERIODS = np.broadcast_to(np.arange(float(SIZE)), (KPIS, SIZE))
KNOWN = np.ones((KPIS, SIZE), dtype=np.bool_)


def noise() -> Numbers:
    return np.random.default_rng(20200101).normal(size=(KPIS, SIZE))


def stepped(step: float, at: int = 15) -> Numbers:
    return noise() + step * (np.arange(SIZE) >= at)


def fitted(values: Numbers) -> Baseline:
    rows = len(values)
    return fit(values.copy(), PERIODS[:rows], KNOWN[:rows])


def may(values: Numbers) -> NDArray[np.bool_]:
    rows = len(values)
    return may_have_step(values, KNOWN[:rows], np.full(rows, SIZE))


@pytest.mark.parametrize("step", [-6.0, 6.0])
@pytest.mark.parametrize("at", [10, 15, 22])
def test_the_level_is_that_after_the_step(step: float, at: int) -> None:
    baseline = fitted(stepped(step, at))
    after = noise()[:, at:].mean(axis=1) + step
    assert np.median(np.abs(baseline.level - after)) < 0.5
    assert np.median(baseline.sigma) == pytest.approx(1, abs=0.25)


def test_it_holds_since_the_last_reading_before_the_step() -> None:
    since = fitted(stepped(-6)).since
    assert np.median(since) == 14
    assert (np.abs(since - 14) <= 1).mean() > 0.9


def test_readings_without_a_step_have_one_level_since_ever() -> None:
    baseline = fitted(noise())
    assert (np.isneginf(baseline.since)).mean() > 0.9
    assert may(noise()).mean() < 0.2


def test_a_kpi_without_one_is_untouched_by_those_with_one_beside_it() -> None:
    values = stepped(-6)
    calm = np.flatnonzero(~may(noise()))[:20]
    values[calm] = noise()[calm]
    mixed, alone = fitted(values), fitted(noise())
    for name in ("level", "slope", "sigma", "level_variance", "noise", "since"):
        np.testing.assert_array_equal(getattr(mixed, name)[calm], getattr(alone, name)[calm], name)


def test_a_step_alone_is_that_among_others() -> None:
    values = stepped(-6)
    values[1:] = noise()[1:]
    several, few = fitted(values), fitted(values[:2])
    assert may(values)[0]
    for name in ("level", "slope", "sigma", "level_variance", "since"):
        assert getattr(several, name)[0] == getattr(few, name)[0], name


def test_where_one_is_plain_is_told_by_its_f() -> None:
    values = noise()[:1]
    splits = range(SHORTEST_PART, SIZE - SHORTEST_PART + 1)

    def ratio(row: Numbers) -> float:
        total = ((row - row.mean()) ** 2).sum()
        apart = [
            ((row[:at] - row[:at].mean()) ** 2).sum() + ((row[at:] - row[at:].mean()) ** 2).sum()
            for at in splits
        ]
        return float((total - min(apart)) / (min(apart) / (SIZE - 2)))

    for step in np.linspace(0, 4, 41):
        row = values + step * (np.arange(SIZE) >= 15)
        assert bool(may(row)[0]) == (ratio(row[0]) > 12)


@pytest.mark.parametrize("at", [1, SHORTEST_PART - 1, SIZE - SHORTEST_PART + 1, SIZE - 1])
def test_at_either_end_there_is_none(at: int) -> None:
    values = noise()[:1]
    known = KNOWN[:1]
    weight, follows = known.astype(np.float64), np.ones((1, SIZE - 1))
    times = PERIODS[:1] - SIZE + 1
    columns = weight, times, values
    forms = quadratic_forms(columns, weight, follows)
    _, factor = with_steps(forms, columns, known, follows, np.array([SIZE]))
    # Column 0 is that without a step, column n that of one after n readings.
    assert np.isneginf(factor[:, at, 0]).all()


@pytest.mark.parametrize("growing", [0.0, 0.05])
def test_forms_and_odds_of_a_step_are_those_of_a_column_in_the_covariance(growing: float) -> None:
    known, follows = KNOWN[:1], np.ones((1, SIZE - 1))
    # Readings that scatter less and less: all columns are those of readings evened out.
    even = 1 / (1 + growing * np.arange(SIZE)[None, ::-1])
    columns = even, even * (PERIODS[:1] - SIZE + 1), even * stepped(-3)[:1]
    forms = quadratic_forms(columns, known.astype(np.float64), follows)
    stepped_forms, factor = with_steps(forms, columns, known, follows, np.array([SIZE]))
    places = SIZE - 2 * SHORTEST_PART + 1
    assert np.exp(factor[:, 0, 0]) == pytest.approx(np.full(len(FRESH), 1 - STEP_ODDS))
    for after in (SHORTEST_PART, 15, SIZE - SHORTEST_PART):
        before = even[0] * (np.arange(SIZE) < after)
        for at, correlation in enumerate(PERSISTENCE):
            plain = correlation ** np.abs(PERIODS[0][:, None] - PERIODS[0])
            whole = plain + STEP_SIZE**2 * np.outer(before, before)
            inverse = np.linalg.inv(whole) * FRESH[at]
            for (i, j), form in stepped_forms.items():
                wanted = columns[i][0] @ inverse @ columns[j][0]
                assert form[at, after, 0] == pytest.approx(wanted)
            grown = np.linalg.slogdet(whole)[1] - np.linalg.slogdet(plain)[1]
            assert factor[at, after, 0] == pytest.approx(np.log(STEP_ODDS / places) - grown / 2)
