"""What people change, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReadingEdit:
    """What a person typed into a gauge, and the data's version they saw."""

    kpi_id: int
    period: date
    typed: str
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class CheckInEdit:
    """What a person typed into a lane, and the data's version they saw."""

    key_result_id: int
    date: date
    typed: str
    confidence: str
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved meanwhile."""

    value: float | None
    who: str | None
    at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: told beside the field it came from."""

    kind: Literal["saved", "refused", "conflict"]
    target: Literal["kpi", "key result"]
    id: int
    message: str
    theirs: Theirs | None = None
    command_id: int | None = None
