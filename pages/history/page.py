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
from pages.shared.workspace import opened

NOTHING_FOUND = "Nothing was done that fits. Take a filter away to see more."
NOTHING_OWN = "Nothing of yours stands to be taken back."
NAME_FIRST = "Pick your name at the top right to see your last changes and take them back."


def show() -> None:
    """Ask what is looked for, show it, and take back what somebody did."""
    workspace = opened()
    today = workspace.company.today(now())
    as_of = top.short_line(workspace, HISTORY, today)
    top.sample(workspace, HISTORY)
    top.look_back(as_of, today)
    own, done = st.columns([1, 2], gap="large")
    with own:
        st.subheader("Your last changes", anchor=False)
        if as_of:
            st.caption("Come back to today to take something back.")
        else:
            _own(workspace, today)
    with done:
        st.subheader("What was done", anchor=False)
        _log(workspace, _asked(workspace, today, as_of), today)


def _asked(workspace: Workspace, today: date, as_of: date | None) -> Asked:
    """Show the filters, which stand in the URL; give what they ask for."""
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom", gap="small"):
        text = st.text_input(
            "Name", key="about", bind="query-params", placeholder="Part of a name", width=200
        )
        who = st.selectbox(
            "Who",
            doers(workspace.engine, workspace.version),
            index=None,
            key="who",
            bind="query-params",
            placeholder="Anybody",
            width=180,
        )
        did = st.selectbox(
            "What",
            tuple(history_words.DID),
            index=None,
            format_func=history_words.did,
            key="did",
            bind="query-params",
            placeholder="Anything",
            width=190,
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
    asked = replace(asked, shown=_shown(asked))
    zone = workspace.company.zone
    view = read_history(workspace.engine, workspace.version, asked)
    history.show(view, zone=zone, today=today, key="done", empty=NOTHING_FOUND)
    with st.container(horizontal=True):
        if view.more:
            st.button("Show older", on_click=_show_older, args=(asked,))
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


def _own(workspace: Workspace, today: date) -> None:
    tell()
    view = mine(workspace)
    if not st.session_state.get("person"):
        st.info(NAME_FIRST)
    elif view is None:
        st.info(NOTHING_OWN)
    else:
        history.show(
            view,
            zone=workspace.company.zone,
            today=today,
            key="own",
            empty=NOTHING_OWN,
            mine={done.command_id for done in view.done},
            on_take_back=taker(workspace.engine),
        )


show()
