"""Import: see what a workbook, CSV files or a pasted table would do, then do it; and take along."""

import streamlit as st
from sqlalchemy import Engine

from components.exchange import import_preview, import_words
from components.ui import banner, cards, words
from components.ui.page_registry import IMPORT
from data.core.database import data_version, now
from data.core.settings import settings
from data.exchange.queries import kpi_choices, why_not
from data.operations.start_up import start_up
from pages.import_data import exporting, importing, sources
from pages.import_data.sources import FILES, FROM, TABLE
from pages.shared import top
from pages.shared.feedback import show_toast
from pages.shared.workspace import opened


def show() -> None:
    """Ask for what shall come in, show what it would do, and offer what can be taken along."""
    workspace = opened()
    today = workspace.company.today(now())
    as_of = top.short_line(workspace, IMPORT, today)
    if workspace.is_sample:
        banner.sample(import_words.SAMPLE, to_import=False)
    top.look_back(as_of, today)
    cards.begin()
    import_preview.begin()
    # The sample company takes nothing in: what comes first is the company's own.
    own = start_up(settings().database_url)
    bring, take = st.columns([5, 2], gap="small")
    with bring, cards.card("bring in"):
        st.subheader("Bring in", anchor=False)
        if as_of:
            st.caption("Come back to today to bring something in.")
        else:
            _bring_in(own)
    with take:
        with cards.card("take along"):
            st.subheader("Take along", anchor=False)
            st.caption(import_words.TAKE_ALONG)
            exporting.show(workspace.engine, workspace.version)
        with cards.card("begin"):
            st.subheader("Begin", anchor=False)
            st.caption(import_words.BEGIN)
            exporting.show_blank()
    show_toast(own)


def _bring_in(own: Engine) -> None:
    version = data_version(own)
    name = st.session_state.get("person") or ""
    reason = why_not(own, name) if name else importing.NAME_FIRST
    number = st.session_state.get("import_number", 0)
    from_ = st.segmented_control("From", (FILES, TABLE), default=FILES, required=True, key=FROM)
    source = (
        sources.ask_for_table(kpi_choices(own, version), number)
        if from_ == TABLE
        else sources.ask_for_files(number)
    )
    if source is None:
        if reason:
            st.info(words.escaped(reason))
        importing.show_done(own)
    else:
        importing.show(own, version, source, reason)


show()
