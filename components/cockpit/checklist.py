"""The first steps of a company: what is done, and where to do the rest."""

from collections.abc import Callable

import streamlit as st

from components.cockpit import checklist_words
from components.ui import cards, cookies
from data.screens.views.checklist import Checklist

COOKIE, AWAY = "milepost_first_steps", "away"


def is_away() -> bool:
    """Tell whether somebody has put the first steps away in this browser."""
    return bool(st.session_state.get("first_steps_away")) or cookies.recall(COOKIE) == AWAY


def put_away() -> None:
    """Put them away; to be called by a callback."""
    st.session_state.first_steps_away = True


def remember() -> None:
    """Have the browser keep that they were put away; to be shown last, as it takes a gap."""
    if is_away() and cookies.recall(COOKIE) != AWAY:
        cookies.remember(COOKIE, AWAY)


def show(view: Checklist, *, on_away: Callable[[], None]) -> None:
    """Show a step after the other: a tick where it is done, else the way to do it."""
    with cards.card("first steps"):
        with st.container(horizontal=True, vertical_alignment="center", key="first_steps_head"):
            st.subheader(checklist_words.headline(view), anchor=False, width="stretch")
            st.button(checklist_words.PUT_AWAY, type="tertiary", on_click=on_away)
        with st.container(horizontal=True, key="first_steps"):
            for step in checklist_words.STEPS:
                if getattr(view, step.name):
                    st.markdown(f"✓ {step.done}", width="content")
                else:
                    st.page_link(
                        step.place.script,
                        label=f"○ {step.to_do}",
                        query_params=dict(step.query),
                        width="content",
                    )
