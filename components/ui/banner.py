"""Banners: what a person must know before they read the numbers."""

from collections.abc import Callable
from datetime import date, datetime

import streamlit as st

from components.ui import formatting, page_registry, words
from components.ui.page_registry import BEGIN, COCKPIT, IMPORT

STAYS = "What you typed stays where it is. "
LOOKS_AGAIN = "Milepost looks for it again every few seconds."
FAILED = "Something went wrong here. What was saved is safe: reload the page."
LOOK_AGAIN_EVERY = 3
"""Seconds between two looks for a database that does not answer."""
SAMPLE = ":blue-badge[Sample company] Invented, to look around in."
OWN_NUMBERS, OWN_COMPANY = "Bring in your own numbers", "Begin with your own company"
TO_SAMPLE = "Look at the sample company"


def sample(text: str = SAMPLE, *, own: str, to_import: bool = True) -> None:
    """Say that these are not the person's own numbers, with the ways to begin with those.

    Where their own company is there already, `own` is its name, and the way leads back to it.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="sample"):
        st.markdown(text, width="content")
        if own:
            st.page_link(COCKPIT.script, label=f"Back to {words.escaped(own)}", width="content")
            return
        if to_import:
            st.page_link(IMPORT.script, label=OWN_NUMBERS, width="content")
        st.page_link(BEGIN.script, label=OWN_COMPANY, width="content")


def to_sample() -> None:
    """Offer the sample company to somebody who has a company of their own."""
    st.page_link(
        COCKPIT.script, label=TO_SAMPLE, query_params={page_registry.SAMPLE: "1"}, width="content"
    )


def look_back(day: date, today: date, *, on_return: Callable[[], None]) -> None:
    """Say that this is the past, with the way back to today."""
    text = f":orange-badge[Looking back] As it was known on {formatting.day(day, today)}."
    _with_button(f"{text} Nothing can be changed here.", "Back to today", on_return)


def stale(last_day: date, today: date, *, on_go: Callable[[], None]) -> None:
    """Say that nothing is recent, and offer the last day that has data."""
    named = formatting.day(last_day, today)
    text = f":gray-badge[Nothing recent] The last readings here are from {named}."
    _with_button(text, f"Show {named}", on_go)


def unreachable(
    shown_as_of: datetime | None, *, why: str = "", is_back: Callable[[], bool]
) -> None:
    """Say that the database does not answer, and of when this is; look again by itself.

    To be shown last: it stands at the lower edge, and nothing moves for it. `why` takes the place
    of that where it is known, and what to do about it.
    """
    shown = "" if shown_as_of is None else f": this is as of {shown_as_of:%H:%M}"
    stays = STAYS if shown else ""
    told = words.escaped(why) if why else f"**The database cannot be reached{shown}.** {stays}"
    with st.container(key="unreachable"):
        st.markdown(f"⚠ {told} {LOOKS_AGAIN}")
        look_again(is_back)


def failed() -> None:
    """Say that a page came to an end that nobody foresaw."""
    st.error(FAILED, icon="⚠️")


@st.fragment(run_every=LOOK_AGAIN_EVERY)
def look_again(is_back: Callable[[], bool]) -> None:
    """Run the page again once what it lacks is back."""
    if is_back():
        st.rerun()


def _with_button(text: str, label: str, on_click: Callable[[], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="banner"):
        st.markdown(text, width="content")
        st.button(label, type="tertiary", on_click=on_click)
