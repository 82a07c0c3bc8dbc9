"""What people change, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class CurrentValue:
    """What somebody else saved meanwhile; `text` is what they said in a `field` of words."""

    value: float | None
    who: str | None
    at: datetime | None
    version: int
    field: str = "value"
    text: str = ""


OutcomeTarget = Literal["kpi", "key result", "step", "action", "objective", "row"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: told beside the field it came from.

    `is_waiting` tells that it was refused for a reason that passes: the same is sent again.
    """

    kind: Literal["saved", "refused", "conflict", "doubtful"]
    target: OutcomeTarget
    id: int
    message: str
    theirs: CurrentValue | None = None
    command_id: int | None = None
    field: str = ""
    is_waiting: bool = False
