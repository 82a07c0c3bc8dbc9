"""Drift: which KPIs drift under a team, since when, and who has decided what."""

from datetime import date
from functools import partial

import streamlit as st

from components.drift import account, account_words, drift_list, drift_words
from components.ui import url_state
from components.ui.page_registry import DRIFT
from data.core.database import now
from data.kpis.commands.verdicts import judge_drift
from data.kpis.views.edits import DecisionEdit
from data.operations.workspace import Workspace
from data.screens.alarm_account import AlarmLook, alarm_account
from data.screens.drift import DECIDED, STATES, DriftLook, drift
from data.screens.views.alarms import AlarmAccount, EndedDrift
from models import DriftVerdict
from pages.shared import top
from pages.shared.decisions import save_decision
from pages.shared.dispatch import change
from pages.shared.edits import periods_offered
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
        name: url_state.choice(name, page=DRIFT.title, options=tuple(options))
        for name, (_, options) in drift_words.FILTERS.items()
    }
    look = DriftLook(
        team=here.team_named(picked.team),
        day=picked.as_of or today,
        state=STATES[narrowed["state"]],
        decided=DECIDED[narrowed["decided"]],
        whole=url_state.choice("rows", page=DRIFT.title, options=("first", "all")) == "all",
    )
    view = drift(workspace.engine, workspace.version, look)
    top.look_back(picked.as_of, today, view.last_day)
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
        periods=periods_offered(look.day),
        people=[person.name for person in here.people],
        person=st.session_state.get("person"),
        on_decide=lambda edit: _decide(workspace, edit),
        on_reroute=ask_reroute,
    )
    _account(workspace, look, today, editable=picked.as_of is None)
    show_toast(workspace.engine)
    show_reroute()


def _account(workspace: Workspace, look: DriftLook, today: date, *, editable: bool) -> None:
    """Ask whether drifts that are over were real, and show what became of all on demand."""
    found = alarm_account(workspace.engine, workspace.version, AlarmLook(look.team, look.day))
    if editable:
        account.ask(
            found,
            today=today,
            on_judge=lambda each, verdict: _judge(workspace, found, each, verdict),
        )
    if st.toggle(account_words.ASK, key="alarm_account"):
        account.show(found)


def _judge(
    workspace: Workspace, found: AlarmAccount, each: EndedDrift, verdict: DriftVerdict
) -> None:
    judged = partial(
        judge_drift,
        workspace.engine,
        kpi_id=each.kpi_id,
        period=each.on,
        verdict=verdict,
        base_version=found.version,
    )
    name = st.session_state.get("person")
    keep(change(workspace.engine, name, "kpi", each.kpi_id, judged, account_words.DONE))


def _decide(workspace: Workspace, edit: DecisionEdit) -> None:
    keep(save_decision(workspace.engine, st.session_state.get("person"), edit))


def _pick(name: str, value: str) -> None:
    st.session_state[name] = value


def _look_at(team: str) -> None:
    st.session_state.team = team


show()
