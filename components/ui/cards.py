"""Cards: boxes on a page that stand out from its ground, as a gauge does."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def card(name: str) -> DeltaGenerator:
    """Give a card; its name is its own on the page."""
    return st.container(border=True, key=f"card {name}")
