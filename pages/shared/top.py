"""The top of a page: its top line, and what one must know before the numbers."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from components.ui import banner, top_line
from components.ui.page_registry import Place
from components.ui.top_line import Asked, Picked
from data.company.check_in_days import last_check_in_day
from data.company.next_cycle import next_cycle
from data.company.views import CycleView
from data.core.errors import Unreachable
from data.names.views import Found
from data.operations.workspace import Workspace
from data.screens.search import find
from pages.shared.cycles import add_next_cycle
from pages.shared.navigation import go_to


def team_line(
    workspace: Workspace,
    place: Place,
    today: date,
    *,
    with_cycles: bool = False,
    on_pick: Callable[[Found], None] = go_to,
    cycle_on: Callable[[str | None, date], CycleView | None] | None = None,
) -> Picked:
    """Show the top line of a page about a team, and about a cycle of it where it says so.

    `cycle_on` gives the cycle of a name on a day, where the page begins with another one.
    """
    here = workspace.company
    following = next_cycle(here.cycles) if with_cycles else None
    return top_line.show(
        place,
        teams=here.teams,
        cycles=[cycle.name for cycle in here.cycles] if with_cycles else None,
        people=[person.name for person in here.people],
        today=today,
        cycle_on=cycle_on or here.cycle_named,
        next_cycle=following.name if following else None,
        days=lambda team, cycle: _days(workspace, today, team, cycle),
        asked=_asked(workspace, on_pick),
        is_own=not workspace.is_sample,
    )


def short_line(workspace: Workspace, place: Place, today: date) -> date | None:
    """Show the top line of a page about no team; give the day that is looked back at."""
    return top_line.show(
        place,
        people=[person.name for person in workspace.company.people],
        today=today,
        days=lambda *_: _days(workspace, today, None, None),
        asked=_asked(workspace, go_to),
        is_own=not workspace.is_sample,
    ).as_of


def _asked(workspace: Workspace, on_pick: Callable[[Found], None]) -> Asked:
    return Asked(
        find=lambda text: _found(workspace, text),
        on_pick=on_pick,
        on_sign_out=st.logout,
        on_add_cycle=lambda: add_next_cycle(workspace),
    )


def _days(
    workspace: Workspace, today: date, team: str | None, cycle: CycleView | None
) -> Mapping[str, date]:
    """Name the days that people look back at most."""
    named = {"A week ago": today - timedelta(days=7)}
    if team is not None:
        weekday = workspace.company.team_named(team).check_in_day
        last = last_check_in_day(today - timedelta(days=1), weekday)
        named["Last check-in"] = last
    if cycle is not None:
        named["Start of the cycle"] = cycle.starts_on
    return named


def _found(workspace: Workspace, text: str) -> Sequence[Found]:
    # The box runs by itself: while the database does not answer, the page says so.
    with contextlib.suppress(Unreachable):
        return find(workspace.engine, workspace.version, text)
    return ()


def sample(workspace: Workspace) -> None:
    """Say so where the company is invented, with the ways from a page to one's own."""
    if workspace.is_sample:
        banner.sample(own=workspace.own)


def look_back(as_of: date | None, today: date, last_day: date | None = None) -> None:
    """Say so where this is the past; where nothing is recent, offer the last day with data."""
    if as_of:
        banner.look_back(as_of, today, on_return=lambda: top_line.look_back(None))
    elif last_day:
        banner.stale(last_day, today, on_go=lambda: top_line.look_back(last_day))


def views(names: Mapping[str, str]) -> None:
    """Offer what there is to look at on a page, by what the address says and its name."""
    st.segmented_control(
        "Look at",
        tuple(names),
        format_func=names.__getitem__,
        key="view",
        label_visibility="collapsed",
        required=True,
    )
