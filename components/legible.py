"""Streamlit's own words in a contrast that everybody can read."""

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parent / "frontend" / "legible.css"


def begin() -> None:
    """Give captions and the main buttons of a page the ink that the theme has no option for."""
    st.html(STYLE)
