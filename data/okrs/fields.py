"""Objectives and key results: their fields, in the order of the columns of their files."""

from dataclasses import dataclass
from datetime import date, datetime

from data.core.fields import Row
from models import (
    Ambition,
    Confidence,
    KeyResultKind,
    ObjectiveState,
    Scope,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow(Row):
    """objectives: an objective of a team in a cycle."""

    KEY = ("cycle", "team", "objective")

    cycle: str
    team: str
    objective: str
    scope: Scope = Scope.TEAM
    ambition: Ambition = Ambition.ASPIRATIONAL
    owner: str = ""
    supports: tuple[str, ...] = ()
    guardrails: tuple[str, ...] = ()
    state: ObjectiveState | None = None
    origin_kpi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultRow(Row):
    """key_results: a key result of an objective."""

    KEY = ("cycle", "team", "objective", "key_result")

    cycle: str
    team: str
    objective: str
    key_result: str
    kind: KeyResultKind = KeyResultKind.METRIC
    unit: str = ""
    start: float | None = None
    target: float | None = None
    weight: float = 1.0
    hold_periods: int | None = None
    kpi: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow(Row):
    """milestones: a step of a key result."""

    KEY = ("cycle", "team", "objective", "key_result", "step")

    cycle: str
    team: str
    objective: str
    key_result: str
    step: str
    share: float
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow(Row):
    """check_ins: a key result's value on a day; a fed one has no value of its own."""

    KEY = ("cycle", "team", "objective", "key_result", "date")

    cycle: str
    team: str
    objective: str
    key_result: str
    date: date
    value: float | None
    confidence: Confidence | None = None
    note: str = ""
    blocked_by: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""
