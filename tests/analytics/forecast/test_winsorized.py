"""Readings far from all around them are winsorized, and nothing else."""

from math import nan

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.forecast import outlook
from analytics.forecast.winsorized import winsorized

pytestmark = pytest.mark.filterwarnings("error")

Numbers = NDArray[np.float64]


def scatter(seed: int = 0) -> Numbers:
    return np.random.default_rng(seed).normal(100, 5, 52)


@pytest.mark.parametrize("wrong", [[1e6], [1e6, 1e6], [-1e6]])
@pytest.mark.parametrize("at", [3, 32, 48])
def test_an_old_outlier_does_not_spoil_the_outlook(wrong: list[float], at: int) -> None:
    values = scatter()
    values[at : at + len(wrong)] = wrong
    ahead = outlook(values, 13)
    assert ahead.mean == pytest.approx(np.full(13, 100.0), abs=12)
    assert ahead.sd.max() < 20
    others = np.delete(np.arange(52), np.arange(at, at + len(wrong)))
    np.testing.assert_array_equal(winsorized(values[None])[0, others], values[others])


@pytest.mark.parametrize(
    "values",
    [
        np.concatenate([scatter()[:30], scatter(1)[:22] + 500]),
        np.append(scatter(), 1e6),
        scatter() + 50 * np.arange(52),
        np.where(np.arange(52) % 12 == 11, 400, scatter()),
        np.where(np.arange(52) % 9 == 0, 5.0, 0.0),
        np.full(9, 7.5),
        np.array([1.0, nan, 50.0, nan, 1.0]),
        np.array([nan]),
        np.array([]),
    ],
    ids=[
        "new level",
        "latest",
        "trend",
        "season",
        "events",
        "constant",
        "gaps",
        "one",
        "none",
    ],
)
def test_what_may_be_real_is_kept(values: Numbers) -> None:
    table = values[None]
    np.testing.assert_array_equal(winsorized(table), table)
