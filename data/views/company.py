"""Teams, people and cycles, and what the search found."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team in the tree; `depth` is 0 at the root."""

    id: int
    name: str
    parent_id: int | None
    depth: int


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


@dataclass(frozen=True, slots=True)
class Found:
    """Something the search found, and the cockpit on which it stands."""

    kind: Literal["KPI", "team", "objective", "key result"]
    id: int
    name: str
    team: str
    cycle: str | None
