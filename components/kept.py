"""What is looked at, kept in the URL across pages, so that any view can be linked.

Streamlit's own binding ties a name to the page that shows its widget: it drops the value from
a link to another page with the same widget, and from the browser's way back. So the URL is
followed and written here, and a widget of the same key shows what it says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the URL says of a name as it was left, and what its widget showed on a page."""

    text: str | None = None
    shown: Any = None
    page: str | None = None


def keep(name: str, *, page: str, read: Callable[[str], Value | None], default: Value) -> Value:
    """Give what is picked for a name on a page, and have the widget of that key show it.

    To be called before its widget, which takes no default of its own. `read` turns the text of
    a URL, which anybody may have typed, into a value; None where it makes no sense.
    """
    text, picked = _now(name)
    value = picked if picked is not None else read(text) if text is not None else None
    value = default if value is None else value
    before = _memory().get(name, _Kept())
    if before.page != page or name not in st.session_state or st.session_state[name] != value:
        st.session_state[name] = value
    _memory()[name] = _Kept(_write(name, None if value == default else str(value)), value, page)
    return value


def carried(*names: str) -> dict[str, str]:
    """Give what a link to another page takes along of some names, whether shown here or not."""
    for name in names:
        text, picked = _now(name)
        if picked is not None:
            text = str(picked)
        if text != _memory().get(name, _Kept()).text:
            # What a widget of the page before showed is still there: that is no new pick.
            _memory()[name] = _Kept(_write(name, text), st.session_state.get(name))
    kept = {name: _memory().get(name, _Kept()).text for name in names}
    return {name: text for name, text in kept.items() if text is not None}


def _now(name: str) -> tuple[str | None, Any]:
    """Give what the URL says where it was changed by a link or the way back, else what was picked.

    A pick of nothing leaves neither.
    """
    before = _memory().get(name, _Kept())
    in_url = st.query_params.get(name)
    if in_url != before.text:
        return in_url, None
    picked = st.session_state.get(name, before.shown)
    if picked != before.shown:
        return None, picked
    return before.text, None


def _write(name: str, text: str | None) -> str | None:
    """Have the URL say a text; None takes the name out of it."""
    if text is not None and st.query_params.get(name) != text:
        st.query_params[name] = text
    elif text is None and name in st.query_params:
        del st.query_params[name]
    return text


def _memory() -> dict[str, _Kept]:
    memory: dict[str, _Kept] = st.session_state.setdefault("kept", {})
    return memory
