"""Who does what by when, as a page gets it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

AWAITED = timedelta(days=7)
"""How long before its day an action is on the list of what is due."""


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action, `done_on` None while it is open; `note` says what came of it."""

    action_id: int
    what: str
    owner: str | None
    due: date
    agreed_on: date
    done_on: date | None
    note: str

    def is_open(self, day: date) -> bool:
        """Tell whether it was still to be done at the end of a day."""
        return self.done_on is None or self.done_on > day

    def is_awaited(self, day: date) -> bool:
        """Tell whether it was due by then, or soon."""
        return self.is_open(day) and self.due <= day + AWAITED


@dataclass(frozen=True, slots=True)
class MyAction:
    """An action of one's own with the one thing that it is about; a KPI has no `cycle`.

    What is about a key result is not about its objective too.
    """

    action: ActionView
    team: str
    about: str
    kpi_id: int | None
    objective_id: int | None = None
    key_result_id: int | None = None
    about_team: str = ""
    cycle: str = ""


@dataclass(frozen=True, slots=True)
class ActionEdit:
    """What a person does with an action, and the data's version they saw.

    To `change` it is to say who does what by when anew; None keeps what stands. `done` ticks it
    off, or takes the tick away; `note` says what came of it.
    """

    action_id: int
    did: Literal["tick", "change", "withdraw"]
    base_version: int
    done: bool | None = None
    note: str | None = None
    owner: str | None = None
    what: str | None = None
    due: date | None = None
