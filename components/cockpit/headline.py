"""The headline of a cockpit: one sentence, where one is, and what the signs below mean."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from components.cockpit.legend import legend
from components.cockpit.time_lapse import TimeLapse
from components.ui import click_events, frontend
from components.ui.payloads import text, triggered

_HEADLINE = frontend.element("headline")


class Notice(NamedTuple):
    """Something to know before one reads on, with the name of the cycle that it leads to."""

    text: str
    cycle: str


class Since(NamedTuple):
    """Whether what changed since the last check-in is marked, and what to say of it then."""

    is_marked: bool = False
    text: str = ""


def show(
    title: str,
    besides: Sequence[str],
    *,
    trail: Sequence[str],
    notice: Notice | None,
    time_lapse: TimeLapse,
    since: Since,
    key: str,
    on_team: Callable[[str], None],
    on_cycle: Callable[[str], None],
    on_play: Callable[[str], None],
    on_since: Callable[[bool], None],
) -> None:
    """Show the headline; `trail` names the teams from the top down to the one looked at.

    `on_team` and `on_cycle` hear which of those that it names somebody wants to look at, `on_play`
    the token by which somebody asks for the cycle so far, empty where they are done with it,
    `on_since` whether what changed since the last check-in is to be marked.
    """

    cycles = [notice.cycle] if notice else []
    _HEADLINE(
        key=key,
        data={
            "title": title,
            "besides": list(besides),
            "trail": list(trail) if len(trail) > 1 else [],
            "notice": notice and notice._asdict(),
            "weeks": time_lapse.weeks,
            "asked": time_lapse.asked,
            "since": since._asdict(),
        },
        large={**_signs(), "frames": list(time_lapse.frames)},
        on_team_change=click_events.picker(key, "team", lambda: trail[:-1], on_team),
        on_cycle_change=click_events.picker(key, "cycle", lambda: cycles, on_cycle),
        on_since_change=lambda: on_since(triggered(key, "since") is True),
        on_play_change=lambda: on_play(text(triggered(key, "play")) or ""),
    )


@cache
def _signs() -> dict[str, Any]:
    return {"legend": legend()}
