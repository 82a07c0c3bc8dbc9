"""Trusts rerouted at their first drift: who is, and what would certify one."""

import numpy as np

from analytics.drift import trace
from bench.four_hour import FOLDER, monthly
from bench.four_hour_recovery import NEVER, Course, course, recoveries

LOW = 45.0
CALM = [50.0, 50.6, 49.5, 50.3, 49.7, 50.1]


def told(*later: float) -> Course | None:
    """Tell of a KPI of two steady years that falls for ten months, and what it was `later`."""
    values = np.array([*CALM * 4, *[40.0, 40.5] * 5, *later])
    return course(values, trace(values[None], better="higher"), 0, LOW)


def test_one_that_never_drifts_is_not_rerouted() -> None:
    values = np.array(CALM * 6)
    assert course(values, trace(values[None], better="higher"), 0, LOW) is None


def test_one_that_stays_away_is_never_certified() -> None:
    found = told(*[40.0] * 6)
    assert found is not None
    assert (found.certified, found.relapsed) == (NEVER, NEVER)
    assert 24 < found.opened < 34


def test_one_that_is_back_is_certified_after_six_months_without_a_drift() -> None:
    found = told(*CALM * 2)
    assert found is not None
    # It is called drifting until the months that were bad have left the window.
    assert 34 + 5 <= found.certified < 34 + 12
    assert told(*CALM[:5]).certified == NEVER  # type: ignore[union-attr]


def test_one_that_leaves_its_range_twice_in_a_row_relapses() -> None:
    found = told(*CALM * 2, 40.0, 40.0)
    assert found is not None
    assert found.relapsed == 34 + 12 + 1


def test_each_trust_that_ever_drifts_is_rerouted_once() -> None:
    teams, values = monthly(FOLDER)
    facts = trace(values, better="higher", season=12)
    trusts = [row for row, team in enumerate(teams) if team != "England"]
    drifted = (facts.signal[trusts] == "drifting").any(axis=1).sum()
    for row in recoveries(FOLDER).rows:
        assert int(row[1]) == drifted
        assert int(row[3]) <= int(row[1])
