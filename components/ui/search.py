"""The search box: from anywhere on the page to a KPI, a team, an objective, a key result."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.ui import frontend
from components.ui.payloads import triggered
from data.screens.views.search import Found

_BOX = frontend.element("search")


def show(
    *, key: str, find: Callable[[str], Sequence[Found]], on_pick: Callable[[Found], None]
) -> None:
    """Show the box; while somebody types, only the box runs again. A pick runs the page."""
    _search(key, find, on_pick)


@st.fragment
def _search(
    key: str, find: Callable[[str], Sequence[Found]], on_pick: Callable[[Found], None]
) -> None:
    query = str(st.session_state.get(key, {}).get("query") or "").strip()
    found = find(query) if query else ()
    result = _BOX(
        key=key,
        data={"query": query, "found": [_row(item) for item in found]},
        on_query_change=_nothing,
        on_pick_change=lambda: _hear(key, find, on_pick),
    )
    if result.get("pick"):
        st.rerun()


def _hear(
    key: str, find: Callable[[str], Sequence[Found]], on_pick: Callable[[Found], None]
) -> None:
    picked = chosen(triggered(key, "pick"), find)
    if picked is not None:
        on_pick(picked)


def chosen(sent: object, find: Callable[[str], Sequence[Found]]) -> Found | None:
    """Find again what somebody picked; None where it makes no sense or is gone."""
    if not isinstance(sent, dict) or not isinstance(sent.get("query"), str):
        return None
    meant = (sent.get("target"), sent.get("id"))
    return next((item for item in find(sent["query"]) if (_target(item), item.id) == meant), None)


def _row(item: Found) -> dict[str, Any]:
    where = " · ".join(part for part in (item.team, item.cycle) if part)
    return {
        "target": _target(item),
        "id": item.id,
        "kind": item.kind,
        "name": item.name,
        "where": "" if item.kind == "team" else where,
    }


def _target(item: Found) -> str:
    return "kpi" if item.kind == "KPI" else item.kind


def _nothing() -> None:
    """Streamlit keeps the state of a component only where somebody listens."""
