"""Beginning one's own company: a name is enough, the sample is gone with it."""

import streamlit as st

from components.ui import words
from data.company.commands.teams import add_team
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.core.settings import settings
from data.operations.start_up import start_up
from pages.shared.dispatch import NAME_FIRST
from pages.shared.feedback import once
from pages.shared.who import person_key


def offer() -> None:
    """Ask what one's company is called; with that it is there, empty, and the sample is not."""
    with st.container(key="beginning", horizontal=True, vertical_alignment="center"):
        st.text_input(
            "Your own company",
            key="company_name",
            placeholder="What your company is called",
            max_chars=200,
            label_visibility="collapsed",
            width=260,
        )
        st.button("Begin your own company", on_click=_begin)
    if refused := once("not_begun"):
        st.warning(words.escaped(refused))


def _begin() -> None:
    name = st.session_state.get("person")
    refused = begin(name, st.session_state.get("company_name", ""))
    st.session_state.not_begun = refused
    if not refused:
        st.session_state.team = None
        st.session_state.table = "teams"


def begin(person: str | None, company: str) -> str:
    """Add the topmost team of a company to its database; say why not, empty where it is there."""
    if not person:
        return NAME_FIRST
    engine = start_up(settings().database_url)
    try:
        person_id = person_key(engine, person)
        add_team(
            engine, person_id=person_id, said={"name": company}, base_version=data_version(engine)
        )
    except CommandRejected as refused:
        return refused.message
    return ""
