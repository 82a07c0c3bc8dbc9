"""What was done as a list by day, the latest first, with the way back where there is one."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.history import history_words
from components.ui import click_events, formatting, frontend, leads
from components.ui.payloads import flag, whole
from data.history.views import DoneView, HistoryView

_HISTORY = frontend.element("history")


def filters() -> DeltaGenerator:
    """Give the row of what narrows the list."""
    return st.container(horizontal=True, key="looked_for", vertical_alignment="bottom", gap="small")


def show(
    view: HistoryView,
    *,
    zone: ZoneInfo,
    today: date,
    key: str,
    empty: str,
    note: str = "",
    about: bool = False,
    mine: Collection[int] = (),
    on_take_back: Callable[[int], None],
    on_older: Callable[[], None],
    on_open: Callable[[str, int], None] | None = None,
    on_team: Callable[[str], None] = lambda name: None,
) -> None:
    """Show what was done, under its days; times are those of the company's zone.

    With `about` all of it is about one thing, which is not named again. `mine` are the
    commands that may be taken back.
    """
    deeds = [_deed(done, zone, today, about=about, mine=mine) for done in view.done]
    data = {"note": note, "empty": "" if deeds else empty, "older": view.more}

    def own(sent: object) -> int | None:
        command_id = whole(sent)
        return command_id if command_id in mine else None

    _HISTORY(
        key=key,
        data=data,
        large={"deeds": deeds},
        on_back_change=click_events.heard(key, "back", own, on_take_back),
        on_older_change=click_events.heard(key, "older", flag, lambda _: on_older()),
        on_open_change=click_events.listener(key, on_open),
        on_team_change=click_events.picker(key, "team", lambda: _teams(view), on_team),
    )


def _teams(view: HistoryView) -> set[str]:
    """Name the teams that can be gone to."""
    changes = [change for done in view.done for change in done.changes]
    return {each.team for each in changes if each.team and each.has_team} | {
        each.found.team for each in changes if each.found
    }


def _line(line: history_words.Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "leads": line.found and leads.lead_to(line.found, line.name),
        "team": line.team,
        "has_team": line.has_team,
        "said": line.said,
    }


def _deed(
    done: DoneView, zone: ZoneInfo, today: date, *, about: bool, mine: Collection[int]
) -> dict[str, Any]:
    changes = history_words.changed(done, today, about=about)
    return {
        "id": done.command_id,
        "day": formatting.day(done.at.astimezone(zone).date(), today),
        "at": history_words.clock(done.at, zone),
        "who": history_words.by(done),
        "did": history_words.deed(done),
        "why": history_words.quote(done.why) if done.why else "",
        "lines": [_line(line) for line in changes],
        "more": history_words.more(done),
        "folded": history_words.is_long(done),
        "taken_back": done.taken_back,
        "mine": done.command_id in mine,
    }
