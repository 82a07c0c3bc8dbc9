"""How far a key result should be by the targets on its way, worked out by hand."""

from datetime import date

import pytest

from analytics.target_path import Waypoint, expected_share

START = Waypoint(date(2026, 3, 31), 0.0)
HALF = Waypoint(date(2026, 4, 30), 0.2)
END = Waypoint(date(2026, 6, 30), 1.0)


@pytest.mark.parametrize(
    ("before", "ahead", "day", "share"),
    [
        (START, HALF, date(2026, 3, 31), 0.0),
        (START, HALF, date(2026, 4, 15), 0.1),
        (START, HALF, date(2026, 4, 30), 0.2),
        (HALF, END, date(2026, 4, 30), 0.2),
        # 31 of the 61 days from the end of April to that of June.
        (HALF, END, date(2026, 5, 31), 0.2 + 0.8 * 31 / 61),
        (HALF, END, date(2026, 6, 30), 1.0),
        (HALF, END, date(2026, 7, 9), 1.0),
        (HALF, END, date(2026, 4, 1), 0.2),
        (HALF, HALF, date(2026, 4, 30), 0.2),
        # A target beyond the last one asks for no more than all of it.
        (START, Waypoint(date(2026, 4, 30), 1.4), date(2026, 4, 30), 1.0),
    ],
)
def test_it_grows_evenly_from_one_to_the_next(
    before: Waypoint, ahead: Waypoint, day: date, share: float
) -> None:
    assert expected_share(before, ahead, day) == pytest.approx(share)
