"""The page of a check-in before it starts: its agenda, what is due and to do, how the last went."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from components.meetings import meeting_words
from components.ui import leads, words
from data.actions.views import MyAction
from data.meetings.views import PlannedItem
from data.screens.views.check_in import CheckInView


def written(view: CheckInView, today: date) -> Mapping[str, Any]:
    """Write all that is shown before a check-in."""
    last = view.last.day if view.last else None
    more = sum(view.left_out.values())
    return {
        "title": meeting_words.IS_DONE
        if last == view.day
        else meeting_words.estimate(view.minutes, is_quiet=view.is_quiet),
        "last": _when(view, last),
        "is_done": last == view.day,
        "more": f"{more} more can wait." if more else "",
        "agenda": [_planned(view, item) for item in view.agenda],
        "owed": [
            {
                "who": each.who or "nobody's",
                "is_somebody": each.who != "",
                "text": words.counted(each.count, "number"),
            }
            for each in view.owed
        ],
        "none_owed": _none_owed(view),
        "to_do": [_to_do(each, view.day, today) for each in view.actions],
        "rhythm": meeting_words.habits(view.rhythm),
    }


def _none_owed(view: CheckInView) -> str:
    """Say that no number is due, or that there is none that could be."""
    is_measured = view.now.gauges or any(each.key_results for each in view.now.objectives)
    return meeting_words.NOTHING_DUE if is_measured else meeting_words.NOTHING_MEASURED


def _when(view: CheckInView, last: date | None) -> str:
    before = "" if last == view.day else meeting_words.last_time(last, view.day)
    return " ".join(filter(None, (meeting_words.rhythm(view.team), before)))


def _to_do(mine: MyAction, day: date, today: date) -> Mapping[str, Any]:
    """Write an action that is still to be done."""
    action = mine.action
    return {
        "id": action.action_id,
        "what": action.what,
        "facts": meeting_words.to_do(mine, today),
        "is_late": action.due < day,
    }


def _planned(view: CheckInView, item: PlannedItem) -> Mapping[str, Any]:
    found, action = view.key_result(item.key_result_id), view.action(item.action_id)
    gauge = view.gauge(item.kpi_id)
    name = meeting_words.OPEN_FLOOR
    whose, way = "", None
    if found is not None:
        name, whose = found[0].name, found[1].name
        place = (view.team.name, view.now.cycle.name if view.now.cycle else "")
        way = leads.lead("key result", found[0].key_result_id, name, place)
    elif gauge is not None:
        name, whose = gauge.name, "" if gauge.team == view.team.name else gauge.team
        way = leads.lead("kpi", gauge.kpi_id, name)
    elif action is not None:
        name, whose = action.action.what, action.action.owner or ""
    return {
        "part": meeting_words.PARTS[item.reason],
        "name": name,
        "whose": whose,
        "reason": meeting_words.reason(item),
        "lead": way,
    }
