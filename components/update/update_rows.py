"""The rows of the list of one's own: a KPI, a key result or an action, and where its names lead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from components.ui import formatting
from components.ui.leads import lead
from components.update import update_words
from data.actions.views import MyAction
from data.core import typed_text
from data.screens.views.update import MyKeyResult, MyKpi, Told
from models import KeyResultKind

Days = dict[tuple[tuple[str, str], ...], int]
"""The choices of days, each sent once: its place among them."""


def kpi_row(kpi: MyKpi, day: date, today: date, days: Days) -> dict[str, Any]:
    """Write a KPI, with the periods that can be filled in."""
    offered = update_words.periods(kpi.cadence, kpi.periods, today)
    when = "" if kpi.period is None else formatting.period(kpi.cadence, kpi.period, today)
    return {
        "target": "kpi",
        "kind": "kpi",
        "id": kpi.kpi_id,
        "cells": {},
        "name": kpi.name,
        "leads": lead("kpi", kpi.kpi_id, kpi.name),
        "team": kpi.team,
        "objective": None,
        "unit": kpi.unit,
        "section": update_words.section(kpi.freshness),
        "waits": update_words.kpi_waits(kpi, day, today),
        "aim": update_words.kpi_aim(kpi),
        "last": update_words.last(kpi),
        "when": when,
        "dismissed": update_words.dismissed(kpi, today),
        "moved": update_words.moved(kpi.series),
        "before": _before(kpi.value, kpi.period, kpi.periods[-1]),
        "fed": None,
        "days": days.setdefault(offered, len(days)),
        "told": [_told(told) for told in kpi.told],
        "missing": [period.isoformat() for period in kpi.missing],
        "series": list(kpi.series),
        "limits": None if kpi.limits is None else [float(f"{end:.4g}") for end in kpi.limits],
        "range": [kpi.low, kpi.high],
        "steps": [],
    }


def key_result_row(key_result: MyKeyResult, day: date, today: date, days: Days) -> dict[str, Any]:
    """Write a key result, with the days that can be checked in."""
    offered = update_words.days(key_result.days, day, today)
    milestone = key_result.kind is KeyResultKind.MILESTONE
    last = "no value yet"
    if milestone:
        last = update_words.steps(key_result)
    elif key_result.value is not None:
        last = formatting.value(key_result.value, key_result.unit)
    checked = key_result.checked_on
    fed = key_result.fed_by
    place = (key_result.team, key_result.cycle)
    return {
        "target": "key result",
        "kind": "key result" if key_result.takes_value else "words",
        "cells": {},
        "id": key_result.key_result_id,
        "name": key_result.name,
        "leads": lead("key result", key_result.key_result_id, key_result.name, place),
        "team": key_result.team,
        "objective": lead("objective", key_result.objective_id, key_result.objective, place),
        "unit": key_result.unit,
        "section": update_words.section(key_result.freshness),
        "waits": update_words.key_result_waits(key_result, day, today),
        "aim": update_words.key_result_aim(key_result),
        "last": "" if fed else last,
        "when": "" if checked is None or fed else formatting.day(checked, today),
        "dismissed": "",
        "moved": "" if fed else update_words.moved(key_result.series),
        "before": _before(key_result.value, checked, key_result.days[-1]),
        "fed": lead("kpi", fed.kpi_id, update_words.fed(fed, today)) if fed else None,
        "days": days.setdefault(offered, len(days)),
        "told": [_told(told) for told in key_result.told],
        "missing": [],
        "series": list(key_result.series),
        "limits": None,
        "range": [None, None],
        "steps": [
            {
                "id": step.milestone_id,
                "name": step.step,
                "done": step.done_on is not None,
                "when": "" if step.done_on is None else formatting.day(step.done_on, today),
            }
            for step in key_result.steps
        ],
    }


def action_row(mine: MyAction, day: date, today: date, days: Days) -> dict[str, Any]:
    """Write what somebody agreed to do."""
    action = mine.action
    done = "no" if action.is_open(day) else "yes"
    return {
        "target": "action",
        "kind": "action",
        "cells": {},
        "id": action.action_id,
        "name": action.what,
        "leads": None,
        "team": mine.team,
        "objective": None,
        "unit": "",
        "section": update_words.action_section(action, day),
        "waits": update_words.action_waits(action, day, today),
        "aim": [],
        "last": "",
        "when": "",
        "dismissed": "",
        "moved": "",
        "before": "",
        "fed": _about(mine),
        "days": days.setdefault(update_words.days([day], day, today), len(days)),
        "told": [{"done": done, "note": action.note}],
        "missing": [],
        "series": [],
        "limits": None,
        "range": [None, None],
        "steps": [],
    }


def _about(mine: MyAction) -> Mapping[str, Any] | None:
    """Give the link to what an action is about."""
    text, place = update_words.about(mine), (mine.about_team, mine.cycle)
    if mine.kpi_id is not None:
        return lead("kpi", mine.kpi_id, text)
    if mine.key_result_id is not None:
        return lead("key result", mine.key_result_id, text, place)
    if mine.objective_id is not None:
        return lead("objective", mine.objective_id, text, place)
    return None


def _told(told: Told | None) -> dict[str, str] | None:
    """Give what was said for a period or a day, as somebody would type it."""
    if told is None:
        return None
    return {
        "value": typed_text.number(told.value),
        "confidence": "" if told.confidence is None else told.confidence.value,
        "note": told.note,
        "blocked_by": told.blocked_by,
    }


def _before(latest: float | None, on: date | None, oldest: date) -> str:
    """Give the last value where it is of before the oldest period or day on offer."""
    return typed_text.number(latest) if on is not None and on < oldest else ""
