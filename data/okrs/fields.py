"""Objectives and key results: what is declared of their fields, in the order of their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from data.company.fields import OF_CYCLE, OF_TEAM
from data.core.fields import NOTE, RECORDED_AT, RECORDED_BY, UNIT, Field, Row, owner_in
from data.core.problems import ParseError
from data.core.typed_text import number
from models import (
    Alignment,
    Ambition,
    CheckIn,
    Confidence,
    Guardrail,
    KeyResult,
    KeyResultKind,
    KeyResultScore,
    KeyResultTerms,
    Learning,
    Milestone,
    NextStep,
    Objective,
    ObjectiveState,
    ObjectiveTerms,
    Scope,
    TargetStep,
)

OF_OBJECTIVE = Field(
    "The objective of that team in that cycle, as it is called in objectives.",
    column="objective_id",
    names="objective",
)
OF_KEY_RESULT = Field(
    "The key result, as it is called in key_results.", column="key_result_id", names="key_result"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow(Row):
    """objectives: an objective of a team in a cycle."""

    TABLE = Objective
    KEY = ("cycle", "team", "objective")

    cycle: Annotated[str, OF_CYCLE]
    team: Annotated[str, OF_TEAM]
    objective: Annotated[
        str,
        Field("What is to be achieved, in words.", column="name", names="objective", label="Name"),
    ]
    scope: Annotated[Scope, Field("Whose objective it is.", label="Whose")] = Scope.TEAM
    ambition: Annotated[
        Ambition,
        Field(
            "committed: all of it is expected; aspirational: 70 % is a success.",
            kept_in=ObjectiveTerms,
        ),
    ] = Ambition.ASPIRATIONAL
    owner: Annotated[str, owner_in(ObjectiveTerms)] = ""
    supports: Annotated[
        tuple[str, ...],
        Field(
            "The objectives that it serves; another team's as Team / Objective.",
            kept_in=Alignment,
            column="supports_id",
            names="objective",
            told="supports",
        ),
    ] = ()
    guardrails: Annotated[
        tuple[str, ...],
        Field(
            "The KPIs that it must not break; another team's as Team / KPI.",
            kept_in=Guardrail,
            column="kpi_id",
            names="kpi",
        ),
    ] = ()
    state: Annotated[
        ObjectiveState | None,
        Field(
            "Where it stands. Left blank, a new one is a draft until its cycle has begun, then "
            "active; one that is here stays as it is.",
            kept_in=ObjectiveTerms,
        ),
    ] = None
    origin_kpi: Annotated[
        str,
        Field(
            "The drifting KPI from which it came.",
            column="origin_kpi_id",
            names="kpi",
            told="because of",
        ),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultRow(Row):
    """key_results: a key result of an objective."""

    TABLE = KeyResult
    KEY = ("cycle", "team", "objective", "key_result")
    PARTS: ClassVar = {"steps": Milestone}

    cycle: Annotated[str, OF_CYCLE]
    team: Annotated[str, OF_TEAM]
    objective: Annotated[str, OF_OBJECTIVE]
    key_result: Annotated[
        str,
        Field("What is to be reached, in words.", column="name", names="key_result", label="Name"),
    ]
    kind: Annotated[
        KeyResultKind,
        Field(
            "metric needs start and target, hold needs kpi and hold_periods, "
            "milestone needs rows in milestones; only those of a draft may lack them."
        ),
    ] = KeyResultKind.METRIC
    unit: Annotated[str, UNIT] = ""
    start: Annotated[
        float | None,
        Field("Where a metric begins.", kept_in=KeyResultTerms, label="From", measured=True),
    ] = None
    target: Annotated[
        float | None,
        Field("Where a metric shall end.", kept_in=KeyResultTerms, label="To", measured=True),
    ] = None
    weight: Annotated[
        float,
        Field(
            "How much it counts among its objective's key results.",
            kept_in=KeyResultTerms,
            above_zero=True,
        ),
    ] = 1.0
    hold_periods: Annotated[
        int | None,
        Field(
            "For how many periods a hold keeps its KPI steady.",
            kept_in=KeyResultTerms,
            label="Periods to hold",
            told="periods to hold",
        ),
    ] = None
    kpi: Annotated[
        str,
        Field(
            "The KPI that feeds it; another team's as Team / KPI.",
            column="kpi_id",
            names="kpi",
            label="Fed by KPI",
            told="fed by",
        ),
    ] = ""
    owner: Annotated[str, owner_in(KeyResultTerms)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow(Row):
    """milestones: a step of a key result."""

    TABLE = Milestone
    KEY = ("cycle", "team", "objective", "key_result", "step")

    cycle: Annotated[str, OF_CYCLE]
    team: Annotated[str, OF_TEAM]
    objective: Annotated[str, OF_OBJECTIVE]
    key_result: Annotated[str, OF_KEY_RESULT]
    step: Annotated[str, Field("The name of the step.", names="step", own_words=True)]
    share: Annotated[
        float,
        Field("How much of the key result the step is, for example 0.25.", above_zero=True),
    ]
    done_on: Annotated[
        date | None, Field("The day on which it was done; empty until then.", told="done")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Row):
    """targets: how far a key result is to be by a day on its way."""

    TABLE = TargetStep
    KEY = ("cycle", "team", "objective", "key_result", "by")

    cycle: Annotated[str, OF_CYCLE]
    team: Annotated[str, OF_TEAM]
    objective: Annotated[str, OF_OBJECTIVE]
    key_result: Annotated[str, OF_KEY_RESULT]
    by: Annotated[date, Field("The last day of this target; the next one begins after it.")]
    target: Annotated[float, Field("Where it is to be by then.", measured=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow(Row):
    """check_ins: a key result's value on a day; a fed one has no value of its own."""

    TABLE = CheckIn
    KEY = ("cycle", "team", "objective", "key_result", "date")

    cycle: Annotated[str, OF_CYCLE]
    team: Annotated[str, OF_TEAM]
    objective: Annotated[str, OF_OBJECTIVE]
    key_result: Annotated[str, OF_KEY_RESULT]
    date: Annotated[date, Field("The day of the check-in.")]
    value: Annotated[
        float | None,
        Field("The value on that day; empty where a KPI feeds the key result.", measured=True),
    ]
    confidence: Annotated[
        Confidence | None,
        Field("How sure people are that it arrives; empty where nobody said."),
    ] = None
    note: Annotated[str, NOTE] = ""
    blocked_by: Annotated[
        str, Field("What stands in the way.", told="held up by", own_words=True)
    ] = ""
    recorded_at: Annotated[datetime | None, RECORDED_AT] = None
    recorded_by: Annotated[str, RECORDED_BY] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow(Row):
    """scores: what was made of a key result as its cycle was closed."""

    TABLE = KeyResultScore
    KEY = ("cycle", "team", "objective", "key_result")

    cycle: Annotated[str, OF_CYCLE]
    team: Annotated[str, OF_TEAM]
    objective: Annotated[str, OF_OBJECTIVE]
    key_result: Annotated[str, OF_KEY_RESULT]
    score: Annotated[
        float | None, Field("From 0 to 1; left blank, the computed one counts.", takes="0 to 1")
    ] = None
    reason: Annotated[
        str, Field("Why the score is not the computed one.", own_words=True, long=True)
    ] = ""
    next_step: Annotated[
        NextStep | None, Field("What becomes of it in the next cycle.", label="What next")
    ] = None

    def problems(self) -> Iterator[ParseError]:
        """Say whether its score is none, or needs a reason."""
        if self.score is not None and not 0 <= self.score <= 1:
            yield ParseError(f"score {number(self.score)} is not from 0 to 1", "correct it")
        elif self.score is not None and not self.reason:
            yield ParseError("a score without a reason", "fill in reason, or leave score blank")


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningRow(Row):
    """learnings: what helped and what hindered an objective."""

    TABLE = Learning
    KEY = ("cycle", "team", "objective")

    cycle: Annotated[str, OF_CYCLE]
    team: Annotated[str, OF_TEAM]
    objective: Annotated[str, OF_OBJECTIVE]
    helped: Annotated[
        str, Field("What helped.", label="What helped", own_words=True, long=True)
    ] = ""
    hindered: Annotated[
        str, Field("What hindered.", label="What hindered", own_words=True, long=True)
    ] = ""
