"""The cockpit: how the KPIs are, what needs a decision, and where the objectives get to."""

from datetime import date
from functools import partial

import streamlit as st

from components.cockpit import change_words, checklist, headline, headline_words, time_lapse
from components.ui import frontend
from components.ui.page_registry import COCKPIT
from data.company.views import CycleView
from data.core.database import now
from data.names.views import Found
from data.okrs.queries.opening_cycle import cycle_to_open
from data.operations.workspace import Workspace
from data.screens.checklist import checklist as first_steps
from data.screens.cockpit import Look, cockpit
from data.screens.cockpit_weeks import cockpit_weeks, week_ends
from data.screens.since_check_in import since_check_in
from data.screens.views.cockpit import Cockpit
from data.screens.views.since_check_in import SinceCheckIn
from pages.cockpit import address
from pages.cockpit.parts import Parts
from pages.shared import top
from pages.shared.feedback import last_outcome, show_toast
from pages.shared.history import show_drawer
from pages.shared.navigation import go_on
from pages.shared.rerouting import show_reroute
from pages.shared.workspace import opened


def show() -> None:
    """Ask what is looked at, show it, and send what people change."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    cycle_on = partial(_cycle_on, workspace)
    picked = top.team_line(
        workspace, COCKPIT, today, with_cycles=True, on_pick=_show_found, cycle_on=cycle_on
    )
    day = picked.as_of or today
    look = Look(
        team=here.team_named(picked.team),
        cycle=cycle_on(picked.cycle, day),
        day=day,
        all_kpis=address.wanted("all_kpis"),
        all_objectives=address.wanted("all_objectives"),
        all_teams=address.wanted("all_teams"),
        focus=address.focus(),
    )
    go_on()
    view = cockpit(workspace.engine, workspace.version, look)
    top.sample(workspace)
    top.look_back(picked.as_of, today, view.last_day)
    since = _since(workspace, view, look)
    if picked.as_of is None:
        _show_first_steps(workspace)
    with frontend.together("cockpit"):
        _show_headline(workspace, view, look, since, today)
        parts = Parts(workspace, view, look, today, picked.as_of is None, last_outcome(), since)
        parts.decisions()
        parts.teams()
        parts.gauges()
        parts.objectives()
        show_toast(workspace.engine)
    show_drawer(picked.as_of)
    checklist.remember()
    show_reroute()


def _cycle_on(workspace: Workspace, name: str | None, day: date) -> CycleView | None:
    """Give the cycle that is looked at; who looks back sees the one of that day."""
    here = workspace.company
    if name or day != here.today(now()):
        return here.cycle_named(name, day)
    return cycle_to_open(workspace.engine, workspace.version, day)


def _show_first_steps(workspace: Workspace) -> None:
    """Show what a company still needs, until it has all of it or somebody puts that away."""
    if workspace.is_sample or checklist.is_away():
        return
    view = first_steps(workspace.engine, workspace.version)
    if not view.is_done:
        checklist.show(view, on_away=checklist.put_away)


def _since(workspace: Workspace, view: Cockpit, look: Look) -> SinceCheckIn | None:
    """Compare with the day of the last check-in, where somebody wants to see what changed."""
    if not address.marks_changes():
        return None
    return since_check_in(workspace.engine, workspace.version, look, view)


def _show_headline(
    workspace: Workspace, view: Cockpit, look: Look, since: SinceCheckIn | None, today: date
) -> None:
    here = workspace.company
    is_marked = address.marks_changes()
    headline.show(
        *headline_words.both(view, today),
        trail=here.lineage(view.team.id),
        notice=_notice(workspace, view, today),
        time_lapse=_time_lapse(workspace, view, look, today),
        since=headline.Since(is_marked, change_words.marked(since, today) if is_marked else ""),
        key="headline",
        on_team=address.look_at_team,
        on_cycle=address.look_at_cycle,
        on_play=_play,
        on_since=address.mark_changes,
    )


def _time_lapse(
    workspace: Workspace, view: Cockpit, look: Look, today: date
) -> time_lapse.TimeLapse:
    """Offer the cycle so far week by week, which is read when somebody wants to see it."""
    weeks = len(week_ends(look.cycle, look.day)) if look.cycle else 0
    asked = st.session_state.get("asked_to_play", "")
    if not weeks or not asked:
        return time_lapse.TimeLapse(weeks)
    read = cockpit_weeks(workspace.engine, workspace.version, look, view)
    frames = time_lapse.frames(read, today=today, as_table=address.as_table())
    return time_lapse.TimeLapse(weeks, frames, asked)


def _play(asked: str) -> None:
    st.session_state.asked_to_play = asked


def _notice(workspace: Workspace, view: Cockpit, today: date) -> headline.Notice | None:
    """Say so where the cycle before is shown because the one of the day is still bare."""
    begun = workspace.company.cycle_named(None, view.day)
    opening = _cycle_on(workspace, None, view.day)
    if begun is None or opening is None or opening == begun or opening != view.cycle:
        return None
    return headline.Notice(headline_words.notice(opening, begun, today), begun.name)


def _show_found(found: Found) -> None:
    """Show the cockpit that what was found stands on."""
    st.session_state.team = found.team
    if found.cycle:
        st.session_state.cycle = found.cycle
    if found.kind == "team":
        st.query_params.pop("focus", None)
    else:
        address.point_to(found.kind.lower(), found.id)


show()
