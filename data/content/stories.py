"""How the sample's numbers come about, when they are entered, and what is said of them.

Readings count backwards from the period that is due: reading 0 is that one, reading 5 the one
five periods before. So the story is the same on whatever day it is told.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from data.core.toml_file import Content
from models import Confidence

REMEMBERED = timedelta(weeks=6)
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Content):
    """A change of level: it shows in the last `since` readings and is whole after `over`."""

    since: int
    by: float
    over: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Content):
    """A reading with a story: a note, a value of its own, or one that was first typed wrongly."""

    ago: int
    note: str = ""
    value: float | None = None
    first_typed: float | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiStory(Content):
    """How a KPI's readings came about, rounded to `places` as people type them.

    One that is driven by others follows from them and has no level. With `share_of` the values
    are a share of another KPI's. `silent` periods at the end and those in `gaps` have no reading.
    """

    level: float = 0
    noise: float = 0
    places: int = 0
    count: int | None = None
    ceiling: float = float("inf")
    season: tuple[float, ...] = ()
    shifts: tuple[Shift, ...] = ()
    marks: tuple[Mark, ...] = ()
    gaps: tuple[int, ...] = ()
    silent: int = 0
    share_of: str = ""


class Course(StrEnum):
    """How a key result gets along."""

    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    UNCHANGED = "unchanged"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Content):
    """What was said at a check-in."""

    confidence: Confidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultStory(Content):
    """How a key result gets along, and what was said at its last check-ins, the newest last.

    Before those the confidence was that of the first. Values are rounded to `places`. The last
    `missed` check-in days went by without a word.
    """

    course: Course = Course.ON_PACE
    places: int = 0
    missed: int = 0
    check_ins: tuple[Said, ...] = ()


def entered(day: date, today: date, *, turn: int) -> datetime | None:
    """Return when a number of that day was entered, None for older history.

    None as well for what would be entered today: at midnight, and in zones ahead of UTC, a
    moment of today is still to come.
    """
    is_remembered = today - REMEMBERED <= _working_day(day) < today
    return working_hour(day, turn=turn) if is_remembered else None


def working_hour(day: date, *, turn: int) -> datetime:
    """Return an early hour on that day, on Monday for a weekend; `turn` varies the minute."""
    return datetime.combine(_working_day(day), time(7 + turn % 3, turn * 17 % 60), UTC)


def _working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
