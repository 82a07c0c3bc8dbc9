"""What changed since a check-in, in words: the state first, nothing of what stayed."""

from datetime import date

import pytest

from components.cockpit import change_words
from data.meetings.views import Standing
from data.screens.views.since_check_in import Moved, SinceCheckIn
from models import Confidence, Health, Signal

DAY, TODAY = date(2026, 11, 17), date(2026, 11, 24)
IN, OUT = Health.IN_RANGE, Health.OUT_OF_RANGE


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Standing(62.0, OUT), Standing(70.0, IN), "out of range → in range · 62 → 70 %"),
        (Standing(62.0, IN), Standing(70.0, IN), "62 → 70 %"),
        (
            Standing(62.0, IN, Signal.STEADY),
            Standing(62.0, IN, Signal.DRIFTING),
            "in range → in range, drifting",
        ),
        (Standing(None, Health.NO_DATA), Standing(70.0, IN), "no data → in range · – → 70 %"),
        (Standing(62.0, IN), Standing(62.0, IN), ""),
        (
            Standing(62.0, confidence=Confidence.SURE),
            Standing(62.0, confidence=Confidence.UNSURE),
            "sure → unsure",
        ),
        (Standing(62.0), Standing(62.0, confidence=Confidence.UNSURE), ""),
    ],
)
def test_what_moved_is_said_from_what_to_what(before: Standing, after: Standing, said: str) -> None:
    told = plain(change_words.moved(Moved(1, before, after, "%")))
    assert told.replace("—", "–") == said


def test_a_share_of_a_way_is_said_in_per_cent() -> None:
    steps = Moved(1, Standing(0.25), Standing(0.5), "", is_share=True)
    assert plain(change_words.moved(steps)) == "25 % → 50 %"


def test_each_is_marked_with_the_day_and_counted() -> None:
    rows = (
        Moved(1, Standing(1.0), Standing(2.0), ""),
        Moved(2, Standing(1.0), Standing(1.0), ""),
    )
    found = SinceCheckIn(DAY, rows, ())
    assert change_words.payload(found, rows, TODAY) == {"1": "since 17\u00a0Nov: 1 → 2"}
    assert plain(change_words.marked(found, TODAY)) == (
        "1 thing changed since the check-in of 17 Nov, marked below."
    )
    nothing = SinceCheckIn(DAY, rows[1:], ())
    assert plain(change_words.marked(nothing, TODAY)) == (
        "Nothing here changed since the check-in of 17 Nov."
    )
    assert change_words.payload(None, (), TODAY) is None
    assert change_words.marked(None, TODAY) == change_words.NO_CHECK_IN
