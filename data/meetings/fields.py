"""Check-ins of teams and their items: what is declared of them, in the order of their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Annotated

from data.company.fields import OF_TEAM
from data.core.cell_values import count
from data.core.fields import Field, Row
from data.core.problems import ParseError
from models import (
    AgendaReason,
    Confidence,
    DecisionKind,
    Health,
    ItemState,
    Meeting,
    MeetingItem,
    MeetingParticipant,
    Signal,
)

BEFORE = "{} at the check-in before."
AFTER = "{} when this one ended."
COUNTED = "a whole number from 0 to 9999"
MOST_PAUSED = 9_999_999
"""Seconds: a check-in may be left standing for weeks."""
VOTES = Field("How many were this confident, where there was a vote.", takes=COUNTED, parse=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(Row):
    """meetings: a check-in of a team that is over."""

    TABLE = Meeting
    KEY = ("team", "started_at")

    team: Annotated[str, OF_TEAM]
    started_at: Annotated[datetime, Field("The moment at which it started.")]
    ended_at: Annotated[
        datetime | None, Field("The moment at which it ended; empty while it is under way.")
    ] = None
    driver: Annotated[
        str,
        Field("Who led it, as they are called in people.", column="driver_id", names="person"),
    ] = ""
    present: Annotated[
        tuple[str, ...],
        Field(
            "Who was there, as they are called in people.",
            kept_in=MeetingParticipant,
            names="person",
            takes="names of people with ; between them",
        ),
    ] = ()

    paused_seconds: Annotated[
        int,
        Field(
            "For how many seconds it stood still.",
            takes=f"a whole number from 0 to {MOST_PAUSED}",
            parse=partial(count, most=MOST_PAUSED),
        ),
    ] = 0

    def problems(self) -> Iterator[ParseError]:
        """Say whether it ended before it started, or stood still for longer than it lasted."""
        if self.ended_at is None:
            return
        if self.ended_at < self.started_at:
            yield ParseError("ended_at is before started_at", "correct one of them")
        elif self.paused_seconds > (self.ended_at - self.started_at).total_seconds() + 1:
            yield ParseError("paused_seconds is longer than it lasted", "correct one of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingItemRow(Row):
    """meeting_items: what a check-in looked at, and what was said of it."""

    TABLE = MeetingItem
    KEY = ("team", "started_at", "position")

    team: Annotated[str, OF_TEAM]
    started_at: Annotated[datetime, Field("The moment at which its check-in started.")]
    position: Annotated[
        int, Field("Its place on the agenda, from 0 on.", takes=COUNTED, parse=count)
    ]
    reason: Annotated[AgendaReason, Field("Why it was on the agenda.")]
    kpi: Annotated[
        str,
        Field(
            "The KPI that was looked at; another team's as Team / KPI.",
            column="kpi_id",
            names="kpi",
        ),
    ] = ""
    cycle: Annotated[
        str, Field("The cycle of the objective.", column="cycle_id", names="cycle")
    ] = ""
    objective: Annotated[
        str,
        Field(
            "The objective whose key result or guardrail was looked at; another team's as "
            "Team / Objective.",
            column="objective_id",
            names="objective",
        ),
    ] = ""
    key_result: Annotated[
        str,
        Field(
            "The key result of that objective that was looked at.",
            column="key_result_id",
            names="key_result",
        ),
    ] = ""
    action: Annotated[
        str,
        Field(
            "The action that was looked at, as it is called in actions.",
            column="action_id",
            names="action",
        ),
    ] = ""
    agreed_on: Annotated[
        date | None, Field("The day on which that action was agreed.", column="action_agreed_on")
    ] = None
    state: Annotated[ItemState, Field("What became of it.")] = ItemState.DONE
    said: Annotated[
        str, Field("What was said of it.", label="What was said", own_words=True, long=True)
    ] = ""
    seconds: Annotated[
        int, Field("For how many seconds it was shown.", takes=COUNTED, parse=count)
    ] = 0
    value_before: Annotated[float | None, Field(BEFORE.format("Its value"))] = None
    value_after: Annotated[float | None, Field(AFTER.format("Its value"))] = None
    health_before: Annotated[Health | None, Field(BEFORE.format("Its health"))] = None
    health_after: Annotated[Health | None, Field(AFTER.format("Its health"))] = None
    signal_before: Annotated[Signal | None, Field(BEFORE.format("Its signal"))] = None
    signal_after: Annotated[Signal | None, Field(AFTER.format("Its signal"))] = None
    confidence_before: Annotated[Confidence | None, Field(BEFORE.format("Its confidence"))] = None
    confidence_after: Annotated[Confidence | None, Field(AFTER.format("Its confidence"))] = None
    chance_before: Annotated[float | None, Field(BEFORE.format("Its chance, from 0 to 1,"))] = None
    chance_after: Annotated[float | None, Field(AFTER.format("Its chance, from 0 to 1,"))] = None
    decided: Annotated[
        DecisionKind | None, Field("What was decided, as the kind of a row in decisions.")
    ] = None
    decided_on: Annotated[date | None, Field("The date of that decision.")] = None
    sure: Annotated[int | None, VOTES] = None
    likely: Annotated[int | None, VOTES] = None
    unsure: Annotated[int | None, VOTES] = None
    doubtful: Annotated[int | None, VOTES] = None

    def problems(self) -> Iterator[ParseError]:
        """Say whether it says too little of what it is about."""
        if self.key_result and not self.objective:
            yield ParseError("a key result without its objective", "fill in objective")
        if self.objective and not self.cycle:
            yield ParseError("an objective without its cycle", "fill in cycle")
