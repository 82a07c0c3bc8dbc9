"""The check-in: before it the agenda, while it goes on one item on every screen, then minutes."""

from datetime import date, datetime
from urllib.parse import quote, urlencode

import streamlit as st

from analytics.periods import last_day, ordinal
from components.kpis.decision_form import Periods
from components.kpis.gauge_decisions import may_be_decided, may_be_rerouted
from components.kpis.reroute_proposal import Proposal
from components.meetings import meeting
from components.meetings.meeting import Around
from components.ui.page_registry import CHECK_IN, SAMPLE
from data.company.views import TeamView
from data.core.database import now, snapshot
from data.core.settings import settings
from data.core.team_versions import ANYTHING_ELSE, team_versions
from data.kpis.queries.why import why as why_it_changed
from data.kpis.views.why import Why
from data.meetings.presence import attend, is_due
from data.meetings.queries import last_change
from data.operations.workspace import Workspace, open_workspace
from data.screens.check_in import check_in_of
from data.screens.views.check_in import CheckInView
from models import Cadence
from pages.check_in import wall
from pages.check_in.acting import Acting
from pages.shared import top
from pages.shared.edits import periods_offered
from pages.shared.feedback import last_outcome, show_toast
from pages.shared.links import key_from
from pages.shared.navigation import go_on
from pages.shared.rerouting import proposed
from pages.shared.who import person_key
from pages.shared.workspace import opened

EVERY = 1
"""Seconds between two looks at what others do: all screens follow within two."""

KEY = "meeting"


def show() -> None:
    """Ask which team's check-in it is, and show it."""
    workspace = opened()
    today = workspace.company.today(now())
    picked = top.team_line(workspace, CHECK_IN, today)
    go_on()
    top.sample(workspace)
    top.look_back(picked.as_of, today)
    if wall.is_asked():
        wall.show(picked.team)
        return
    # The clocks go on from the moment of what was read: a page that is opened again reads it anew.
    st.session_state.pop("meeting at", None)
    _screen(picked.team, picked.as_of)
    show_toast(workspace.engine)


@st.fragment(run_every=EVERY)
def _screen(team_name: str | None, as_of: date | None) -> None:
    """Show the check-in as it is now; only this runs again when somebody goes on."""
    workspace = open_workspace(sample=SAMPLE in st.query_params)
    team = workspace.company.team_named(team_name)
    _be_here(workspace, team)
    at = _last_changes(workspace, team, as_of)
    if st.session_state.get("meeting at") != at:
        st.session_state["meeting at"] = at
        st.session_state["meeting shown"] = _read(workspace, team, as_of)
    view, data = st.session_state["meeting shown"]
    meeting.show(data, last_outcome(), Acting(workspace, view).listeners(), key=KEY)
    if st.session_state.pop("is_page_asked", False):
        st.rerun()


def _last_changes(workspace: Workspace, team: TeamView, as_of: date | None) -> tuple[object, ...]:
    """Give what changes with all that is on the screen."""
    changed = team_versions(workspace.engine, workspace.version)
    teams = {ANYTHING_ELSE, *workspace.company.below(team.id)}
    of_teams = max((changed.get(key, 0) for key in teams), default=0)
    moment = now()
    with snapshot(workspace.engine) as connection:
        of_meeting = last_change(connection, team.id, moment)
    here = st.session_state.get("person")
    today = workspace.company.today(moment)
    asked = st.query_params.get("minutes")
    return workspace.engine, team.id, of_teams, of_meeting, here, as_of, today, asked


def _read(
    workspace: Workspace, team: TeamView, as_of: date | None
) -> tuple[CheckInView, dict[str, object]]:
    moment = now()
    day = as_of or workspace.company.today(moment)
    asked = key_from(st.query_params.get("minutes", ""))
    view = check_in_of(workspace.engine, workspace.version, team, day, asked)
    around = Around(
        person=st.session_state.get("person"),
        people=[person.name for person in workspace.company.people],
        now=moment,
        zone=workspace.company.zone,
        periods=_periods(view),
        since=_since(view),
        editable=as_of is None,
        address=_address(team),
        why=_why(workspace, view),
        recovery=_recovery(workspace, view),
    )
    return view, dict(meeting.written(view, around))


def _periods(view: CheckInView) -> Periods:
    """Give the periods that may be typed into: those of the KPI that is shown, if one is."""
    item = view.running.current() if view.running else None
    gauge = view.gauge(item.kpi_id) if item else None
    if gauge is None:
        return {}
    return periods_offered(view.day, gauge.cadence)


def _address(team: TeamView) -> str:
    """Give the address by which others join."""
    query = {"team": team.name, **({SAMPLE: "1"} if SAMPLE in st.query_params else {})}
    told = settings().address
    page = f"{told}/{CHECK_IN.path}" if told else (st.context.url or "").partition("?")[0]
    return f"{page}?{urlencode(query, quote_via=quote)}" if page else ""


def _why(workspace: Workspace, view: CheckInView) -> Why | None:
    """Give what may explain the change of the KPI that is shown, where there is one."""
    item = view.running.current() if view.running else None
    if item is None or item.kpi_id is None:
        return None
    return why_it_changed(workspace.engine, workspace.version, item.kpi_id, view.day)


def _recovery(workspace: Workspace, view: CheckInView) -> Proposal | None:
    """Give what would bring the KPI back that is shown, where it may be rerouted."""
    item = view.running.current() if view.running else None
    gauge = view.gauge(item.kpi_id) if item else None
    if gauge is None or not (may_be_decided(gauge) and may_be_rerouted(gauge)):
        return None
    found = proposed(workspace, gauge.kpi_id, view.day)
    return None if isinstance(found, str) else found


def _since(view: CheckInView) -> dict[int, int]:
    """Count how many periods of each KPI have ended since the day of the last check-in."""
    if view.last is None:
        return {}
    return {
        gauge.kpi_id: _ended_since(view.last.day, gauge.period, gauge.cadence)
        for gauge in view.now.gauges
        if gauge.period is not None
    }


def _ended_since(day: date, latest: date, cadence: Cadence) -> int:
    """Count the periods up to the latest that ended after a day."""
    first = ordinal(day, cadence)
    is_news = last_day(first, cadence) > day
    return max(0, ordinal(latest, cadence) - first + is_news)


def _be_here(workspace: Workspace, team: TeamView) -> None:
    """Note now and then that somebody is at a check-in that is under way."""
    shown = st.session_state.get("meeting shown")
    name = st.session_state.get("person")
    running = shown[0].running if shown and shown[0].team.id == team.id else None
    if running is None or not name:
        return
    noted: tuple[int, str, datetime] | None = st.session_state.get("meeting attended")
    moment = now()
    is_known = noted is not None and noted[:2] == (running.meeting_id, name)
    if noted is None or not is_known or is_due(moment - noted[2]):
        key = person_key(workspace.engine, name)
        attend(workspace.engine, meeting_id=running.meeting_id, person_id=key)
        st.session_state["meeting attended"] = (running.meeting_id, name, moment)


show()
