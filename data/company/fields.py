"""Teams, people and cycles: what is declared of their fields, in the order of their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from data.core.cell_values import clock
from data.core.fields import Field, Row
from data.core.problems import ParseError
from models import Cycle, Membership, Person, Role, Team, Weekday

OF_TEAM = Field(
    "The team that the row belongs to, as it is called in teams.", column="team_id", names="team"
)
OF_CYCLE = Field("The cycle, as it is called in cycles.", column="cycle_id", names="cycle")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow(Row):
    """teams: a team and the one above it."""

    TABLE = Team
    KEY = ("team",)

    team: Annotated[str, Field("The name of the team.", column="name", names="team")]
    parent: Annotated[
        str,
        Field(
            "The team above it; empty at the top.",
            column="parent_id",
            names="team",
            label="Part of",
            told="parent team",
        ),
    ] = ""
    check_in_day: Annotated[
        Weekday,
        Field("The day of the team's weekly check-in.", label="Check-in day", told="check-in day"),
    ] = Weekday.MONDAY
    check_in_time: Annotated[
        str,
        Field(
            "The time at which it begins; empty where nobody said it.",
            label="At",
            told="check-in time",
            takes="a time, for example 09:30",
            parse=clock,
        ),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Row):
    """people: a person, once for each team they are in."""

    TABLE = Person
    KEY = ("person", "team")

    person: Annotated[
        str,
        Field(
            "The name of the person. Somebody in several teams has a row for each.",
            column="name",
            names="person",
        ),
    ]
    email: Annotated[
        str,
        Field("Their address, by which they are known when they sign in.", label="Address"),
    ] = ""
    team: Annotated[
        str,
        Field("A team that they are in.", kept_in=Membership, column="team_id", names="team"),
    ] = ""
    role: Annotated[
        Role | None,
        Field("What they may do in that team; a member where it is empty.", kept_in=Membership),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRow(Row):
    """cycles: a named span, both ends included."""

    TABLE = Cycle
    KEY = ("cycle",)

    cycle: Annotated[
        str,
        Field(
            "The name of the cycle, for example Q3 2026.",
            column="name",
            names="cycle",
        ),
    ]
    starts_on: Annotated[date, Field("Its first day.", label="Starts", told="starts")]
    ends_on: Annotated[
        date, Field("Its last day; not before the first.", label="Ends", told="ends")
    ]

    def problems(self) -> Iterator[ParseError]:
        """Say whether it ends before it starts."""
        if self.ends_on < self.starts_on:
            remedy = "write an end that does not come before the start"
            yield ParseError(f"ends_on {self.ends_on} is before starts_on {self.starts_on}", remedy)
