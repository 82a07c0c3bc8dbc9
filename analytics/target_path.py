"""The way of a key result by targets on it: how far it should be on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Waypoint(NamedTuple):
    """A day by whose end a share of the way should be done."""

    day: date
    share: float


def expected_share(before: Waypoint, ahead: Waypoint, day: date) -> float:
    """Return the share of the way that should be done at the end of a day, 0..1.

    It grows evenly from the waypoint behind to the one ahead; before the first and after the last
    it stays there. The start of a cycle is a waypoint on the day before it, with a share of 0.
    """
    span = (ahead.day - before.day).days
    gone = min(max((day - before.day).days, 0), span)
    share = ahead.share if span <= 0 else before.share + (ahead.share - before.share) * gone / span
    return min(max(share, 0.0), 1.0)
