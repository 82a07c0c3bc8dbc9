"""When a guardrail broke: each case worked out by hand."""

import numpy as np
import pytest

from analytics.guardrail import breaches

NONE = float("nan")


def broke(
    values: list[float], signals: str = "", *, first: int = 0, last: int = 99, periods: int = 3
) -> tuple[int, int, bool]:
    """Tell of one KPI that is to stay up to 10."""
    found = breaches(
        np.array([values], float),
        np.array([NONE]),
        np.array([10.0]),
        np.array([list((signals or "s" * len(values)).ljust(len(values)))]),
        (np.array([first]), np.array([last])),
        np.array([periods]),
    )
    return int(found.began[0]), int(found.mended[0]), bool(found.drifted[0])


@pytest.mark.parametrize(
    ("values", "signals", "expected"),
    [
        ([9, 9, 9, 9], "", (-1, -1, False)),
        ([9, 11, 9, 9], "", (1, -1, False)),
        ([9, 11, 12, 11], "", (1, -1, False)),
        # In range for three in a row: it is steady again from the third on.
        ([9, 11, 9, 9, 9], "", (1, 4, False)),
        ([9, 11, 9, NONE, 9, 9], "", (1, -1, False)),
        ([9, 9, 9, 9], "ssdd", (2, -1, True)),
        # An alarm that stands is not steady, however long it is back.
        ([9, 9, 9, 9, 9, 9], "sdrrrr", (1, -1, True)),
        ([9, 9, 9, 9, 9, 9], "sdrrrs", (1, 5, True)),
        # What stands now counts, not what ended before.
        ([9, 11, 9, 9, 9, 12], "", (5, -1, False)),
        ([11, 11, 11], "", (-1, -1, False)),
        ([9, NONE, 11], "", (2, -1, False)),
        ([9, 9, 9], "   ", (-1, -1, False)),
    ],
)
def test_it_breaks_where_it_drifts_or_leaves_its_range_until_it_is_steady(
    values: list[float], signals: str, expected: tuple[int, int, bool]
) -> None:
    assert broke(values, signals) == expected


def test_what_was_so_before_did_not_begin() -> None:
    assert broke([9, 11, 11, 11], first=2) == (-1, -1, False)
    assert broke([9, 9, 9, 9], "sddd", first=2) == (-1, -1, False)
    assert broke([9, 11, 9, 11], first=2) == (3, -1, False)


def test_what_comes_after_the_span_is_not_counted() -> None:
    assert broke([9, 9, 9, 11], last=2) == (-1, -1, False)
    assert broke([9, 11, 9, 9, 9], last=3) == (1, -1, False)


def test_many_are_told_at_once() -> None:
    found = breaches(
        np.array([[9.0, 11, 9, 9], [1, 5, 5, 5]]),
        np.array([NONE, 3.0]),
        np.array([10.0, NONE]),
        np.array([list("ssss"), list("ssds")]),
        (np.array([0, 0]), np.array([3, 3])),
        np.array([2, 9]),
    )
    assert found.began.tolist() == [1, 2]
    assert found.mended.tolist() == [3, -1]
    assert found.drifted.tolist() == [False, True]
