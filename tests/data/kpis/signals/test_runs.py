"""What was known of a KPI when, in stretches in which readings were only ever added."""

from collections.abc import Sequence
from math import nan

import numpy as np
import pytest

from data.kpis.signals.runs import MOST_PERIODS, Run, Shown, runs_of
from data.kpis.signals.series import NEVER, Decided, KpiDecisions, KpiReadings

Said = tuple[int, float, int]
"""The number of a period, its value, and when that was known."""


def readings(*said: Said) -> KpiReadings:
    numbers, values, known = (np.array(column) for column in zip(*said, strict=True))
    versions = np.arange(1, len(said) + 1)
    return KpiReadings(1, numbers, values.astype(np.float64), known, versions)


def told(runs: Sequence[Run]) -> list[tuple[list[float], list[Shown]]]:
    return [(run.values.tolist(), list(run.shown)) for run in runs]


def runs(
    *said: Said,
    rebased: Sequence[Decided] = (),
    dismissed: Sequence[Decided] = (),
    since: int | None = None,
) -> tuple[list[Run], list[Shown]]:
    return runs_of(readings(*said), KpiDecisions(rebased, dismissed), since)


def test_readings_that_follow_each_other_are_one_run() -> None:
    found, silent = runs((5, 1.0, 10), (6, 2.0, 20), (8, 3.0, 30))
    assert told(found) == [([1.0, 2.0, 3.0], [Shown(10, 5), Shown(20, 6), Shown(30, 8)])]
    assert (found[0].start, found[0].is_present, silent) == (5, True, [])


def test_of_what_is_known_at_once_the_last_is_shown() -> None:
    found, _ = runs((5, 1.0, 10), (6, 2.0, 10), (7, 3.0, 20))
    assert told(found) == [([1.0, 2.0, 3.0], [Shown(10, 6), Shown(20, 7)])]


def test_a_correction_of_an_older_period_begins_another_run() -> None:
    found, _ = runs((5, 1.0, 10), (6, 2.0, 20), (5, 9.0, 25), (7, 3.0, 30))
    assert told(found) == [
        ([1.0, 2.0], [Shown(10, 5), Shown(20, 6)]),
        ([9.0, 2.0, 3.0], [Shown(25, 6), Shown(30, 7)]),
    ]
    assert [run.is_present for run in found] == [False, True]
    assert found[1].first_known == {5: 10, 6: 20, 7: 30}


def test_only_what_is_shown_since_is_given() -> None:
    said = ((5, 1.0, 10), (6, 2.0, 20), (5, 9.0, 25), (7, 3.0, 30))
    found, _ = runs(*said, since=25)
    assert told(found) == [([9.0, 2.0, 3.0], [Shown(25, 6), Shown(30, 7)])]
    # Nothing was said at that moment: what stands is shown anew.
    found, _ = runs(*said[:2], since=22)
    assert told(found) == [([1.0, 2.0], [Shown(22, 6)])]


def test_a_reading_that_is_taken_back_is_none() -> None:
    found, silent = runs((5, 1.0, 10), (6, 2.0, 20), (6, nan, 25))
    assert told(found)[-1] == ([1.0], [Shown(25, 5)])
    assert silent == []
    found, silent = runs((5, 1.0, 10), (5, nan, 25))
    assert told(found) == [([1.0], [Shown(10, 5)])]
    assert silent == [Shown(25, None)]


def test_a_new_normal_waits_for_its_period() -> None:
    said = ((5, 1.0, 10), (6, 2.0, 20), (8, 3.0, 30))
    found, _ = runs(*said, rebased=[Decided(7, 25, NEVER, 9)])
    assert told(found) == [
        ([1.0, 2.0, 3.0], [Shown(10, 5), Shown(20, 6), Shown(25, 6, pending=True), Shown(30, 8)])
    ]
    assert found[0].begun == [7]


def test_a_new_normal_of_the_past_begins_another_run_and_ends_with_it() -> None:
    said = ((5, 1.0, 10), (6, 2.0, 20))
    found, _ = runs(*said, rebased=[Decided(6, 25, 28, 9)])
    assert [(list(run.begun), list(run.shown)) for run in found] == [
        ([], [Shown(10, 5), Shown(20, 6)]),
        ([6], [Shown(25, 6)]),
        ([], [Shown(28, 6)]),
    ]


def test_a_dismissal_speaks_of_the_reading_that_stood() -> None:
    said = ((5, 1.0, 10), (6, 99.0, 20), (6, 2.0, 30))
    found, _ = runs(*said, dismissed=[Decided(6, 25, NEVER, 2)])
    assert told(found)[-2:] == [([1.0], [Shown(25, 6)]), ([1.0, 2.0], [Shown(30, 6)])]


@pytest.mark.parametrize("more", [0, 1])
def test_beyond_so_many_periods_signals_begin_later(more: int) -> None:
    last = MOST_PERIODS + more
    found, _ = runs((1, 1.0, 10), (2, 2.0, 20), (last, 3.0, 30))
    assert [run.start for run in found] == [1, 1 + 1_000][: 1 + more]
