"""What changed on a cockpit since a check-in."""

from dataclasses import dataclass
from datetime import date

from data.meetings.views import Standing


@dataclass(frozen=True, slots=True)
class Moved:
    """How a KPI or a key result stood at the end of a check-in's day, and how it stands.

    Where it `is_share`, its values are shares of a way.
    """

    key: int
    before: Standing
    after: Standing
    unit: str
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class SinceCheckIn:
    """What is another than on the day of the last check-in, of what a cockpit shows."""

    day: date
    kpis: tuple[Moved, ...]
    key_results: tuple[Moved, ...]
