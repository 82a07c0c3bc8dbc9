"""What the browser remembers for a person: small words in cookies."""

from urllib.parse import quote, unquote

import streamlit as st

from components.ui import frontend

_COOKIE = frontend.element("cookies")


def remember(name: str, value: str) -> None:
    """Have the browser keep a value for a year."""
    data = {"name": name, "value": quote(value, safe="")}
    _COOKIE(key=f"remember {name}", data=data, height="content")


def recall(name: str) -> str | None:
    """Read back what the browser kept, as of when the page was loaded; anybody may have set it."""
    kept = st.context.cookies.get(name)
    return unquote(kept) if isinstance(kept, str) else None
