"""History: all that was done, with the way back for one's own; and a team's road so far."""

from dataclasses import replace
from datetime import date

import streamlit as st

from components.history import history, history_words, timeline
from components.ui import top_line, url_state
from components.ui.page_registry import COCKPIT, HISTORY
from data.core.database import now
from data.history.log_csv import log_csv
from data.history.queries import LONGEST_LOG, SHOWN, Asked, doers, whole_log
from data.history.queries import history as read_history
from data.names.views import Found
from data.okrs.queries.timeline import TimelineLook
from data.okrs.queries.timeline import timeline as timeline_of
from data.operations.workspace import Workspace
from pages.shared import top
from pages.shared.history import mine, taker, tell
from pages.shared.navigation import go_on, go_to, look_at_team, look_closer, open_named
from pages.shared.workspace import opened

CHANGES, TIMELINE = "changes", "timeline"
VIEWS = {CHANGES: "Every change", TIMELINE: "The road so far"}


def show() -> None:
    """Ask what is looked for, show it, and take back what somebody did."""
    workspace = opened()
    today = workspace.company.today(now())
    shown = url_state.choice("view", page=HISTORY.title, options=tuple(VIEWS))
    if shown == TIMELINE:
        _show_timeline(workspace, today)
        return
    as_of = top.short_line(workspace, HISTORY, today)
    go_on()
    top.sample(workspace)
    top.look_back(as_of, today)
    top.views(VIEWS)
    asked = _asked(workspace, today, as_of)
    tell()
    _log(workspace, replace(asked, shown=_shown(asked)), today)


def _show_timeline(workspace: Workspace, today: date) -> None:
    """Show a team's cycles, and what became of its KPIs in them."""
    picked = top.team_line(workspace, HISTORY, today)
    _see_as_it_was()
    go_on()
    top.sample(workspace)
    top.look_back(picked.as_of, today)
    top.views(VIEWS)
    look = TimelineLook(workspace.company.team_named(picked.team), picked.as_of or today)
    view = timeline_of(workspace.engine, workspace.version, look)

    def open_(kind: str, key: int) -> None:
        if kind == "kpi":
            look_closer(kind, key)
            return
        for chapter in view.chapters:
            for each in chapter.objectives:
                if each.id == key:
                    go_to(Found("objective", key, each.name, view.team, chapter.cycle))

    timeline.show(view, today=today, key="timeline", on_open=open_, on_then=_ask_as_it_was)


def _ask_as_it_was(cycle: str, day: date) -> None:
    # A callback cannot go to another page.
    st.session_state.as_it_was = (cycle, day.isoformat())


def _see_as_it_was() -> None:
    """Go to the cockpit as it was at the end of the cycle that was asked for."""
    if (asked := st.session_state.pop("as_it_was", None)) is not None:
        cycle, day = asked
        place = {**top_line.looked_at(), "cycle": cycle, "as_of": day}
        st.switch_page(COCKPIT.script, query_params=place)


def _asked(workspace: Workspace, today: date, as_of: date | None) -> Asked:
    """Show the filters, which stand in the URL; give what they ask for."""
    with history.filters():
        text = st.text_input(
            "Name", key="about", bind="query-params", placeholder="Part of a name", width=240
        )
        who = st.selectbox(
            "Who",
            doers(workspace.engine, workspace.version),
            index=None,
            key="who",
            bind="query-params",
            placeholder="Anybody",
            width=200,
        )
        did = st.selectbox(
            "What",
            tuple(history_words.DID),
            index=None,
            format_func=history_words.did,
            key="did",
            bind="query-params",
            placeholder="Anything",
            width=220,
        )
        since, until = (_day(label, key, today) for label, key in (("From", "from"), ("To", "to")))
    return Asked(text=text.strip(), who=who, name=did, since=since, until=until, as_of=as_of)


def _day(label: str, key: str, today: date) -> date | None:
    day: date | None = st.date_input(
        label,
        value=None,
        min_value=top_line.EARLIEST,
        max_value=today,
        key=key,
        bind="query-params",
        format="YYYY-MM-DD",
        width=160,
    )
    return day


def _log(workspace: Workspace, asked: Asked, today: date) -> None:
    zone, as_of = workspace.company.zone, asked.as_of
    view = read_history(workspace.engine, workspace.version, asked)
    own = mine(workspace, asked)
    is_narrowed = replace(asked, as_of=None, shown=SHOWN) != Asked()
    is_named = bool(st.session_state.get("person"))
    history.show(
        view,
        zone=zone,
        today=today,
        key="done",
        empty=history_words.nothing(as_of, today, narrowed=is_narrowed),
        note=history_words.note(as_of, today, named=is_named) if view.done else "",
        mine=own,
        on_take_back=taker(workspace.engine),
        on_older=lambda: _show_older(asked),
        on_open=lambda kind, key: open_named(view, kind, key),
        on_team=look_at_team,
    )
    if view.done:
        st.download_button(
            "Download CSV",
            # Read when somebody wants it: it tells every change, not the first of each alone.
            lambda: log_csv(whole_log(workspace.engine, workspace.version, asked), zone),
            file_name="history.csv",
            mime="text/csv",
            on_click="ignore",
            help=f"All that fits, up to {LONGEST_LOG:,} changes, the latest first",
        )


def _shown(asked: Asked) -> int:
    """Give how much is shown: more only of what somebody wanted more of."""
    kept, shown = st.session_state.get("older", (None, SHOWN))
    return int(shown) if kept == replace(asked, shown=SHOWN) else SHOWN


def _show_older(asked: Asked) -> None:
    st.session_state.older = (replace(asked, shown=SHOWN), asked.shown + SHOWN)


show()
