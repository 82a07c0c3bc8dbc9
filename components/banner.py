"""Banners: what a person must know before they read the numbers."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components import words

SAMPLE = (
    ":blue-badge[Sample company] Invented, to look around in. For your own numbers run "
    "`python -m data import FOLDER`, then reload."
)


def sample() -> None:
    """Say that these are not the person's own numbers, and how to begin."""
    st.markdown(SAMPLE)


def look_back(day: date, today: date, *, on_return: Callable[[], None]) -> None:
    """Say that this is the past, with the way back to today."""
    text = f":orange-badge[Looking back] As it was known on {words.day(day, today)}."
    _with_button(f"{text} Nothing can be changed here.", "Back to today", on_return)


def stale(last_day: date, today: date, *, on_go: Callable[[], None]) -> None:
    """Say that nothing is recent, and offer the last day that has data."""
    named = words.day(last_day, today)
    text = f":gray-badge[Nothing recent] The last readings here are from {named}."
    _with_button(text, f"Show {named}", on_go)


def _with_button(text: str, label: str, on_click: Callable[[], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="banner"):
        st.markdown(text, width="content")
        st.button(label, on_click=on_click)
