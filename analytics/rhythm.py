"""How a team's check-ins go: how long they take, and whether people come prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

FEWEST = 3
"""Of fewer check-ins nothing is told: two make no habit."""


@dataclass(frozen=True, slots=True)
class Held:
    """A check-in: how many seconds it took, and of how many key results so many had news."""

    seconds: float
    key_results: int
    updated: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the last `meetings` went: their median length, and what was done of what was due.

    `updated` of the `key_results` had news before the check-in, counted at each; `on_time` of the
    `due` actions were done by their day. Seconds are None where no length is known.
    """

    meetings: int
    seconds: float | None
    key_results: int
    updated: int
    due: int
    on_time: int


def rhythm(held: Sequence[Held], *, due: int, on_time: int) -> Rhythm | None:
    """Tell how some check-ins went; None of too few. One of no length has none that is known."""
    if len(held) < FEWEST:
        return None
    lengths = [each.seconds for each in held if each.seconds > 0]
    return Rhythm(
        len(held),
        median(lengths) if lengths else None,
        sum(each.key_results for each in held),
        sum(each.updated for each in held),
        due,
        on_time,
    )
