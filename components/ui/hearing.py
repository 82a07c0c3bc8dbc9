"""Hearing what somebody did in an element, also before a session knows that element.

Streamlit calls the callbacks that the run before left. Where a server starts again under a page
that is open, what somebody does there may come while the first run of the new session is under
way: that run is broken off and another one begins, which knows of no callback yet.

A run may also be broken off while a callback reads or writes the state of its session. What it has
saved by then stays saved, and nobody would be told: so it is left to come to its end.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Callbacks = Mapping[str, Callable[[], object]]

HEARD = "heard"


def marking_calls(key: str, callbacks: Callbacks) -> dict[str, Callable[[], None]]:
    """Give the callbacks of an element, which note that they were called."""
    return {name: partial(_call, (key, name), callback) for name, callback in callbacks.items()}


def hear_missed(key: str, callbacks: Callbacks, sent: Mapping[str, Any]) -> None:
    """Do what an element sent for which no callback was called, and run the page again."""
    came = [name for name in callbacks if sent.get(_event(name)) is not None]
    if not came:
        return
    heard: set[tuple[str, str]] = st.session_state.setdefault(HEARD, set())
    missed = [name for name in came if (key, name) not in heard]
    heard.difference_update((key, name) for name in came)
    for name in missed:
        with _to_the_end():
            callbacks[name]()
    if missed:
        st.rerun()


def _call(called: tuple[str, str], callback: Callable[[], object]) -> None:
    with _to_the_end():
        st.session_state.setdefault(HEARD, set()).add(called)
        callback()


@contextmanager
def _to_the_end() -> Iterator[None]:
    """Let nothing that is asked for meanwhile break off what is being done."""
    run = get_script_run_ctx()
    if run is None:
        yield
        return
    state = run.session_state
    breaks_off = state._yield_callback
    # An attribute that is set in the usual way would be one of the session's state.
    object.__setattr__(state, "_yield_callback", lambda: None)
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", breaks_off)


def _event(name: str) -> str:
    """Give the event that a callback is of, as Streamlit names both."""
    return name.removeprefix("on_").removesuffix("_change")
