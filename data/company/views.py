"""Teams, people and cycles, and what the search found."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models import Role, Weekday


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team in the tree; `depth` is 0 at the root."""

    id: int
    name: str
    parent_id: int | None
    depth: int
    check_in_day: Weekday = Weekday.MONDAY
    check_in_time: str = ""


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who may be picked as the one who is here."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CycleView:
    """A cycle seen from a day: week `week` of `weeks`, `elapsed` from 0 to 1."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    week: int
    weeks: int
    elapsed: float


class NextCycle(NamedTuple):
    """A cycle that could be added after the others."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class TeamSetting:
    """A team with the one above it and how many KPIs it has."""

    id: int
    name: str
    parent: str
    check_in_day: Weekday
    kpis: int
    check_in_time: str = ""


@dataclass(frozen=True, slots=True)
class PersonSetting:
    """A person with the role in the team looked at, and those in other teams."""

    id: int
    name: str
    email: str
    role: Role | None
    elsewhere: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class Erasable:
    """Somebody who is kept by name, listed or archived."""

    id: int
    name: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class CycleSetting:
    """A cycle with how many objectives it has."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    objectives: int
