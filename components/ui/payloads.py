"""What a browser is sent, and what it sent, which is None where it makes no sense."""

from collections.abc import Callable, Container, Mapping, Sequence
from contextvars import ContextVar
from datetime import date
from typing import Any

import streamlit as st

LONGEST = 2_000

Column = list[Any] | dict[str, list[Any]]
Reader = Callable[[object], Any]

MISSING = object()
"""What a reader is given of a field that was not sent."""


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, Column]:
    """Write rows of the same fields as a column a field: each name travels once for all of them."""
    return {name: _column([row[name] for row in rows]) for name in rows[0]} if rows else {}


def _column(values: list[Any]) -> Column:
    """Write a column; words and marks that many rows share travel once and are pointed at."""
    if not any(isinstance(value, str | dict) for value in values):
        return values
    kinds = {repr(value): value for value in values}
    if 2 * len(kinds) > len(values):
        return values
    places = {kind: place for place, kind in enumerate(kinds)}
    return {"kinds": list(kinds.values()), "at": [places[repr(value)] for value in values]}


def shaped(text: str) -> dict[str, str]:
    """Take the shape in front of some words apart from them."""
    shape, _, words = text.partition(" ")
    return {"shape": shape, "text": words}


_group_heard: ContextVar[str | None] = ContextVar("group heard", default=None)


def triggered(key: str, name: str) -> object:
    """Give what a component sent; None where its page was left while that was on its way."""
    group = _group_heard.get()
    held = st.session_state.get(group or key)
    return None if held is None else held.get(within_group(key, name) if group else name)


def within_group(key: str, name: str) -> str:
    """Give the name by which a group sends what one of its components does."""
    return f"{key}/{name}"


def heard_in_group(group: str, callback: Callable[[], object]) -> None:
    """Call what hears a component that a group sends for."""
    token = _group_heard.set(group)
    try:
        callback()
    finally:
        _group_heard.reset(token)


def read(sent: object, **readers: Reader) -> dict[str, Any] | None:
    """Read fields by name; None where one of them makes no sense, or there are no fields at all."""
    if not isinstance(sent, dict):
        return None
    found = {name: reader(sent.get(name, MISSING)) for name, reader in readers.items()}
    return None if None in found.values() else found


def otherwise(reader: Reader, value: object) -> Reader:
    """Make a reader that gives a value for what was not sent."""
    return lambda sent: value if sent is MISSING else reader(sent)


def one_of(known: Container[object]) -> Reader:
    """Make a reader of what is one of the known."""
    return lambda sent: sent if sent in known else None


def yes(sent: object) -> bool:
    """Tell whether somebody said so."""
    return sent is True


def flag(sent: object) -> bool | None:
    """Give yes or no."""
    return sent if isinstance(sent, bool) else None


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


words = otherwise(text, "")
"""Reads a text that may be left out."""
