"""A page that stays open stays true: what others save is shown by itself, or offered."""

from collections.abc import Callable

import streamlit as st

from components.ui import frontend

EVERY = 2
"""Seconds between two looks for what others saved."""
_LIVE = frontend.element("live")


def follow(
    newer: Callable[[], int], *, on_show: Callable[[], None], wants_rest: bool = False
) -> None:
    """Look every now and then, and show the page anew; while somebody types it is only offered.

    `newer` gives the version of the data that the page does not show yet, 0 where there is none;
    `on_show` hears that it is about to be shown anew, which a page is at once that `wants_rest`.

    To be shown last, as it takes a gap.
    """
    _look(newer, on_show, wants_rest)


@st.fragment(run_every=EVERY)
def _look(newer: Callable[[], int], on_show: Callable[[], None], wants_rest: bool) -> None:
    data = {"newer": newer(), "rest": wants_rest}
    shown = _LIVE(key="live", data=data, on_show_change=on_show)
    if shown.get("show"):
        st.rerun()
