"""What is looked at, kept in the URL across pages, so that any view can be linked.

Streamlit's own binding ties a name to the page that shows its widget: it drops the value from
a link to another page with the same widget, and from the browser's way back. So the URL is
followed and written here, and a widget of the same key shows what it says.

A busy browser sends a click before it has written what it was told, or a link from before a
pick. So what the URL said before a pick is no wish, unless the browser's way back says it, or a
link back to a page that was left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Value = TypeVar("Value")
Option = TypeVar("Option", bound=str)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the URL says of a name as it was left, and what its widget showed on a page.

    `overtaken` is what it said before the browser was told to write something else.
    """

    text: str | None = None
    shown: Any = None
    page: str | None = None
    overtaken: frozenset[str | None] = frozenset()


Known = dict[str, _Kept]

UNKNOWN = object()
"""What the session holds of a name that no run has had yet."""


def keep(name: str, *, page: str, read: Callable[[str], Value | None], default: Value) -> Value:
    """Give what is picked for a name on a page, and have the widget of that key show it.

    To be called before its widget, which takes no default of its own. `read` turns the text of
    a URL, which anybody may have typed, into a value; None where it makes no sense.
    """
    known = _known()
    _arrive(known, page)
    text, picked = _now(known, name)
    value = picked if picked is not None else read(text) if text is not None else None
    value = default if value is None else value
    before = known.get(name, _Kept())
    if before.page != page or st.session_state.get(name, UNKNOWN) != value:
        st.session_state[name] = value
    _remember(known, name, None if value == default else str(value), value, page)
    return value


def choice(name: str, *, page: str, options: Sequence[Option]) -> Option:
    """Give which of some options is picked, the first one at first."""
    read = {str(option): option for option in options}.get
    return keep(name, page=page, read=read, default=options[0])


def carried(*names: str) -> dict[str, str]:
    """Give what a link to another page takes along of some names, whether shown here or not."""
    known = _known()
    for name in names:
        text, picked = _now(known, name)
        if picked is not None:
            text = str(picked)
        if text != known.get(name, _Kept()).text or text != st.query_params.get(name):
            # What a widget of the page before showed is still there: that is no new pick.
            _remember(known, name, text, st.session_state.get(name), None)
    kept = {name: known.get(name, _Kept()).text for name in names}
    return {name: text for name, text in kept.items() if text is not None}


def _arrive(known: Known, page: str) -> None:
    """Take a link back to a page that was left at its word, whatever was picked there."""
    if st.session_state.get("kept_on") == page:
        return
    st.session_state.kept_on = page
    for name, kept in known.items():
        if kept.page == page:
            known[name] = replace(kept, overtaken=frozenset())


def _now(known: Known, name: str) -> tuple[str | None, Any]:
    """Give what the URL says where it was changed by a link or the way back, else what was picked.

    A pick of nothing leaves neither.
    """
    before = known.get(name, _Kept())
    in_url = st.query_params.get(name)
    late = in_url in before.overtaken and not _is_way_back()
    if in_url != before.text and not late:
        return in_url, None
    picked = st.session_state.get(name, before.shown)
    if picked != before.shown:
        return None, picked
    return before.text, None


def _is_way_back() -> bool:
    """Tell whether the browser's button back or forward led here: then it knows its URL."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def _remember(known: Known, name: str, text: str | None, shown: Any, page: str | None) -> None:
    """Have the URL say a text, None takes the name out of it; and know it in the next run."""
    before = known.get(name, _Kept())
    overtaken, in_url = before.overtaken, st.query_params.get(name)
    if text != before.text:
        overtaken = frozenset() if text == in_url else overtaken | {in_url, before.text}
    if text is None and in_url is not None:
        del st.query_params[name]
    elif text is not None and text != in_url:
        st.query_params[name] = text
    known[name] = _Kept(text, shown, page, overtaken)


def _known() -> Known:
    known: Known = st.session_state.setdefault("kept", {})
    return known
