"""The forecasts that an outlook combines."""

from math import nan

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.forecast import smoothing
from analytics.forecast.smoothing import (
    damped_holt,
    mean_return,
    random_walk,
    staying,
    theta,
    walk_or_return,
)

pytestmark = pytest.mark.filterwarnings("error")

Numbers = NDArray[np.float64]

# Cobb 1978, The Problem of the Nile: annual flow at Aswan 1871-1900, 10^8 m³.
NILE = np.array(
    [
        *(1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020),
        *(960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840),
    ],
    dtype=np.float64,
)[None]

MODELS = [theta, damped_holt, random_walk, mean_return, walk_or_return]
every_model = pytest.mark.parametrize("model", MODELS)


@pytest.fixture
def half_a_tenth_nine_tenths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoothing, "HOLT_GRID", np.array([[0.5], [0.1], [0.9]]))


@pytest.mark.usefixtures("half_a_tenth_nine_tenths")
def test_damped_holt_is_that_of_statsmodels() -> None:
    # Holt(damped_trend=True) with alpha 0.5, beta* 0.1, phi 0.9, from 1120 and a slope of 0.
    published = [864.23718915, 846.56538448, 830.66076037, 816.34659867, 803.46385314]
    assert damped_holt(NILE, 5).mean[0] == pytest.approx(published)


@pytest.mark.usefixtures("half_a_tenth_nine_tenths")
def test_the_variance_of_damped_holt_grows_as_that_of_statsmodels() -> None:
    # ETSModel(error="add", trend="add", damped_trend=True), forecast variance over the first.
    published = [1.0, 1.29702500, 1.63983525, 2.02665705, 2.45536116]
    variance = damped_holt(NILE, 5).variance[0]
    assert variance / variance[0] == pytest.approx(published)


def test_theta_is_the_mean_of_line_and_smoothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # numpy's polyfit, and SimpleExpSmoothing of statsmodels on 2 · readings - line, alpha 0.3.
    published = [964.95787923, 963.62539869, 962.29291816, 960.96043762, 959.62795709]
    monkeypatch.setattr(smoothing, "THETA_GRID", np.array([0.3]))
    assert theta(NILE, 5).mean[0] == pytest.approx(published)


def test_a_random_walk_drifts_on() -> None:
    # 1120 to 840 in 29 steps, and the sample variance of the changes.
    model = random_walk(NILE, 5)
    variance = [35970.1681671, 74338.3475454, 115104.5381349, 158268.7399350, 203830.9529472]
    assert model.mean[0] == pytest.approx(840 - 280 / 29 * np.arange(1, 6))
    assert model.variance[0] == pytest.approx(variance)


def test_a_mean_return_decays_to_the_mean() -> None:
    # AutoReg(lags=1) of statsmodels gives 0.22746540; bias: (1 + 3 · 0.22746540) / 29.
    phi = 0.22746540 + (1 + 3 * 0.22746540) / 29
    middle = NILE.mean()
    expected = middle + phi ** np.arange(1, 6) * (840 - middle)
    assert mean_return(NILE, 5).mean[0] == pytest.approx(expected)


def test_the_test_of_a_return_is_that_of_statsmodels() -> None:
    # adfuller(maxlag=0, regression="c"): t -3.9281133, 5 % critical value -2.9678817.
    slope, error, pairs = smoothing._reversion(NILE)
    assert slope / error == pytest.approx(-3.92811326)
    assert pairs == 29
    assert walk_or_return(NILE, 3).mean == pytest.approx(mean_return(NILE, 3).mean)


def test_a_walk_is_not_taken_for_a_return() -> None:
    walks = np.cumsum(np.random.default_rng(4).normal(size=(500, 60)), axis=1)
    returned = walk_or_return(walks, 1).mean != random_walk(walks, 1).mean
    assert returned.mean() == pytest.approx(0.05, abs=0.03)


def test_a_level_is_known_to_return() -> None:
    noise = np.random.default_rng(5).normal(size=(200, 60))
    returned = walk_or_return(noise, 1).mean == mean_return(noise, 1).mean
    assert returned.mean() > 0.99


@every_model
def test_past_forecasts_are_those_of_the_same_parameters(model: object) -> None:
    # What would have been forecast after the last period is the forecast.
    forecast = model(NILE, 4)  # type: ignore[operator]
    steps = np.array([1, 2, 4])
    assert forecast.ahead(steps).shape == (1, 3, 30)
    last = forecast.ahead(np.arange(1, 5))[0, :, -1]
    np.testing.assert_allclose(last, forecast.mean[0])


@every_model
@pytest.mark.parametrize("values", [[nan] * 8, [3.0], [3.0, nan], [nan, nan, 3.0, nan, 4.0]])
def test_few_readings_do_no_harm(model: object, values: list[float]) -> None:
    forecast = model(np.array([values]), 3)  # type: ignore[operator]
    assert forecast.mean.shape == forecast.variance.shape == (1, 3)


@every_model
def test_a_constant_goes_on(model: object) -> None:
    forecast = model(np.full((2, 12), 7.0), 3)  # type: ignore[operator]
    assert forecast.mean == pytest.approx(np.full((2, 3), 7.0))
    assert forecast.variance == pytest.approx(np.zeros((2, 3)))


@every_model
def test_what_is_missing_at_first_does_not_matter(model: object) -> None:
    late = np.concatenate([np.full((1, 6), nan), NILE], axis=1)
    expected, found = model(NILE, 3), model(late, 3)  # type: ignore[operator]
    assert found.mean == pytest.approx(expected.mean)
    assert found.variance == pytest.approx(expected.variance)


def test_surprises_stay_in_a_walk_and_not_in_what_scatters() -> None:
    shocks = np.random.default_rng(21).normal(size=(100, 60))
    assert np.median(staying(shocks)) < 0.1
    assert np.median(staying(shocks + np.arange(60.0))) < 0.1
    assert np.median(staying(np.cumsum(shocks, axis=1))) > 0.8
