"""The top of a page: its top line, and what one must know before the numbers."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import date

from components.ui import banner, top_line
from components.ui.page_registry import SETTINGS, Place
from components.ui.top_line import Picked
from data.core.errors import Unreachable
from data.operations.workspace import Workspace
from data.screens.search import find
from data.screens.views.search import Found
from pages.shared.navigation import go_to


def team_line(
    workspace: Workspace,
    place: Place,
    today: date,
    *,
    with_cycles: bool = False,
    on_pick: Callable[[Found], None] = go_to,
) -> Picked:
    """Show the top line of a page about a team, and about a cycle of it where it says so."""
    here = workspace.company
    return top_line.show(
        place,
        teams=[team.name for team in here.teams],
        cycles=[cycle.name for cycle in here.cycles] if with_cycles else None,
        people=[person.name for person in here.people],
        today=today,
        cycle_on=here.cycle_named,
        find=lambda text: _found(workspace, text),
        on_pick=on_pick,
    )


def _found(workspace: Workspace, text: str) -> Sequence[Found]:
    # The box runs by itself: while the database does not answer, the page says so.
    with contextlib.suppress(Unreachable):
        return find(workspace.engine, workspace.version, text)
    return ()


def short_line(workspace: Workspace, place: Place, today: date) -> date | None:
    """Show the top line of a page about no team; give the day that is looked back at."""
    people = [person.name for person in workspace.company.people]
    return top_line.show_short(place, people=people, today=today)


def sample(workspace: Workspace, place: Place) -> None:
    """Say so where the company is invented, with the ways from a page to one's own."""
    if workspace.is_sample:
        banner.sample(to_settings=place != SETTINGS)


def look_back(as_of: date | None, today: date) -> None:
    """Say so where this is the past."""
    if as_of:
        banner.look_back(as_of, today, on_return=lambda: top_line.look_back(None))


def stale(last_day: date | None, today: date) -> None:
    """Offer the last day that has data where nothing is recent."""
    if last_day:
        banner.stale(last_day, today, on_go=lambda: top_line.look_back(last_day))
