"""What nobody sees yet is left out of the first page of a session, and comes right after it.

A page is there sooner without the forms behind its buttons: the browser asks for the rest as soon
as it has nothing else to do.
"""

import streamlit as st


def is_left_out() -> bool:
    """Tell whether what lies behind a button is left out; then the page is asked for once more."""
    if st.session_state.get("stands"):
        return False
    st.session_state.is_rest_wanted = True
    return True


def is_rest_wanted() -> bool:
    """Tell, once a page stands, whether anything was left out of it."""
    st.session_state.stands = True
    return bool(st.session_state.pop("is_rest_wanted", False))
