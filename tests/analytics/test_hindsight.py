"""What readings would have told, held against the replay and against series made by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift import replay
from analytics.hindsight import Hindsight, called_by_chance, hindsight, told_from

Numbers = NDArray[np.float64]
MONTHS, WEEKS = 12, 52


def told(
    values: Numbers,
    better: str = "higher",
    low: float = np.nan,
    high: float = np.nan,
    season: int = MONTHS,
) -> Hindsight:
    rows = np.atleast_2d(values)
    kpis = len(rows)
    return hindsight(
        rows,
        better=[better] * kpis,
        low=np.full(kpis, low),
        high=np.full(kpis, high),
        percent=[False] * kpis,
        season=season,
    )


def noise(*shape: int, seed: int = 4) -> Numbers:
    return np.random.default_rng(seed).normal(size=shape)


def fallen(at: int = 30, periods: int = 60, by: float = 6.0) -> Numbers:
    values = noise(periods)
    values[at:] -= by
    return values


def stretches(signals: Sequence[str]) -> list[tuple[int, int]]:
    """Give where alarms begin and end, one period after the other."""
    found: list[tuple[int, int]] = []
    begun = -1
    for at, signal in enumerate([*signals, "steady"]):
        stands = signal in ("drifting", "recovering")
        if stands and begun < 0:
            begun = at
        elif not stands and begun >= 0:
            found.append((begun, at if at < len(signals) else -1))
            begun = -1
    return found


@pytest.mark.parametrize(("season", "better"), [(MONTHS, "lower"), (WEEKS, "within")])
def test_drifts_are_those_of_the_replay(season: int, better: str) -> None:
    values = noise(40, 80)
    values[:20, 45:60] += 5
    values[noise(40, 80, seed=5) > 1.6] = np.nan
    found = told(values, better, season=season).drifts
    assert len(found.kpi) > 15
    expected = [
        (kpi, *stretch)
        for kpi, row in enumerate(replay(values, better=[better] * 40, season=season))
        for stretch in stretches(row.tolist())
    ]
    here = zip(found.kpi.tolist(), found.told.tolist(), found.ended.tolist(), strict=True)
    assert list(here) == expected
    # What is known after a period was known from the readings up to it.
    for kpi, at in zip(found.kpi.tolist(), found.told.tolist(), strict=True):
        assert replay(values[kpi, : at + 1], better=better, season=season)[-1] == "drifting"


def test_a_drift_is_told_before_the_range_is_left() -> None:
    values = noise(60)
    values[36:] -= 0.5 * np.arange(24)
    found = told(values, low=-9.0)
    (drift,) = found.drifts.told
    out = np.flatnonzero(values < -9)
    assert found.drifts.left.tolist() == [out[0]]
    assert drift < out[0]
    assert abs(int(found.drifts.onset[0]) - 36) <= 6
    assert not found.drifts.was_outside[0]
    assert found.outside.tolist() == [len(out)]


def test_a_range_that_is_never_left_or_was_left_before_is_told_so() -> None:
    assert told(fallen(), low=-50.0).drifts.left.tolist() == [-1]
    assert told(fallen()).drifts.left.tolist() == [-1]
    outside = told(fallen(), low=4.0).drifts
    assert (outside.was_outside.tolist(), outside.left.tolist()) == ([True], outside.onset.tolist())


def test_a_range_that_is_left_once_the_drift_is_over_is_not_left_by_it() -> None:
    values = fallen(30, 90, 4.0)
    values[42:] += 4
    ended = int(told(values).drifts.ended[0])
    assert 42 < ended < 88
    values[89] = -20
    assert told(values, low=-15.0).drifts.left.tolist() == [-1]


def test_single_readings_far_off_are_no_drift() -> None:
    values = noise(60)
    quiet = int(told(values).odd[0])
    values[[35, 48]] += [9, -9]
    found = told(values)
    assert len(found.drifts.kpi) == 0
    assert found.odd.tolist() == [quiet + 2]


def test_far_readings_of_a_drift_are_part_of_it() -> None:
    found = told(fallen())
    assert len(found.drifts.kpi) == 1
    assert found.odd.tolist() == told(fallen()[:30]).odd.tolist()


def test_nothing_is_called_drifting_before_it_can_be_told() -> None:
    assert (told_from(MONTHS), told_from(4), told_from(5), told_from(7)) == (24, 20, 20, 20)
    for season, first in ((MONTHS, 24), (7, 20)):
        # Of many that fall right after the first twelve some are told at that reading, none before.
        values = noise(200, 40)
        values[:, 12:] -= 6
        assert int(told(values, season=season).drifts.told.min()) + 1 == first
        assert told(values[:, : first - 1], season=season).judged.tolist() == [0] * 200
        assert told(values[:, :first], season=season).judged.tolist() == [1] * 200


def test_a_trend_goes_one_way_all_along() -> None:
    steadily = 0.2 * np.arange(48) + noise(48)
    late = np.where(np.arange(48) < 24, 0.0, 0.2 * np.arange(-24, 24)) + noise(48)
    pace = told(np.stack([steadily, -steadily, noise(48), late])).pace
    assert pace[:2] == pytest.approx([0.2, -0.2], abs=0.05)
    assert pace[2] == 0


def test_crossings_count_each_time_that_a_bound_is_passed() -> None:
    values = np.array([1, 3, np.nan, 3, 1, 1, 3, 1.0])
    found = told(values, low=2.0)
    assert (found.crossings.tolist(), found.outside.tolist()) == ([4], [4])
    assert told(values).crossings.tolist() == [0]


def test_what_is_usual_lies_within_the_possible() -> None:
    values = np.abs(noise(40)) + 0.1
    assert told(values).lower.tolist() == [0.0]


def test_chance_counts_readings_after_which_a_drift_could_be_told() -> None:
    assert called_by_chance(np.array([26, 52]), ["higher", "lower"]) == pytest.approx((0.12, 0.15))
    assert called_by_chance(np.array([26]), ["within"]) == pytest.approx((0.08, 0.1))
    assert called_by_chance(np.array([0]), ["higher"]) == (0, 0)


def test_a_kpi_without_a_reading_tells_nothing() -> None:
    found = told(np.full((2, 5), np.nan))
    assert (found.count.tolist(), found.judged.tolist(), found.odd.tolist()) == ([0, 0],) * 3
    assert found.pace.tolist() == [0, 0]
