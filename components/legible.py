"""Streamlit's own words in a contrast that everybody can read."""

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parent / "frontend" / "legible.css"
THEMES = ("light", "dark")


def begin() -> None:
    """Give captions and the main buttons of a page the ink that the theme has no option for."""
    st.html(STYLE)
    # What opens over the page lies outside of what Streamlit gives the theme's scheme to.
    if (theme := st.context.theme.type) in THEMES:
        st.html(f"<style>:root {{ color-scheme: {theme}; }}</style>")
