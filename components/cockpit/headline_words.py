"""The one sentence over a cockpit, and the quiet line below it: true whatever is known."""

from collections.abc import Sequence
from datetime import date

from components.cockpit.objective_words import UNDER_WAY
from components.ui import formatting, words
from data.company.views import CycleView
from data.okrs.views.key_results import ObjectiveView
from data.screens.views.cockpit import Cockpit, Tally

NOTHING = "Nothing is measured here yet."
NO_RANGE = "No KPI here has an ideal range yet."


def both(view: Cockpit, today: date) -> tuple[str, list[str]]:
    """Say how all is that a cockpit shows: its one sentence, and what stands below it."""
    day = view.day
    title = headline(view.tally, indicators=len(view.indicators), day=day, today=today)
    below = besides(view.tally, view.objectives, view.more_objectives, day=day, today=today)
    return title, below


def headline(tally: Tally, *, indicators: int, day: date, today: date) -> str:
    """Say how all KPIs are, those below too; of a day that has passed, as they were then."""
    if not tally.kpis:
        return NO_RANGE if indicators else NOTHING
    said = f"{_health(tally)} {_behaviour(tally)}".strip()
    return said if day == today else f"{formatting.day(day, today)}: {said}"


def besides(
    tally: Tally, objectives: Sequence[ObjectiveView], more: int, *, day: date, today: date
) -> list[str]:
    """Say how the objectives are, and how many readings are due today."""
    due = words.counted(tally.due, "reading")
    is_due = f"{due} {'is' if tally.due == 1 else 'are'} due"
    return [
        part
        for part in (_ways(objectives, more), is_due if tally.due and day == today else "")
        if part
    ]


def notice(shown: CycleView, begun: CycleView, today: date) -> str:
    """Say why the cycle before is shown where the one of the day is still bare."""
    since = formatting.day(begun.starts_on, today)
    return f"{begun.name} began on {since} and nobody has checked in yet: this is {shown.name}."


def _health(tally: Tally) -> str:
    """Count what is in range; what is silent is not."""
    if tally.silent == tally.kpis:
        return f"{_all(tally.kpis, 'has', 'have')} no recent reading: nothing can be told."
    silent = f", {tally.silent} without a recent reading" if tally.silent else ""
    if tally.in_range == tally.kpis:
        return f"{_all(tally.kpis, 'is', 'are')} in range."
    if tally.outside == tally.kpis == 1:
        return "The one KPI here is out of range."
    return f"{tally.in_range} of {tally.kpis} in range{silent}."


def _behaviour(tally: Tally) -> str:
    """Count what drifts and what waits; where no drift could be told, none is denied."""
    if tally.silent == tally.kpis:
        return ""
    said = _drift(tally)
    others = tally.waiting - tally.undecided
    if not others:
        return f"{said}."
    beside = (" other" if others == 1 else " others") if tally.drifting else ""
    return f"{said}; {others}{beside} {'waits' if others == 1 else 'wait'} for a decision."


def _drift(tally: Tally) -> str:
    if not tally.drifting:
        if not tally.judged:
            return "Too early to tell a drift"
        known = tally.kpis - tally.silent
        return "None drifts" if tally.judged == known else f"None of {tally.judged} judged drifts"
    one = tally.drifting == 1
    said = f"{tally.drifting} {'drifts' if one else 'drift'}"
    if not tally.undecided:
        return f"{said}, {'decided' if one else 'all decided'}"
    return f"{said}, undecided" if one else f"{said}, {tally.undecided} of them undecided"


def _all(count: int, one: str, many: str) -> str:
    if count == 1:
        return f"The one KPI here {one}"
    return f"{'Both' if count == 2 else f'All {count}'} KPIs {many}"


def _ways(objectives: Sequence[ObjectiveView], more: int) -> str:
    under_way = [each for each in objectives if each.state in UNDER_WAY]
    if not objectives:
        return ""
    hidden = f", {more} more not shown" if more else ""
    if not under_way:
        closed = "objective is" if len(objectives) == 1 else "objectives are"
        return f"{len(objectives)} {closed} closed{hidden}"
    fine = sum(each.is_on_its_way for each in under_way)
    if len(under_way) == 1:
        return f"The objective is {'' if fine else 'not '}on its way{hidden}"
    way = "are on their way" if fine > 1 else "is on its way"
    return f"{fine or 'None'} of {len(under_way)} objectives {way}{hidden}"
