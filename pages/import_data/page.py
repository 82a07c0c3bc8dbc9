"""Import: see how any spreadsheet is read and what it would do, then do it; and take along."""

import streamlit as st
from sqlalchemy import Engine

from components.exchange import import_words
from components.ui import banner, cards, words
from components.ui.page_registry import IMPORT
from data.core.database import data_version, now
from data.core.settings import settings
from data.exchange.queries import why_not
from data.operations.start_up import start_up
from data.operations.workspace import Workspace
from pages.import_data import exporting, importing, sources
from pages.shared import top
from pages.shared.feedback import show_toast
from pages.shared.workspace import opened


def show() -> None:
    """Ask for what shall come in, show what it would do, and offer what can be taken along."""
    workspace = opened()
    today = workspace.company.today(now())
    as_of = top.short_line(workspace, IMPORT, today)
    if workspace.is_sample:
        said = import_words.TO_OWN if workspace.own else import_words.SAMPLE
        banner.sample(said, own=workspace.own, to_import=False)
    top.look_back(as_of, today)
    # The sample company takes nothing in: what comes first is the company's own.
    own = start_up(settings().database_url)
    given = sources.given()
    if given is not None and not as_of:
        importing.show(own, data_version(own), given, _why_not(own))
    else:
        _begin(workspace, own, is_past=as_of is not None)
    show_toast(own)


def _begin(workspace: Workspace, own: Engine, *, is_past: bool) -> None:
    """Ask for what shall come in, and offer what can be taken along."""
    if not is_past:
        importing.show_done(own)
    bring, take = st.columns([5, 2], gap="small")
    with bring, cards.card("bring in"):
        st.subheader("Bring in", anchor=False)
        if is_past:
            st.caption("Come back to today to bring something in.")
        else:
            sources.ask()
            if reason := _why_not(own):
                st.info(words.escaped(reason))
    with take:
        with cards.card("take along"):
            st.subheader("Take along", anchor=False)
            is_own = not workspace.is_sample
            st.caption(import_words.TAKE_ALONG if is_own else import_words.TAKE_SAMPLE)
            exporting.show(workspace.engine, workspace.version)
        with cards.card("begin"):
            st.subheader("Begin", anchor=False)
            st.caption(import_words.BEGIN)
            exporting.show_blank()


def _why_not(own: Engine) -> str:
    """Say why who is here may not import, empty where they may."""
    name = st.session_state.get("person") or ""
    return why_not(own, name) if name else importing.NAME_FIRST


show()
