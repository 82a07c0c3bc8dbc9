"""History: all that was done, by whom and when, and the way back for one's own."""

from dataclasses import replace
from datetime import date

import streamlit as st

from components.history import history, history_words
from components.ui import top_line
from components.ui.page_registry import HISTORY
from data.core.database import now
from data.history.log_csv import log_csv
from data.history.queries import LONGEST_LOG, SHOWN, Asked, doers, whole_log
from data.history.queries import history as read_history
from data.operations.workspace import Workspace
from pages.shared import top
from pages.shared.history import mine, taker, tell
from pages.shared.navigation import go_on, look_at_team, open_named
from pages.shared.workspace import opened


def show() -> None:
    """Ask what is looked for, show it, and take back what somebody did."""
    workspace = opened()
    today = workspace.company.today(now())
    as_of = top.short_line(workspace, HISTORY, today)
    go_on()
    top.sample(workspace)
    top.look_back(as_of, today)
    asked = _asked(workspace, today, as_of)
    tell()
    _log(workspace, replace(asked, shown=_shown(asked)), today)


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
