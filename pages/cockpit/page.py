"""The cockpit: is the car all right, and will we arrive?"""

import streamlit as st

from analytics.periods import recent_periods
from components.cockpit import decisions, gauges, key_results
from components.kpis import gauge_words
from components.ui.page_registry import COCKPIT
from data.core.database import now
from data.kpis.views.edits import DecisionEdit, ReadingEdit
from data.okrs.views.edits import CheckInEdit
from data.operations.workspace import Workspace
from data.screens.cockpit import Focus, Look, cockpit
from data.screens.views.cockpit import Cockpit
from data.screens.views.search import Found
from models import Cadence
from pages.shared import top
from pages.shared.decisions import save_decision
from pages.shared.edits import PERIODS_OFFERED, save_check_in, save_reading
from pages.shared.feedback import keep, last_outcome, show_toast
from pages.shared.history import ask, show_drawer
from pages.shared.links import key_from
from pages.shared.navigation import go_on, look_closer
from pages.shared.workspace import opened

FOCUSED = {"kpi", "objective", "key result"}


def show() -> None:
    """Ask what is looked at, show it, and send what people change."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    picked = top.team_line(workspace, COCKPIT, today, with_cycles=True, on_pick=_show_found)
    day = picked.as_of or today
    look = Look(
        team=here.team_named(picked.team),
        cycle=here.cycle_named(picked.cycle, day),
        day=day,
        all_kpis=_wanted("all_kpis"),
        all_objectives=_wanted("all_objectives"),
        focus=_focus(),
    )
    go_on()
    view = cockpit(workspace.engine, workspace.version, look)
    top.sample(workspace, COCKPIT)
    top.look_back(picked.as_of, today)
    if picked.as_of is None:
        top.stale(view.last_day, today)
    outcome = last_outcome()
    periods = {cadence: recent_periods(day, cadence, PERIODS_OFFERED) for cadence in Cadence}
    decisions.show(
        view.decisions,
        day=day,
        today=today,
        editable=picked.as_of is None,
        outcome=outcome,
        key="decisions",
        calm=gauge_words.no_decisions(
            view.gauges, view.more_outside, under_way=_has_work_under_way(view)
        ),
        periods=periods,
        people=[person.name for person in here.people],
        person=st.session_state.get("person"),
        on_decide=lambda edit: _decide(workspace, edit),
        on_open=lambda key: look_closer("kpi", key),
        on_missing=_point_to,
    )
    health, destination = st.columns(2, gap="medium")
    with health:
        gauges.show(
            view.gauges,
            view.indicators,
            periods=periods,
            version=view.version,
            today=today,
            day=day,
            editable=picked.as_of is None,
            outcome=outcome,
            focus=look.focus[1] if look.focus and look.focus[0] == "kpi" else None,
            key="gauges",
            on_edit=lambda edit: _save_reading(workspace, view, edit),
            on_open=look_closer,
        )
        _offer_more("all_kpis", view.more_gauges, "KPI", view.more_outside)
    with destination:
        key_results.show(
            view.objectives,
            team=view.team.name,
            version=view.version,
            today=today,
            day=day,
            editable=picked.as_of is None,
            outcome=outcome,
            focus=_focused_lane(view, look.focus),
            key="key_results",
            drafts=view.drafts,
            on_edit=lambda edit: _save_check_in(workspace, view, edit),
            on_missing=_point_to,
            on_name=lambda kind, key: _look_into(view, kind, key),
        )
        _offer_more("all_objectives", view.more_objectives, "objective")
    show_toast(workspace.engine)
    show_drawer(picked.as_of)


def _wanted(key: str) -> bool:
    """Tell whether more is to be shown, before its switch is: at first the URL says so."""
    return bool(st.session_state.get(key, st.query_params.get(key) == "true"))


def _has_work_under_way(view: Cockpit) -> bool:
    return any(
        not key_result.is_over
        for objective in view.objectives
        for key_result in objective.key_results
    )


def _offer_more(key: str, more: int, thing: str, outside: int = 0) -> None:
    """Offer what is one click away, and the way back."""
    if more or _wanted(key):
        many = f"{more} more {thing}{'' if more == 1 else 's'}"
        many += f", {outside} out of range" if outside else ""
        label = f"Show {many}" if more else f"Show all {thing}s"
        st.toggle(label, key=key, bind="query-params")


def _save_reading(workspace: Workspace, view: Cockpit, edit: ReadingEdit) -> None:
    units = {gauge.kpi_id: gauge.unit for gauge in view.gauges}
    name, unit = st.session_state.get("person"), units.get(edit.kpi_id, "")
    keep(save_reading(workspace.engine, name, edit, unit))


def _save_check_in(workspace: Workspace, view: Cockpit, edit: CheckInEdit) -> None:
    units = {
        key_result.key_result_id: key_result.unit
        for objective in view.objectives
        for key_result in objective.key_results
    }
    name, unit = st.session_state.get("person"), units.get(edit.key_result_id, "")
    keep(save_check_in(workspace.engine, name, edit, unit))


def _decide(workspace: Workspace, edit: DecisionEdit) -> None:
    keep(save_decision(workspace.engine, st.session_state.get("person"), edit))


def _show_found(found: Found) -> None:
    """Show the cockpit that what was found stands on."""
    st.session_state.team = found.team
    if found.cycle:
        st.session_state.cycle = found.cycle
    if found.kind == "team":
        st.query_params.pop("focus", None)
    else:
        _point_to(found.kind.lower(), found.id)


def _look_into(view: Cockpit, kind: str, key: int) -> None:
    """Open the history of an objective or a key result that is on the page."""
    for objective in view.objectives:
        if kind == "objective" and objective.id == key:
            ask("objective", key, objective.name)
        for key_result in objective.key_results:
            if kind == "key result" and key_result.key_result_id == key:
                ask("key result", key, key_result.name)


def _point_to(kind: str, key: int) -> None:
    """Bring something onto the page that may not be on it."""
    st.query_params["focus"] = f"{kind} {key}"


def _focus() -> Focus | None:
    """Read from the URL what a search or a link points to."""
    kind, _, text = st.query_params.get("focus", "").rpartition(" ")
    key = key_from(text)
    return (kind, key) if kind in FOCUSED and key is not None else None


def _focused_lane(view: Cockpit, focus: Focus | None) -> int | None:
    """Give the key result to scroll to: the one meant, or the first of the objective meant."""
    for objective in view.objectives:
        for key_result in objective.key_results:
            if focus in (("objective", objective.id), ("key result", key_result.key_result_id)):
                return key_result.key_result_id
    return None


show()
