"""Cards: boxes on a page that stand out from its ground, as a gauge does."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

STYLE = Path(__file__).parents[1] / "frontend" / "page" / "cards.css"


def begin() -> None:
    """Give the cards of a page their ground, which the theme has no option for."""
    st.html(STYLE)


def card(name: str) -> DeltaGenerator:
    """Give a card; its name is its own on the page."""
    return st.container(border=True, key=f"card {name}")
