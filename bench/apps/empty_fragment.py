"""An empty fragment that looks again every second."""

import streamlit as st


@st.fragment(run_every=1)
def nothing() -> None:
    """Show nothing."""


nothing()
