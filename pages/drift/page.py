"""Drift: which KPIs drift under a team, since when, and who has decided what."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from components import banner, drift_list, drift_words, kept, top_line
from components.places import COCKPIT, DRIFT, KPI
from data.database import now
from data.queries.drift import DECIDED, STATES, DriftLook, drift
from data.queries.search import find
from data.views import DriftView, Found
from pages.shared.opening import opened

FILTERS = ("state", "decided", "rows")


def show() -> None:
    """Ask what is looked at, and show it."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    picked = top_line.show(
        DRIFT,
        teams=[team.name for team in here.teams],
        people=[person.name for person in here.people],
        today=today,
        find=lambda text: find(workspace.engine, workspace.version, text),
        on_pick=_go_to,
    )
    _go_on()
    if workspace.is_sample:
        banner.sample()
    above = st.container()
    with st.container(horizontal=True, key="filters"):
        state = _filter("state", "Kind", drift_words.STATES)
        decided = _filter("decided", "Decision", drift_words.DECIDED)
    look = DriftLook(
        team=here.team_named(picked.team),
        day=picked.as_of or today,
        state=STATES[state],
        decided=DECIDED[decided],
        whole=_picked("rows", ("first", "all")) == "all",
    )
    view = drift(workspace.engine, workspace.version, look)
    with above:
        _say_when(view, today, looks_back=picked.as_of is not None)
    drift_list.show(
        view,
        today=today,
        narrowed=look.is_narrowed,
        key="drift",
        on_open=_look_closer,
        on_team=_look_at,
        on_more=_show_all,
    )


def _say_when(view: DriftView, today: date, *, looks_back: bool) -> None:
    if looks_back:
        banner.look_back(view.day, today, on_return=lambda: top_line.look_back(None))
    elif last_day := view.last_day:
        banner.stale(last_day, today, on_go=lambda: top_line.look_back(last_day))


def _filter(key: str, label: str, names: Mapping[str, str]) -> str:
    """Show what the list can be narrowed to; it stands in the URL."""
    picked = _picked(key, tuple(names))
    st.selectbox(
        label,
        tuple(names),
        format_func=lambda name: names[name],
        key=key,
        label_visibility="collapsed",
        width=160,
    )
    return picked


def _picked(key: str, options: tuple[str, ...]) -> str:
    return kept.keep(
        key,
        page=DRIFT.title,
        read=lambda text: text if text in options else None,
        default=options[0],
    )


def _go_on() -> None:
    """Go to the page that a click asked for, which a callback cannot."""
    if (kpi_id := st.session_state.pop("looked_at", None)) is not None:
        # The filters go along for the browser's way back.
        around = top_line.looked_at(*FILTERS)
        st.switch_page(KPI.script, query_params={"id": str(kpi_id), **around})
    if (focus := st.session_state.pop("found_at", None)) is not None:
        st.switch_page(COCKPIT.script, query_params={**top_line.looked_at(), "focus": focus})


def _look_closer(_kind: str, key: int) -> None:
    st.session_state.looked_at = key


def _look_at(team: str) -> None:
    st.session_state.team = team


def _show_all() -> None:
    st.session_state.rows = "all"


def _go_to(found: Found) -> None:
    """Narrow to a team that was found, open a KPI; the rest stands on the cockpit."""
    if found.kind == "KPI":
        st.session_state.looked_at = found.id
        return
    st.session_state.team = found.team
    if found.kind != "team":
        if found.cycle:
            st.session_state.cycle = found.cycle
        st.session_state.found_at = f"{found.kind.lower()} {found.id}"


show()
