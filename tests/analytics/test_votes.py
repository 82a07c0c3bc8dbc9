"""The median of a vote, against a sorted list of all who voted."""

from collections.abc import Sequence
from itertools import product

import pytest

from analytics.votes import middle


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ((1, 0, 0, 0), 0),
        ((2, 1, 0, 0), 0),
        ((1, 1, 1, 0), 1),
        # Of two in the middle the more careful one.
        ((1, 0, 0, 1), 3),
        ((2, 0, 2, 0), 2),
        ((0, 0, 0, 0), None),
        ((), None),
    ],
)
def test_it_is_what_the_one_in_the_middle_said(counts: Sequence[int], place: int | None) -> None:
    assert middle(counts) == place


def test_it_is_the_upper_median_of_all_votes_in_a_row() -> None:
    for counts in product(range(4), repeat=4):
        row = [place for place, count in enumerate(counts) for _ in range(count)]
        assert middle(counts) == (row[len(row) // 2] if row else None)
