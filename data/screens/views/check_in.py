"""A team's check-in: the one before, what is on the agenda, and how all of it is and was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.actions.views import MyAction
from data.company.views import TeamView
from data.kpis.views.gauges import Gauge
from data.meetings.views import MeetingView, Minutes, PastMeeting, PlannedItem, Rhythm
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from data.screens.views.cockpit import Cockpit


@dataclass(frozen=True, slots=True)
class Owed:
    """How many numbers are still due from somebody; `who` is empty where nobody owns them."""

    who: str
    count: int


@dataclass(frozen=True, slots=True)
class CheckInView:
    """What the page of the check-in shows, `version` being the data's it was read at.

    `now` is how the team is, `then` how it was at the end of the day of its last check-in, None
    before the first. `agenda` is what it would speak of now, for about `minutes`; `left_out` counts
    by part what there was no room for. `running` is under way; `last` is over, with what came of
    it; `past` are the last ones, and `looked_at` is the one whose minutes somebody asked for. `way`
    are the values so far of the key result that is shown, by day. `rhythm` tells how the last
    went, before one starts.
    """

    version: int
    day: date
    team: TeamView
    now: Cockpit
    then: Cockpit | None
    actions: tuple[MyAction, ...]
    owed: tuple[Owed, ...]
    agenda: tuple[PlannedItem, ...]
    minutes: int
    is_quiet: bool
    left_out: Mapping[str, int]
    running: MeetingView | None
    last: Minutes | None
    past: tuple[PastMeeting, ...]
    looked_at: Minutes | None = None
    way: tuple[tuple[date, float], ...] = ()
    rhythm: Rhythm | None = None

    def gauge(self, kpi_id: int | None) -> Gauge | None:
        """Give the gauge of a KPI as it is now."""
        return next((each for each in self.now.gauges if each.kpi_id == kpi_id), None)

    def key_result(self, key: int | None) -> tuple[KeyResultView, ObjectiveView] | None:
        """Give a key result as it is now, with its objective."""
        return found_in(self.now, key)

    def action(self, action_id: int | None) -> MyAction | None:
        """Give an action that is still open."""
        return next((each for each in self.actions if each.action.action_id == action_id), None)

    def objective(self, key: int | None) -> ObjectiveView | None:
        """Give an objective as it is now."""
        return next((each for each in self.now.objectives if each.id == key), None)


def found_in(view: Cockpit | None, key: int | None) -> tuple[KeyResultView, ObjectiveView] | None:
    """Give a key result of a cockpit, with its objective."""
    for objective in view.objectives if view is not None else ():
        for each in objective.key_results:
            if each.key_result_id == key:
                return each, objective
    return None
