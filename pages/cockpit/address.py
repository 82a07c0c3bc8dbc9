"""What the address of the cockpit says, beside team, cycle and day."""

import streamlit as st

from data.screens.cockpit import Focus
from pages.shared.links import key_from

FOCUSED = {"kpi", "objective", "key result"}


def as_table() -> bool:
    """Tell whether the gauges are shown as a table."""
    return st.query_params.get("gauges") == "table"


def choose_view(is_table: bool) -> None:
    """Show the gauges as a table, or as cards."""
    say("gauges", "table" if is_table else None)


def marks_changes() -> bool:
    """Tell whether what changed since the last check-in is marked."""
    return st.query_params.get("since") == "check-in"


def mark_changes(is_asked: bool) -> None:
    """Mark what changed since the last check-in, or nothing."""
    say("since", "check-in" if is_asked else None)


def turn(name: str) -> None:
    """Show all that the URL asks for by a name, or few of it again."""
    say(name, None if wanted(name) else "true")


def look_at_team(name: str) -> None:
    """Look at another team."""
    st.session_state.team = name
    say("focus", None)


def look_at_cycle(name: str) -> None:
    """Look at another cycle."""
    st.session_state.cycle = name


def say(name: str, text: str | None) -> None:
    """Have the URL say something, or nothing, by a name."""
    if text is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = text


def wanted(name: str) -> bool:
    """Tell whether all is to be shown that the URL asks for by a name."""
    return st.query_params.get(name) == "true"


def point_to(kind: str, key: int) -> None:
    """Bring something onto the page that may not be on it."""
    st.query_params["focus"] = f"{kind} {key}"


def focus() -> Focus | None:
    """Read from the URL what a search or a link points to."""
    kind, _, text = st.query_params.get("focus", "").rpartition(" ")
    key = key_from(text)
    return (kind, key) if kind in FOCUSED and key is not None else None
