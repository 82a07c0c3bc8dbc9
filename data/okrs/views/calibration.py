"""How often chances came true that people and Milepost gave."""

from dataclasses import dataclass

from analytics.calibration import FEWEST as FEWEST
from analytics.calibration import Reliability


@dataclass(frozen=True, slots=True)
class Account:
    """Chances of one kind over cycles: how many there are, and how they fit what happened.

    `brier` is None and there are no `points` where there are too few of them.
    """

    count: int
    brier: float | None
    points: tuple[Reliability, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What people and Milepost said half way through cycles that are over, and what happened.

    `cycles` names them, the newest first; `reached` of all `key_results` got there. Those that
    were there already half way are none of them.
    """

    team: str
    cycles: tuple[str, ...]
    key_results: int
    reached: int
    people: Account
    milepost: Account
