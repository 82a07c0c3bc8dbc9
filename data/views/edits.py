"""What people change, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReadingEdit:
    """What a person typed into a gauge, and the data's version they saw.

    `sure` says that they were asked whether they mean it.
    """

    kpi_id: int
    period: date
    typed: str
    note: str
    seen: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class CheckInEdit:
    """What a person typed into a lane, and the data's version they saw."""

    key_result_id: int
    date: date
    typed: str
    confidence: str
    note: str
    seen: int
    sure: bool = False


class ListEdit:
    """A change in the list of one's own: of cells, or of a step."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CellEdit(ListEdit):
    """What a person typed into cells of a row of their list; None keeps what stands.

    `day` is the first day of a KPI's period, or the day of a key result's check-in.
    """

    target: Literal["kpi", "key result"]
    id: int
    day: date
    seen: int
    typed: str | None = None
    confidence: str | None = None
    note: str | None = None
    blocked_by: str | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class StepEdit(ListEdit):
    """A step that a person ticked off, or that is not reached after all."""

    milestone_id: int
    done: bool
    seen: int


@dataclass(frozen=True, slots=True)
class AcknowledgeEdit:
    """Why a person lets a KPI be for now, and when they want to look again."""

    kpi_id: int
    reason: str
    look_again: date


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved meanwhile; `text` is what they said in a `field` of words."""

    value: float | None
    who: str | None
    at: datetime | None
    version: int
    field: str = "value"
    text: str = ""


OutcomeTarget = Literal["kpi", "key result", "step", "objective", "row"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: told beside the field it came from."""

    kind: Literal["saved", "refused", "conflict", "doubtful"]
    target: OutcomeTarget
    id: int
    message: str
    theirs: Theirs | None = None
    command_id: int | None = None
    field: str = ""
