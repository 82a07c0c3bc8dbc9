"""The top line of every page: which team, cycle and day is looked at, and who is here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from components import memory, search, words
from data.views import CycleView, Found

PERSON_COOKIE = "milepost_person"


@dataclass(frozen=True, slots=True)
class Picked:
    """What the pickers say: names, and a day where one looks back."""

    team: str | None
    cycle: str | None
    as_of: date | None


def show(
    *,
    teams: Sequence[str],
    cycles: Sequence[str],
    people: Sequence[str],
    today: date,
    cycle_on: Callable[[str | None, date], CycleView | None],
    find: Callable[[str], Sequence[Found]],
    on_pick: Callable[[Found], None],
) -> Picked:
    """Show the top line; team, cycle and day stand in the URL, so that a view can be linked.

    `cycle_on` gives the cycle of a name as seen from a day, without a name the one that the
    day is in: the cycle follows the day until somebody picks one.
    """
    with st.container(key="top_line", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**▲ Milepost**", width="content")
        team = st.selectbox(
            "Team", teams, key="team", bind="query-params", label_visibility="collapsed", width=200
        )
        day = _known_day() or today
        current = cycle_on(None, day)
        cycle = st.selectbox(
            "Cycle",
            cycles,
            index=cycles.index(current.name) if current else None,
            key="cycle",
            bind="query-params",
            label_visibility="collapsed",
            placeholder="No cycle yet",
            width=150,
        )
        if (seen := cycle_on(cycle, day)) is not None:
            st.progress(seen.elapsed, text=f"week {seen.week} of {seen.weeks}")
        as_of = day_picker(today)
        search.show(key="search", find=find, on_pick=on_pick)
        who_is_here(people)
    return Picked(team, cycle, as_of)


def _known_day() -> date | None:
    """Give the day that is looked back at, before its picker is shown."""
    if "as_of" in st.session_state:
        picked: date | None = st.session_state.as_of
        return picked
    try:
        return date.fromisoformat(st.query_params.get("as_of", ""))
    except ValueError:
        return None


def day_picker(today: date) -> date | None:
    """Show the picker of the day that is looked back at; None is today."""
    as_of = _known_day()
    label = f"as of {words.day(as_of, today)}" if as_of else "as of today"
    with st.popover(label, type="tertiary", help="See the dashboard as it was known on a day"):
        picked: date | None = st.date_input(
            "As it was known at the end of",
            value=None,
            max_value=today,
            min_value=date(1900, 1, 1),
            key="as_of",
            bind="query-params",
            format="YYYY-MM-DD",
            on_change=_let_cycle_follow,
        )
    return picked


def _let_cycle_follow() -> None:
    st.session_state.pop("cycle", None)


def look_back(day: date | None) -> None:
    """Look at another day from the next run on; None is today."""
    st.session_state.as_of = day
    _let_cycle_follow()


def who_is_here(people: Sequence[str]) -> None:
    """Show the picker of one's own name, which every change carries."""
    st.selectbox(
        "Your name",
        people,
        index=None,
        key="person",
        accept_new_options=True,
        placeholder="Pick your name",
        label_visibility="collapsed",
        width=180,
    )


def recall_person() -> None:
    """Begin a session with the name that was picked in this browser before."""
    if "person" not in st.session_state:
        st.session_state.person = memory.recall(PERSON_COOKIE)


def remember_person() -> None:
    """Have the browser keep the name that was picked; to be shown last, as it takes a gap."""
    name = st.session_state.get("person")
    if name and name != memory.recall(PERSON_COOKIE):
        memory.remember(PERSON_COOKIE, name)
