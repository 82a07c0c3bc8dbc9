"""What was done, by whom and when: each change with what stood before and after."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from data.names.views import Found
from models import Cadence

Value = str | float | date | bool | None
"""What stands in one field, as plain facts."""

Subject = Literal["kpi", "key result", "objective"]
"""The kinds of thing that have a history of their own on screen."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field of one thing, before and after.

    `thing` names it, `team` whose it is, `when` the period (of a `cadence`) or day that the
    value is for. `added` and `removed` tell of the thing as a whole: it has no field then, and
    what it is tied to stands after or before. `found` is where it stands today, None where it is
    gone; `has_team` tells that its team is still there.
    """

    kind: str
    thing: str
    team: str | None
    when: date | None
    field: str
    before: Value
    after: Value
    unit: str
    cadence: Cadence | None = None
    added: bool = False
    removed: bool = False
    found: Found | None = None
    has_team: bool = False


@dataclass(frozen=True, slots=True)
class DoneView:
    """One thing that a person did: the first of its changes, and how many rows `more` it wrote.

    `why` is what they said with it; `taken_back` tells that it was undone since; `rows` counts all
    that it wrote.
    """

    command_id: int
    name: str
    who: str | None
    at: datetime
    why: str
    changes: tuple[ChangeView, ...]
    more: int
    taken_back: bool
    rows: int = 0


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What was done, the latest first; `more` tells that there is more before."""

    version: int
    done: tuple[DoneView, ...]
    more: bool

    def found(self, kind: str, key: int) -> Found | None:
        """Give an objective or a key result that is named here, and where it stands."""
        named = (change.found for done in self.done for change in done.changes)
        return next((each for each in named if each and (each.kind, each.id) == (kind, key)), None)
