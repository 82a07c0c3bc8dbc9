"""The way in and the way out, where the company asks people to sign in."""

from collections.abc import Callable

import streamlit as st

from components.ui import words


def ask(*, on_sign_in: Callable[[], None]) -> None:
    """Show the way in, and nothing else."""
    with st.container(key="sign_in", width=420):
        st.markdown("# ▲ Milepost")
        st.markdown("Sign in to see how your team is doing.")
        st.button("Sign in", on_click=on_sign_in)


def turn_away(reason: str, *, on_sign_out: Callable[[], None]) -> None:
    """Say why somebody who signed in may not come in, and show the way out."""
    with st.container(key="sign_in", width=420):
        st.markdown("# ▲ Milepost")
        st.markdown(words.escaped(reason))
        st.button("Sign out", on_click=on_sign_out)
