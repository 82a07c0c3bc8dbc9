"""The list of what is one's own: type, Enter, done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from components.editing import editing
from components.ui import click_events, formatting, frontend
from components.update import update_words
from data.core.outcomes import Outcome
from data.screens.views.update import ListEdit, Mine, MyKeyResult, MyKpi, Told
from models import Confidence, KeyResultKind

_LIST = frontend.element("update")


def show(
    mine: Mine | None,
    *,
    person: str | None,
    today: date,
    editable: bool,
    outcome: Outcome | None,
    key: str,
    on_edit: Callable[[ListEdit], None],
    on_open: Callable[[str, int], None],
) -> None:
    """Show what is a person's own, due first; each cell is sent as it is left."""
    data = {
        **(_nobody() if mine is None else _written(mine, today)),
        "person": person or "",
        "editable": editable,
        "answer": editing.answer(key, outcome, "kpi", "key result", "step"),
    }
    _LIST(
        key=key,
        data=data,
        on_edit_change=editing.listener(key, editing.cells, on_edit),
        on_open_change=click_events.listener(key, on_open),
    )


def _nobody() -> Mapping[str, Any]:
    return {"version": 0, "sentence": "", "empty": update_words.NOBODY, "rows": [], "days": []}


@lru_cache(maxsize=64)
def _written(mine: Mine, today: date) -> Mapping[str, Any]:
    """Write the list once for a version of the data and not at every run."""
    days: dict[tuple[tuple[str, str], ...], int] = {}
    rows = [_kpi(kpi, mine.day, today, days) for kpi in mine.kpis]
    rows += [_key_result(each, mine.day, today, days) for each in mine.key_results]
    rows.sort(key=lambda row: update_words.SECTIONS.index(row["section"]))
    return {
        "version": mine.version,
        "sentence": update_words.sentence(mine) if rows else "",
        "empty": "" if rows else update_words.NOTHING,
        "confidences": [confidence.value for confidence in Confidence],
        "rows": rows,
        "days": [[{"day": day, "name": name} for day, name in offered] for offered in days],
    }


def _kpi(kpi: MyKpi, day: date, today: date, days: dict[Any, int]) -> dict[str, Any]:
    offered = update_words.periods(kpi.cadence, kpi.periods, today)
    when = "" if kpi.period is None else formatting.period(kpi.cadence, kpi.period, today)
    return {
        "target": "kpi",
        "id": kpi.kpi_id,
        "name": kpi.name,
        "place": kpi.team,
        "unit": kpi.unit,
        "section": update_words.section(kpi.freshness),
        "waits": update_words.kpi_waits(kpi, day, today),
        "last": update_words.last(kpi),
        "when": when,
        "dismissed": update_words.dismissed(kpi, today),
        "before": _before(kpi.value, kpi.period, kpi.periods[0], kpi.told),
        "fed": "",
        "kpi": kpi.kpi_id,
        "typed": True,
        "days": days.setdefault(offered, len(days)),
        "told": [_told(told) for told in kpi.told],
        "series": _series(kpi),
        "cells": ["typed", "note"],
        "steps": [],
    }


def _key_result(
    key_result: MyKeyResult, day: date, today: date, days: dict[Any, int]
) -> dict[str, Any]:
    offered = update_words.days(key_result.days, day, today)
    milestone = key_result.kind is KeyResultKind.MILESTONE
    words_of = ["confidence", "note", "blocked_by"]
    last = "no value yet"
    if milestone:
        last = update_words.steps(key_result)
    elif key_result.value is not None:
        last = formatting.value(key_result.value, key_result.unit)
    checked = key_result.checked_on
    fed = key_result.fed_by
    return {
        "target": "key result",
        "id": key_result.key_result_id,
        "name": key_result.name,
        "place": f"{key_result.team} · {key_result.objective}",
        "unit": key_result.unit,
        "section": update_words.section(key_result.freshness),
        "waits": update_words.key_result_waits(key_result, day, today),
        "last": "" if fed else last,
        "when": "" if checked is None or fed else formatting.day(checked, today),
        "dismissed": "",
        "before": _before(key_result.value, checked, key_result.days[0], key_result.told),
        "fed": update_words.fed(fed, today) if fed else "",
        "kpi": fed.kpi_id if fed else None,
        "typed": key_result.takes_value,
        "days": days.setdefault(offered, len(days)),
        "told": [_told(told) for told in key_result.told],
        "series": list(key_result.series),
        "cells": ["typed", *words_of] if key_result.takes_value else words_of,
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


def _told(told: Told | None) -> dict[str, Any] | None:
    """Give what was said for a period or a day."""
    if told is None:
        return None
    return {
        "value": told.value,
        "confidence": "" if told.confidence is None else told.confidence.value,
        "note": told.note,
        "blocked_by": told.blocked_by,
    }


def _before(
    latest: float | None, on: date | None, offered: date, told: Sequence[Told | None]
) -> float | None:
    """Give the value that “no change” takes: the last one before what is to be filled in."""
    if on is not None and on < offered:
        return latest
    earlier = [each.value for each in told[1:] if each is not None and each.value is not None]
    return earlier[0] if earlier else latest


def _series(kpi: MyKpi) -> list[float | None]:
    values = [None if told is None else told.value for told in reversed(kpi.told)]
    going_on = kpi.period is not None and kpi.period > kpi.periods[0]
    return [*values[1:], kpi.value] if going_on else values
