"""The top line of every page: the way to the others, what is looked at, and who is here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from components.ui import formatting, frontend, search, url_state
from components.ui.page_registry import COCKPIT, LOOKED_AT, PLACES, SAMPLE, Place
from components.ui.payloads import day as day_of
from components.ui.payloads import text as text_of
from components.ui.payloads import triggered
from data.company.views import CycleView, TeamView
from data.names.views import Found

EARLIEST = date(1900, 1, 1)
KEY = "top_line"
_LINE = frontend.element("top_line")


@dataclass(frozen=True, slots=True)
class Picked:
    """What the pickers say: names, and a day where one looks back."""

    team: str | None
    cycle: str | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page does where somebody asks for more than another look."""

    find: Callable[[str], Sequence[Found]]
    on_pick: Callable[[Found], None]
    on_sign_out: Callable[[], None]
    on_add_cycle: Callable[[], object]


def show(
    place: Place,
    *,
    people: Sequence[str],
    today: date,
    asked: Asked,
    is_own: bool = False,
    teams: Sequence[TeamView] = (),
    cycles: Sequence[str] | None = None,
    cycle_on: Callable[[str | None, date], CycleView | None] = lambda _name, _day: None,
    next_cycle: str | None = None,
    days: Callable[[str | None, CycleView | None], Mapping[str, date]] = lambda *_: {},
) -> Picked:
    """Show the top line; team, cycle and day stand in the URL, so that a view can be linked.

    `cycle_on` gives the cycle of a name as seen from a day, without a name the one that the
    day is in: the cycle follows the day until somebody picks one. Without `cycles`, or without
    `teams`, the page shows none, and only passes on the one picked elsewhere. `days` names days
    of a team and a cycle that are worth looking back at. From one's own company a link leads to
    the sample.
    """
    as_of = _known_day(place, today)
    day = as_of or today
    names = [team.name for team in teams]
    team = _known_name("team", place, names, names[0]) if names else None
    current = cycle_on(None, day)
    cycle = None
    if cycles is not None:
        cycle = _known_name("cycle", place, cycles, current.name if current else None)
    seen = cycle_on(cycle, day) if cycles is not None else None
    shown = {
        "theme": st.context.theme.type or "",
        "place": place.path if place.linked else None,
        "places": [{"title": one.title, "path": one.path} for one in PLACES if one.linked],
        "is_own": is_own,
        "team": team,
        "teams": [{"name": each.name, "depth": each.depth} for each in teams],
        "cycle": cycle,
        "cycles": None if cycles is None else list(cycles),
        # What is known now is not changed from a look back.
        "next_cycle": None if as_of else next_cycle,
        "far": how_far(seen, day, today) if seen else "",
        "elapsed": seen.elapsed if seen else None,
        "as_of": as_of.isoformat() if as_of else "",
        "as_of_text": formatting.day(as_of, today) if as_of else "today",
        "earliest": EARLIEST.isoformat(),
        "today": today.isoformat(),
        "days": [
            {"text": text, "day": each.isoformat(), "note": formatting.day(each, today)}
            for text, each in days(team, seen).items()
            if EARLIEST <= each < today
        ],
        "person": st.session_state.get("person") or "",
        "people": list(people),
        "is_signed_in": st.user.get("is_logged_in") is True,
    }
    _line(shown, asked, today)
    return Picked(team, cycle, as_of)


@st.fragment
def _line(shown: Mapping[str, Any], asked: Asked, today: date) -> None:
    """Show the line; while somebody searches only this runs again, anything else runs the page."""

    def heard() -> None:
        hear(triggered(KEY, "said"), shown, asked, today)
        if st.session_state.pop("is_picked", False):
            # The page runs at once, and not after this line has run alone.
            st.rerun()

    query = st.session_state.pop("searched", "")
    found = asked.find(query) if query else ()
    _LINE(
        key=KEY,
        data={**shown, "query": query, "found": [search.row(item) for item in found]},
        on_said_change=heard,
    )
    if (place := st.session_state.pop("going_to", None)) is not None:
        st.switch_page(place.script, query_params=looked_at())
    if st.session_state.pop("is_sample_asked", False):
        st.switch_page(COCKPIT.script, query_params={SAMPLE: "1"})


def hear(sent: object, shown: Mapping[str, Any], asked: Asked, today: date) -> None:
    """Do what the line was asked for; what makes no sense is passed over."""
    if not isinstance(sent, dict) or len(sent) != 1:
        return
    (name, value) = next(iter(sent.items()))
    if name == "query":
        st.session_state.searched = (text_of(value) or "").strip()
    elif name == "path":
        places = (place for place in PLACES if place.linked and place.path == value)
        st.session_state.going_to = next(places, None)
    elif name == "sample":
        st.session_state.is_sample_asked = True
    elif name == "sign_out":
        # The page goes elsewhere: another run of it would swallow that.
        asked.on_sign_out()
    else:
        st.session_state.is_picked = _pick(name, value, shown, asked, today)


def _pick(name: str, value: object, shown: Mapping[str, Any], asked: Asked, today: date) -> bool:
    """Take what was picked; tell whether it makes sense."""
    if name == "team" and value in [team["name"] for team in shown["teams"]]:
        st.session_state.team = value
    elif name == "cycle" and value in (shown["cycles"] or ()):
        st.session_state.cycle = value
    elif name == "as_of" and (value == "" or _is_past(day_of(value), today)):
        look_back(day_of(value))
    elif name == "person" and (said := text_of(value)) is not None:
        if not shown["is_signed_in"]:
            st.session_state.person = said.strip() or None
    elif name == "found" and (found := search.chosen(value, asked.find)) is not None:
        asked.on_pick(found)
    elif name == "add_cycle" and shown["next_cycle"]:
        asked.on_add_cycle()
    else:
        return False
    return True


def looked_at(*filters: str) -> dict[str, str]:
    """Give what is looked at, for a link to another page, and some filters with it."""
    return url_state.carried(*LOOKED_AT, *filters)


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
    """Give the day that is looked back at."""

    def read(text: str) -> date | None:
        found = day_of(text)
        return found if _is_past(found, today) else None

    return url_state.keep("as_of", page=place.title, read=read, default=None)


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and EARLIEST <= day <= today


def look_back(day: date | None) -> None:
    """Look at another day from the next run on; None is today."""
    st.session_state.as_of = day
    # The cycle follows the day until somebody picks one.
    st.session_state.cycle = None
