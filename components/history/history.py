"""What was done as a list by day, the latest first, with the way back where there is one."""

from collections.abc import Callable, Collection
from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st

from components.history import history_words
from components.ui import formatting
from data.history.views import DoneView, HistoryView


def show(
    view: HistoryView,
    *,
    zone: ZoneInfo,
    today: date,
    key: str,
    empty: str,
    about: bool = False,
    mine: Collection[int] = (),
    on_take_back: Callable[[int], None] | None = None,
) -> None:
    """Show what was done, under its days; times are those of the company's zone.

    With `about` all of it is about one thing, which is not named again. `mine` are the
    commands that may be taken back, each with its button.
    """
    if not view.done:
        st.info(empty)
        return
    lines: list[str] = []
    day: date | None = None
    for done in view.done:
        if day != (day := done.at.astimezone(zone).date()):
            lines.append(f"\n**{formatting.day(day, today)}**\n")
        told = _told(done, zone, today, about=about)
        if on_take_back is None or done.command_id not in mine:
            lines.append(told)
            continue
        _write(lines)
        line, way_back = st.columns([3, 1], gap="small", vertical_alignment="center")
        with line:
            st.markdown(told)
        with way_back:
            st.button(
                "Take back",
                key=f"{key} back {done.command_id}",
                help=f"Take back what you did at {history_words.moment(done.at, zone, today)}",
                on_click=on_take_back,
                args=(done.command_id,),
            )
    _write(lines)


def _write(lines: list[str]) -> None:
    if lines:
        st.markdown("\n".join(lines))
    lines.clear()


def _told(done: DoneView, zone: ZoneInfo, today: date, *, about: bool) -> str:
    """Write what was done as one point, its changes under it where they are several."""
    changes = history_words.changed(done, today, about=about)
    rest = history_words.more(done)
    why = history_words.quote(done.why) if done.why else ""
    head = [
        history_words.clock(done.at, zone),
        history_words.by(done),
        history_words.did(done.name),
    ]
    if len(changes) == 1 and not rest:
        return _point([*head, *changes, why], struck=done.taken_back)
    below = [f"  - {line}" for line in (*changes, rest) if line]
    return "\n".join([_point([*head, why], struck=done.taken_back), *below])


def _point(parts: list[str], *, struck: bool) -> str:
    line = " · ".join(part for part in parts if part)
    return f"- ↶ taken back: ~~{line}~~" if struck else f"- {line}"
