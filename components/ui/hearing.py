"""Hearing what somebody did in an element, also before a session knows that element.

Streamlit calls the callbacks that the run before left. Where a server starts again under a page
that is open, what somebody does there may come while the first run of the new session is under
way: that run is broken off and another one begins, which knows of no callback yet.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

Callbacks = Mapping[str, Callable[[], object]]

HEARD = "heard"


def marking_calls(key: str, callbacks: Callbacks) -> dict[str, Callable[[], None]]:
    """Give the callbacks of an element, which note that they were called."""
    return {name: partial(_call, (key, name), callback) for name, callback in callbacks.items()}


def hear_missed(key: str, callbacks: Callbacks, sent: Mapping[str, Any]) -> None:
    """Do what an element sent for which no callback was called, and run the page again."""
    heard: set[tuple[str, str]] = st.session_state.setdefault(HEARD, set())
    missed = []
    for name, callback in callbacks.items():
        if sent.get(_event(name)) is not None and (key, name) not in heard:
            missed.append(callback)
        heard.discard((key, name))
    for callback in missed:
        callback()
    if missed:
        st.rerun()


def _call(called: tuple[str, str], callback: Callable[[], object]) -> None:
    st.session_state.setdefault(HEARD, set()).add(called)
    callback()


def _event(name: str) -> str:
    """Give the event that a callback is of, as Streamlit names both."""
    return name.removeprefix("on_").removesuffix("_change")
