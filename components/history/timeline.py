"""A team's road so far, as one line of chapters."""

from collections.abc import Callable
from datetime import date
from typing import Any

from components.history import timeline_words
from components.ui import click_events, formatting, frontend
from components.ui.payloads import read, text
from data.okrs.views.timeline import Chapter, PastEvent, Timeline

_TIMELINE = frontend.element("timeline")


def show(
    view: Timeline,
    *,
    today: date,
    key: str,
    on_open: Callable[[str, int], None],
    on_then: Callable[[str, date], None],
) -> None:
    """Show the chapters, the newest first; `on_then` hears which cycle to see as it was, and when.

    `on_open` hears which KPI or objective was clicked.
    """
    chapters = [_chapter(each, today) for each in view.chapters]
    _TIMELINE(
        key=key,
        data={
            "team": view.team,
            "empty": "" if chapters else timeline_words.NOTHING.format(view.team),
            "chapters": chapters,
        },
        on_open_change=click_events.listener(key, on_open),
        on_then_change=click_events.heard(
            key, "then", lambda sent: _asked(view, sent), lambda asked: on_then(*asked)
        ),
    )


def _asked(view: Timeline, sent: object) -> tuple[str, date] | None:
    """Give the cycle that somebody wants to see as it was, and its last day."""
    found = read(sent, cycle=text)
    cycles = {each.cycle: each.ends_on for each in view.chapters if each.cycle is not None}
    asked = found["cycle"] if found else ""
    return (asked, cycles[asked]) if asked in cycles else None


def _chapter(chapter: Chapter, today: date) -> dict[str, Any]:
    is_over = chapter.cycle is not None and chapter.ends_on < today
    return {
        "cycle": chapter.cycle or "",
        "title": timeline_words.title(chapter),
        "days": timeline_words.days(chapter, today),
        "mean": timeline_words.mean(chapter),
        "pattern": timeline_words.pattern(chapter),
        "as_of": chapter.ends_on.isoformat() if is_over else "",
        "objectives": [
            {
                "id": each.id,
                "name": each.name,
                "said": timeline_words.objective(each),
                "share": round(min(max(timeline_words.share(each), 0.0), 1.0), 3),
            }
            for each in chapter.objectives
        ],
        "events": [_event(each, today) for each in chapter.events],
    }


def _event(event: PastEvent, today: date) -> dict[str, Any]:
    return {
        "day": formatting.day(event.on, today),
        "shape": timeline_words.SHAPES[event.what],
        "kind": event.what,
        "kpi": event.kpi_id,
        "name": event.kpi,
        "said": timeline_words.event(event),
        "why": event.reason,
    }
