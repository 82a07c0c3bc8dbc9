"""What the first steps of a company are called, done and to be done, and where they are done."""

from collections.abc import Mapping
from typing import NamedTuple

from components.ui.page_registry import IMPORT, OKRS, SETTINGS, Place
from data.screens.views.checklist import Checklist

PUT_AWAY = "Put away"


class Step(NamedTuple):
    """A step: its name in the view, its words, and the page on which it is done."""

    name: str
    to_do: str
    done: str
    place: Place
    query: Mapping[str, str]


STEPS = (
    Step("teams", "Add your teams", "Teams are there", SETTINGS, {"table": "teams"}),
    Step("gauges", "Add a gauge", "Gauges are there", SETTINGS, {"table": "kpis"}),
    Step("readings", "Bring in readings", "Readings are there", IMPORT, {}),
    Step("objective", "Write an objective", "An objective is there", OKRS, {}),
    Step(
        "colleagues", "List your colleagues", "Colleagues are there", SETTINGS, {"table": "people"}
    ),
)


def headline(view: Checklist) -> str:
    """Say how many of the first steps are done."""
    return f"First steps: {view.done} of {len(STEPS)} done"
