"""Going where a click asked to go, in the run that follows: a callback cannot."""

from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Protocol

import streamlit as st

from components.ui import top_line
from components.ui.page_registry import COCKPIT, KPI, PLACES, UPDATE, WHOSE
from data.names.views import Found


def pages() -> list[st.Page]:
    """Give the pages for a run, which marks its own as it goes there."""
    return [copy(page) for page in _pages()]


@cache
def _pages() -> list[st.Page]:
    # Streamlit looks for the file of each.
    return [
        st.Page(place.script, title=place.title, url_path=place.path, default=not place.path)
        for place in PLACES
    ]


class Names(Protocol):
    """What a page shows that names objectives and key results."""

    def found(self, kind: str, key: int) -> Found | None:
        """Give one of them that is named, and where it stands."""


def look_closer(_kind: str, key: int) -> None:
    """Ask for the page of a KPI."""
    st.session_state.looked_at = key


def ask_why(kpi_id: int) -> None:
    """Ask for the page of a KPI with the reasons of its state unfolded."""
    st.session_state.looked_at = kpi_id
    st.session_state.is_why_asked = True


def go_to(found: Found) -> None:
    """Look at a team that was found, ask for a KPI's page; the rest stands on the cockpit."""
    if found.kind == "KPI":
        st.session_state.looked_at = found.id
        return
    st.session_state.team = found.team
    if found.kind != "team":
        if found.cycle:
            st.session_state.cycle = found.cycle
        st.session_state.found_at = f"{found.kind.lower()} {found.id}"


def open_named(view: Names | None, kind: str, key: int) -> None:
    """Ask for the page of a KPI, or for the cockpit of something else that a view names."""
    if kind == "kpi":
        look_closer(kind, key)
    elif view is not None and (found := view.found(kind, key)) is not None:
        go_to(found)


def look_at_team(name: str) -> None:
    """Ask for the cockpit of a team."""
    st.session_state.cockpit_of = name


def look_at_updates(names: Sequence[str]) -> None:
    """Ask for the list of somebody, if they are named."""
    st.session_state.updates_of = next(iter(names), None)


def go_on(*filters: str) -> None:
    """Go to the page that was asked for; a page's filters go along for the way back."""
    if (team := st.session_state.pop("cockpit_of", None)) is not None:
        st.switch_page(COCKPIT.script, query_params={**top_line.looked_at(), "team": team})
    if (kpi_id := st.session_state.pop("looked_at", None)) is not None:
        around = top_line.looked_at(*filters)
        why = {"how": "open"} if st.session_state.pop("is_why_asked", False) else {}
        st.switch_page(KPI.script, query_params={"id": str(kpi_id), **why, **around})
    if (name := st.session_state.pop("updates_of", None)) is not None:
        st.switch_page(UPDATE.script, query_params={**top_line.looked_at(), WHOSE: name})
    if (focus := st.session_state.pop("found_at", None)) is not None:
        st.switch_page(COCKPIT.script, query_params={**top_line.looked_at(), "focus": focus})
