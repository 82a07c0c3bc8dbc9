"""A check-in as a page gets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from analytics.rhythm import Rhythm as Rhythm
from analytics.votes import middle
from data.actions.views import ActionView
from models import AgendaReason, Confidence, DecisionKind, Health, ItemState, Signal

HERE = timedelta(seconds=45)
"""For how long somebody counts as here after their screen was last heard of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a KPI or a key result stood at a moment; what does not apply is None."""

    value: float | None = None
    health: Health | None = None
    signal: Signal | None = None
    confidence: Confidence | None = None
    chance: float | None = None


NOWHERE = Standing()


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """Something to put on the agenda: why, what it is about, how that stood last time."""

    reason: AgendaReason
    kpi_id: int | None = None
    objective_id: int | None = None
    key_result_id: int | None = None
    action_id: int | None = None
    before: Standing = NOWHERE


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of an agenda, and what was said of it; `name` is that of what it is about.

    `whose` is the objective of a key result or a guardrail. `last_said` is what was said of the
    same thing at an earlier check-in. Where it `is_share`, its values are shares of a way. `votes`
    are counts by confidence, empty without a vote.
    """

    item_id: int
    position: int
    reason: AgendaReason
    state: ItemState
    name: str
    whose: str
    unit: str
    is_share: bool
    kpi_id: int | None
    objective_id: int | None
    key_result_id: int | None
    action_id: int | None
    said: str
    last_said: str
    seconds: int
    before: Standing
    after: Standing
    decided: DecisionKind | None
    decided_on: date | None
    votes: Mapping[Confidence, int]

    @property
    def middle_vote(self) -> Confidence | None:
        """The confidence in the middle of the votes, None without any."""
        place = middle([self.votes.get(word, 0) for word in Confidence])
        return None if place is None else list(Confidence)[place]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody at a check-in, whether they are still here, and whether they have voted."""

    person_id: int
    name: str
    seen_at: datetime
    has_voted: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A check-in with all its items; `version` is the data's version it was read at.

    `own_version` is that of its last change.
    """

    meeting_id: int
    version: int
    own_version: int
    team_id: int
    started_at: datetime
    ended_at: datetime | None
    driver_id: int | None
    driver: str
    position: int
    shown_at: datetime
    paused_at: datetime | None
    paused_seconds: int
    is_voting: bool
    items: tuple[ItemView, ...]
    participants: tuple[Participant, ...]

    def current(self) -> ItemView:
        """Give the item that all screens show."""
        return self.items[min(self.position, len(self.items) - 1)]

    def here(self, now: datetime) -> tuple[Participant, ...]:
        """Give who is here now."""
        return tuple(each for each in self.participants if each.seen_at >= now - HERE)

    def seconds(self, now: datetime) -> int:
        """Tell how long it has lasted, or did, pauses left out."""
        until = self.ended_at or self.paused_at or now
        return max(0, round((until - self.started_at).total_seconds()) - self.paused_seconds)

    def item_seconds(self, now: datetime) -> int:
        """Tell for how long what is shown has been spoken of, at this and earlier turns."""
        shown = (self.paused_at or now) - self.shown_at
        return self.current().seconds + max(0, round(shown.total_seconds()))


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a KPI at a check-in, and why; `day` is the one it speaks of."""

    kpi_id: int
    kind: DecisionKind
    day: date
    reason: str
    who: str | None
    look_again: date | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action that was agreed on the day of a check-in, and what it is about."""

    action: ActionView
    kpi_id: int | None
    objective_id: int | None
    key_result_id: int | None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What came of a check-in on its day."""

    meeting: MeetingView
    day: date
    decisions: tuple[Decided, ...]
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A check-in that is over, in a list."""

    meeting_id: int
    started_at: datetime
    seconds: int
    items: int


Did = Literal["start", "show", "pause", "resume", "take over", "hand over", "open vote", "reveal",
              "vote", "record", "tick", "recover", "end", "who", "undo"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeetingAct:
    """What somebody does in a check-in; `shown` and `position` are places on the agenda.

    `word` is who leads from now on, who one is, or the confidence that one votes for, or records as
    agreed.
    """

    did: Did
    shown: int = 0
    position: int = 0
    left: str = "done"
    word: str = ""


@dataclass(frozen=True, slots=True)
class SaidEdit:
    """What somebody noted of an item, and the data's version they saw."""

    item_id: int
    text: str
    base_version: int


@dataclass(frozen=True, slots=True)
class PlanEdit:
    """An action that is agreed about an item: who does what by when."""

    item_id: int
    owner: str
    what: str
    due: date
