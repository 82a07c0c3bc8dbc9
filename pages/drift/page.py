"""Drift: which KPIs drift under a team, since when, and who has decided what."""

import streamlit as st

from analytics.periods import recent_periods
from components.drift import drift_list, drift_words
from components.ui import url_state
from components.ui.page_registry import DRIFT
from data.core.database import now
from data.kpis.views.edits import DecisionEdit
from data.operations.workspace import Workspace
from data.screens.drift import DECIDED, STATES, DriftLook, drift
from models import Cadence
from pages.shared import top
from pages.shared.decisions import save_decision
from pages.shared.edits import PERIODS_OFFERED
from pages.shared.feedback import keep, last_outcome, show_toast
from pages.shared.navigation import go_on, look_closer
from pages.shared.rerouting import ask_reroute, show_reroute
from pages.shared.workspace import opened

FILTERS = ("state", "decided", "rows")


def show() -> None:
    """Ask what is looked at, and show it."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    picked = top.team_line(workspace, DRIFT, today)
    # The filters go along for the browser's way back.
    go_on(*FILTERS)
    top.sample(workspace)
    narrowed = {
        name: _picked(name, tuple(options)) for name, (_, options) in drift_words.FILTERS.items()
    }
    look = DriftLook(
        team=here.team_named(picked.team),
        day=picked.as_of or today,
        state=STATES[narrowed["state"]],
        decided=DECIDED[narrowed["decided"]],
        whole=_picked("rows", ("first", "all")) == "all",
    )
    view = drift(workspace.engine, workspace.version, look)
    top.look_back(picked.as_of, today)
    if picked.as_of is None:
        top.stale(view.last_day, today)
    drift_list.show(
        view,
        today=today,
        narrowed=look.is_narrowed,
        key="drift",
        on_open=look_closer,
        on_team=_look_at,
        on_more=lambda: _pick("rows", "all"),
        picked=narrowed,
        on_filter=_pick,
        editable=picked.as_of is None,
        outcome=last_outcome(),
        periods={
            cadence: recent_periods(look.day, cadence, PERIODS_OFFERED) for cadence in Cadence
        },
        people=[person.name for person in here.people],
        person=st.session_state.get("person"),
        on_decide=lambda edit: _decide(workspace, edit),
        on_reroute=ask_reroute,
    )
    show_toast(workspace.engine)
    show_reroute()


def _decide(workspace: Workspace, edit: DecisionEdit) -> None:
    keep(save_decision(workspace.engine, st.session_state.get("person"), edit))


def _picked(key: str, options: tuple[str, ...]) -> str:
    return url_state.keep(
        key,
        page=DRIFT.title,
        read=lambda text: text if text in options else None,
        default=options[0],
    )


def _pick(name: str, value: str) -> None:
    st.session_state[name] = value


def _look_at(team: str) -> None:
    st.session_state.team = team


show()
