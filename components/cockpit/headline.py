"""The headline of a cockpit: one sentence, where one is, and what the signs below mean."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from components.cockpit.legend import legend
from components.ui import click_events, frontend

_HEADLINE = frontend.element("headline")


class Notice(NamedTuple):
    """Something to know before one reads on, with the name of the cycle that it leads to."""

    text: str
    cycle: str


def show(
    title: str,
    besides: Sequence[str],
    *,
    trail: Sequence[str],
    notice: Notice | None,
    key: str,
    on_team: Callable[[str], None],
    on_cycle: Callable[[str], None],
) -> None:
    """Show the headline; `trail` names the teams from the top down to the one looked at.

    `on_team` and `on_cycle` hear which of those that it names somebody wants to look at.
    """

    cycles = [notice.cycle] if notice else []
    _HEADLINE(
        key=key,
        data={
            "title": title,
            "besides": list(besides),
            "trail": list(trail) if len(trail) > 1 else [],
            "notice": notice and notice._asdict(),
        },
        large=_signs(),
        on_team_change=click_events.picker(key, "team", lambda: trail[:-1], on_team),
        on_cycle_change=click_events.picker(key, "cycle", lambda: cycles, on_cycle),
    )


@cache
def _signs() -> dict[str, Any]:
    return {"legend": legend()}
