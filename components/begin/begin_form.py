"""The form with which one's own company begins."""

from typing import Literal, NamedTuple

import streamlit as st

from components.begin import begin_words
from components.ui import cards, words
from components.ui.page_registry import COCKPIT

WIDTH = 600


class Typed(NamedTuple):
    """What was typed, and whether to begin with that or to bring in a spreadsheet."""

    company: str
    name: str
    team: str
    with_quarter: bool
    then: Literal["begin", "drop"]


def show(*, quarter: str, name: str | None, asks_name: bool, refused: str) -> Typed | None:
    """Ask for the names; give what was typed once a button is pressed."""
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=WIDTH),
        cards.card("begin"),
    ):
        st.header(begin_words.TITLE, anchor=False)
        st.caption(begin_words.LEAD)
        with st.form("begin", border=False):
            typed = _fields(quarter, name, asks_name=asks_name)
            if refused:
                st.warning(words.escaped(refused))
            with st.container(horizontal=True, vertical_alignment="center"):
                is_begun = st.form_submit_button(begin_words.BEGIN, type="primary")
                is_dropped = st.form_submit_button(begin_words.DROP)
        st.caption(begin_words.ONE_STEP)
        st.page_link(COCKPIT.script, label=begin_words.LOOK, width="content")
    if is_dropped:
        return typed._replace(then="drop")
    return typed if is_begun else None


def _fields(quarter: str, name: str | None, *, asks_name: bool) -> Typed:
    company = _field(begin_words.COMPANY, begin_words.COMPANY_HINT, "begin_company")
    if asks_name:
        name = _field(begin_words.NAME, begin_words.NAME_HINT, "begin_name")
    team = _field(begin_words.TEAM, begin_words.TEAM_HINT, "begin_team")
    with_quarter = st.checkbox(quarter, value=True, key="begin_quarter")
    return Typed(company, name or "", team, with_quarter, "begin")


def _field(label: str, hint: str, key: str) -> str:
    return st.text_input(label, placeholder=hint, max_chars=200, key=key)
