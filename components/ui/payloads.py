"""What a browser sent, checked piece by piece: None where it makes no sense."""

from datetime import date

import streamlit as st

LONGEST = 2_000


def triggered(key: str, name: str) -> object:
    """Give what a component sent; None where its page was left while that was on its way."""
    held = st.session_state.get(key)
    return None if held is None else held.get(name)


def whole(sent: object) -> int | None:
    """Give a key or a version: a whole number that a browser can tell from its neighbours."""
    if not isinstance(sent, int) or isinstance(sent, bool):
        return None
    return sent if 0 <= sent < 2**53 else None


def day(sent: object) -> date | None:
    """Give the day that an ISO text spells."""
    try:
        return date.fromisoformat(sent) if isinstance(sent, str) else None
    except ValueError:
        return None


def text(sent: object) -> str | None:
    """Give a text that is not beyond all bounds."""
    return sent if isinstance(sent, str) and len(sent) <= LONGEST else None
