"""The top line of every page: which team, cycle and day is looked at, and who is here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

from components.ui import formatting, search, sign_in, url_state
from components.ui.page_registry import LOOKED_AT, PLACES, Place
from data.company.views import CycleView
from data.screens.views.search import Found

STYLES = Path(__file__).parents[1] / "frontend" / "page"
THEMES = ("light", "dark")
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Picked:
    """What the pickers say: names, and a day where one looks back."""

    team: str | None
    cycle: str | None
    as_of: date | None


def show(
    place: Place,
    *,
    teams: Sequence[str],
    people: Sequence[str],
    today: date,
    find: Callable[[str], Sequence[Found]],
    on_pick: Callable[[Found], None],
    cycles: Sequence[str] | None = None,
    cycle_on: Callable[[str | None, date], CycleView | None] = lambda _name, _day: None,
) -> Picked:
    """Show the top line; team, cycle and day stand in the URL, so that a view can be linked.

    `cycle_on` gives the cycle of a name as seen from a day, without a name the one that the
    day is in: the cycle follows the day until somebody picks one. Without `cycles` the page
    shows none, and only passes the one picked elsewhere on.
    """
    with st.container(key="top_line", horizontal=True, vertical_alignment="center", gap="small"):
        as_of = _known_day(place, today)
        day = as_of or today
        team = _known_name("team", place, teams, teams[0])
        current = cycle_on(None, day)
        cycle = None
        if cycles is not None:
            cycle = _known_name("cycle", place, cycles, current.name if current else None)
        links(place)
        st.selectbox("Team", teams, key="team", label_visibility="collapsed", width=160)
        if cycles is not None:
            _cycle_picker(cycles, cycle_on(cycle, day), day, today)
        _day_picker(as_of, today)
        search.show(key="search", find=find, on_pick=on_pick)
        who_is_here(people)
    return Picked(team, cycle, as_of)


def show_short(place: Place, *, people: Sequence[str], today: date) -> date | None:
    """Show the top line of a page about no team; give the day that is looked back at."""
    with st.container(key="top_line", horizontal=True, vertical_alignment="center"):
        links(place)
        st.space("stretch")
        as_of = _known_day(place, today)
        _day_picker(as_of, today)
        who_is_here(people)
    return as_of


def links(place: Place) -> None:
    """Show the way to the pages, the present one in bold; what is looked at goes along."""
    st.html(_styles(st.context.theme.type))
    with st.container(
        key="places", horizontal=True, vertical_alignment="center", width="content", gap="xxsmall"
    ):
        st.markdown("**▲ Milepost**", width="content")
        along = looked_at()
        for other in (one for one in PLACES if one.linked):
            st.page_link(
                other.script,
                label=f"**{other.title}**" if other == place else other.title,
                query_params=along,
                width="content",
            )


@cache
def _styles(theme: str | None) -> str:
    """Give the styles of the top line, and those that the theme has no option for."""
    # What opens over the page lies outside of what Streamlit gives the theme's scheme to.
    scheme = f":root {{ color-scheme: {theme}; }}" if theme in THEMES else ""
    theme_css, top_line_css = (
        (STYLES / name).read_text(encoding="utf-8") for name in ("theme.css", "top_line.css")
    )
    return f"<style>{theme_css}{scheme}{top_line_css}</style>"


def looked_at(*filters: str) -> dict[str, str]:
    """Give what is looked at, for a link to another page, and some filters with it."""
    return url_state.carried(*LOOKED_AT, *filters)


def _cycle_picker(
    cycles: Sequence[str], base_version: CycleView | None, day: date, today: date
) -> None:
    st.selectbox(
        "Cycle",
        cycles,
        index=0 if cycles else None,
        key="cycle",
        label_visibility="collapsed",
        placeholder="No cycle yet",
        width=120,
    )
    if base_version is not None:
        st.progress(base_version.elapsed, text=how_far(base_version, day, today))


def how_far(cycle: CycleView, day: date, today: date) -> str:
    """Say where a day lies in a cycle, or when that begins or has ended."""
    if day < cycle.starts_on:
        return f"begins {formatting.day(cycle.starts_on, today)}"
    if day > cycle.ends_on:
        return f"ended {formatting.day(cycle.ends_on, today)}"
    return f"week {cycle.week} of {cycle.weeks}"


def _known_name(key: str, place: Place, names: Sequence[str], default: str | None) -> str | None:
    return url_state.keep(
        key, page=place.title, read=lambda text: text if text in names else None, default=default
    )


def _known_day(place: Place, today: date) -> date | None:
    """Give the day that is looked back at, before its picker is shown."""

    def read(text: str) -> date | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day if EARLIEST <= day <= today else None

    return url_state.keep("as_of", page=place.title, read=read, default=None)


def _day_picker(as_of: date | None, today: date) -> None:
    """Show the picker of the day that is looked back at; None is today."""
    label = f"as of {formatting.day(as_of, today)}" if as_of else "as of today"
    with st.popover(label, type="tertiary", help="See the dashboard as it was known on a day"):
        st.date_input(
            "As it was known at the end of",
            value=None,
            max_value=today,
            min_value=EARLIEST,
            key="as_of",
            format="YYYY-MM-DD",
            on_change=_let_cycle_follow,
        )


def _let_cycle_follow() -> None:
    st.session_state.cycle = None


def look_back(day: date | None) -> None:
    """Look at another day from the next run on; None is today."""
    st.session_state.as_of = day
    _let_cycle_follow()


def who_is_here(people: Sequence[str]) -> None:
    """Show who is here, whose name every change carries: who signed in, else a picker of names."""
    if st.user.get("is_logged_in") is True:
        sign_in.signed_in(st.session_state.person, on_sign_out=st.logout)
        return
    st.selectbox(
        "Your name",
        people,
        index=None,
        key="person",
        accept_new_options=True,
        placeholder="Pick your name",
        label_visibility="collapsed",
        width=165,
    )
