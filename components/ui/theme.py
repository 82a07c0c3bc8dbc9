"""Streamlit's own words in a contrast that everybody can read."""

from functools import cache
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parents[1] / "frontend" / "page" / "theme.css"
THEMES = ("light", "dark")


def begin() -> None:
    """Give captions and the main buttons of a page the ink that the theme has no option for."""
    st.html(_style(st.context.theme.type))


@cache
def _style(theme: str | None) -> str:
    # What opens over the page lies outside of what Streamlit gives the theme's scheme to.
    scheme = f":root {{ color-scheme: {theme}; }}" if theme in THEMES else ""
    return f"<style>{STYLE.read_text(encoding='utf-8')}{scheme}</style>"
