"""The cockpit: is the car all right, and will we arrive?"""

from datetime import date
from typing import NamedTuple

import streamlit as st

from analytics.periods import recent_periods
from components import banner, decisions, gauges, lanes, toast, top_line
from data.database import now
from data.queries.cockpit import Focus, Look, cockpit
from data.queries.search import find
from data.views import CheckInEdit, Cockpit, Found, Outcome, ReadingEdit
from data.workspace import Workspace, open_workspace
from models import Cadence
from pages.cockpit.edits import save_check_in, save_reading, take_back

PERIODS_OFFERED = 26
FOCUSED = {"kpi", "objective", "key result"}
LONGEST_KEY = 18
"""As many digits as every database can look up."""


class Told(NamedTuple):
    """What the toast says; a new nonce makes it a new message."""

    message: str
    command_id: int | None
    nonce: str | None


SILENCE = Told("", None, None)


def show() -> None:
    """Ask what is looked at, show it, and send what people change."""
    workspace = open_workspace()
    here = workspace.company
    today = here.today(now())
    picked = top_line.show(
        teams=[team.name for team in here.teams],
        cycles=[cycle.name for cycle in here.cycles],
        people=[person.name for person in here.people],
        today=today,
        cycle_on=here.cycle_named,
        find=lambda text: find(workspace.engine, workspace.version, text),
        on_pick=_go_to,
    )
    day = picked.as_of or today
    look = Look(
        team=here.team_named(picked.team),
        cycle=here.cycle_named(picked.cycle, day),
        day=day,
        all_kpis=_wanted("all_kpis"),
        all_objectives=_wanted("all_objectives"),
        focus=_focus(),
    )
    view = cockpit(workspace.engine, workspace.version, look)
    _say_what_this_is(workspace, view, today, looks_back=picked.as_of is not None)
    decisions.show(view.decisions, day=day, key="decisions", on_missing=_point_to)
    health, destination = st.columns(2, gap="medium")
    outcome: Outcome | None = st.session_state.get("outcome")
    with health:
        gauges.show(
            view.gauges,
            view.indicators,
            periods={cadence: recent_periods(day, cadence, PERIODS_OFFERED) for cadence in Cadence},
            version=view.version,
            today=today,
            day=day,
            editable=picked.as_of is None,
            outcome=outcome,
            focus=look.focus[1] if look.focus and look.focus[0] == "kpi" else None,
            key="gauges",
            on_edit=lambda edit: _save_reading(workspace, view, edit),
        )
        _offer_more("all_kpis", view.more_gauges, "KPI")
    with destination:
        lanes.show(
            view.objectives,
            team=view.team.name,
            version=view.version,
            today=today,
            day=day,
            editable=picked.as_of is None,
            outcome=outcome,
            focus=_focused_lane(view, look.focus),
            key="lanes",
            on_edit=lambda edit: _save_check_in(workspace, view, edit),
            on_missing=_point_to,
        )
        _offer_more("all_objectives", view.more_objectives, "objective")
    told: Told = st.session_state.get("told", SILENCE)
    toast.show(
        told.message,
        command_id=told.command_id,
        nonce=told.nonce,
        key="toast",
        on_undo=lambda command_id: _undo(workspace, command_id),
    )
    top_line.remember_person()


def _say_what_this_is(
    workspace: Workspace, view: Cockpit, today: date, *, looks_back: bool
) -> None:
    if workspace.is_sample:
        banner.sample()
    if looks_back:
        banner.look_back(view.day, today, on_return=lambda: top_line.look_back(None))
    elif last_day := view.last_day:
        banner.stale(last_day, today, on_go=lambda: top_line.look_back(last_day))


def _wanted(key: str) -> bool:
    """Tell whether more is to be shown, before its switch is: at first the URL says so."""
    return bool(st.session_state.get(key, st.query_params.get(key) == "true"))


def _offer_more(key: str, more: int, thing: str) -> None:
    """Offer what is one click away, and the way back."""
    if more or _wanted(key):
        many = f"{more} more {thing}{'' if more == 1 else 's'}"
        label = f"Show {many}" if more else f"Show all {thing}s"
        st.toggle(label, key=key, bind="query-params")


def _save_reading(workspace: Workspace, view: Cockpit, edit: ReadingEdit) -> None:
    units = {gauge.kpi_id: gauge.unit for gauge in view.gauges}
    name, unit = st.session_state.get("person"), units.get(edit.kpi_id, "")
    _keep(save_reading(workspace.engine, name, edit, unit))


def _save_check_in(workspace: Workspace, view: Cockpit, edit: CheckInEdit) -> None:
    units = {lane.key_result_id: lane.unit for road in view.objectives for lane in road.lanes}
    name, unit = st.session_state.get("person"), units.get(edit.key_result_id, "")
    _keep(save_check_in(workspace.engine, name, edit, unit))


def _undo(workspace: Workspace, command_id: int) -> None:
    message = take_back(workspace.engine, st.session_state.get("person"), command_id)
    st.session_state.outcome = None
    st.session_state.told = Told(message, None, f"undo {command_id}")


def _keep(outcome: Outcome) -> None:
    """Keep what became of an edit, for its editor and the toast."""
    st.session_state.outcome = outcome
    if outcome.kind == "saved":
        st.session_state.told = Told(outcome.message, outcome.command_id, None)


def _go_to(found: Found) -> None:
    """Show the cockpit that what was found stands on."""
    st.session_state.team = found.team
    if found.cycle:
        st.session_state.cycle = found.cycle
    if found.kind == "team":
        st.query_params.pop("focus", None)
    else:
        _point_to(found.kind.lower(), found.id)


def _point_to(kind: str, key: int) -> None:
    """Bring something onto the page that may not be on it."""
    st.query_params["focus"] = f"{kind} {key}"


def _focus() -> Focus | None:
    """Read from the URL what a search or a link points to."""
    kind, _, key = st.query_params.get("focus", "").rpartition(" ")
    known = kind in FOCUSED and key.isdecimal() and len(key) <= LONGEST_KEY
    return (kind, int(key)) if known else None


def _focused_lane(view: Cockpit, focus: Focus | None) -> int | None:
    """Give the lane to scroll to: the one meant, or the first of the objective meant."""
    for road in view.objectives:
        for lane in road.lanes:
            if focus in (("objective", road.id), ("key result", lane.key_result_id)):
                return lane.key_result_id
    return None


show()
