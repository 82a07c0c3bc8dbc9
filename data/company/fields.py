"""Teams, people and cycles: their fields, in the order of the columns of their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.core.fields import Row
from data.core.problems import Unfit
from models import (
    Role,
    Weekday,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow(Row):
    """teams: a team and the one above it."""

    KEY = ("team",)

    team: str
    parent: str = ""
    check_in_day: Weekday = Weekday.MONDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Row):
    """people: a person, once for each team they are in."""

    KEY = ("person", "team")

    person: str
    email: str = ""
    team: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRow(Row):
    """cycles: a named span, both ends included."""

    KEY = ("cycle",)

    cycle: str
    starts_on: date
    ends_on: date

    def problems(self) -> Iterator[Unfit]:
        """Say whether it ends before it starts."""
        if self.ends_on < self.starts_on:
            remedy = "write an end that does not come before the start"
            yield Unfit(f"ends_on {self.ends_on} is before starts_on {self.starts_on}", remedy)
