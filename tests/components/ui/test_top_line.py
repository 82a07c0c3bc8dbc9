"""The top line says how far the cycle has gone."""

from datetime import date

import pytest

from components.ui.formatting import FIXED
from components.ui.top_line import how_far
from data.company.views import CycleView

TODAY = date(2026, 11, 22)
QUARTER = CycleView(1, "Q4 2026", date(2026, 10, 1), date(2026, 12, 31), 8, 13, 0.57)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 9, 30), f"begins 1{FIXED}Oct"),
        (date(2026, 10, 1), "week 8 of 13"),
        (date(2026, 12, 31), "week 8 of 13"),
        (date(2027, 1, 1), f"ended 31{FIXED}Dec"),
    ],
)
def test_a_cycle_begins_goes_on_and_has_ended(day: date, said: str) -> None:
    assert how_far(QUARTER, day, TODAY) == said
