"""A page that stays open stays true: what others save is shown by itself, or offered."""

from collections.abc import Callable

import streamlit as st

from components.ui import frontend

EVERY = 2
"""Seconds between two looks for what others saved."""
_LIVE = frontend.element("live")


def follow(is_newer: Callable[[], bool]) -> None:
    """Look every now and then, and show the page anew; while somebody types it is only offered.

    To be shown last, as it takes a gap.
    """
    _look(is_newer)


@st.fragment(run_every=EVERY)
def _look(is_newer: Callable[[], bool]) -> None:
    shown = _LIVE(key="live", data={"newer": is_newer()}, on_show_change=_nothing)
    if shown.get("show"):
        st.rerun()


def _nothing() -> None:
    """Streamlit tells what a component says only where somebody listens."""
