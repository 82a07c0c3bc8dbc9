"""The list of one's own: type, Enter, done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from components.editing import editing, grid
from components.editing.grid import Column, Edited
from components.ui import click_events, formatting, frontend, payloads
from components.update import update_words
from data.actions.views import ActionEdit, MyAction
from data.core import typed_text
from data.core.fields import columns
from data.core.outcomes import Outcome
from data.okrs.fields import CheckInRow
from data.screens.views.update import (
    CellEdit,
    ListEdit,
    Mine,
    MyKeyResult,
    MyKpi,
    StepEdit,
    TickEdit,
    Told,
    Waiting,
)
from models import KeyResultKind

_LIST = frontend.element("update")
_LAYOUT: Mapping[str, Mapping[str, Any]] = {
    "value": {"longest": 40},
    "confidence": {"empty": "not given"},
    "note": {"kind": "text", "longest": payloads.LONGEST, "hint": "a word, if it is odd"},
    "blocked_by": {"longest": payloads.LONGEST, "hint": "what holds it up"},
}
_SAID = {
    column.name: grid.column(column, **_LAYOUT[column.name])
    for column in columns(CheckInRow)
    if column.name in _LAYOUT
}
DONE = Column("done", "Done", "checkbox")
COLUMNS = {
    "kpi": [_SAID["value"], _SAID["note"]],
    "key result": list(_SAID.values()),
    "words": [column for name, column in _SAID.items() if name != "value"],
    "step": [DONE],
    "action": [
        DONE,
        replace(_SAID["note"], label="What happened", hint="what happened, if you like"),
    ],
}
"""The cells of a KPI, of a key result, of one that takes no value, of a step and of an action."""

MOST_NAMES = 12
"""For so many something is due that their names are on offer at most."""

_TICKS = ("yes", "no")
_TYPED = {kind: {column.name for column in each} for kind, each in COLUMNS.items()}


def show(
    mine: Mine | None,
    *,
    waiting: Sequence[Waiting] = (),
    person: str | None,
    today: date,
    editable: bool,
    key: str,
    on_edits: Callable[[Sequence[ListEdit | None]], Sequence[Outcome]],
    on_open: Callable[[str, int], None],
    on_pick: Callable[[str], None],
) -> None:
    """Show what is a person's own, due first; each cell is sent as it is left.

    Before somebody has said who they are there are the names of those for whom something is due.
    """
    written = _nobody(waiting) if mine is None else _written(mine, today)
    said = {"person": person or "", "editable": editable, "answer": grid.answer(key)}
    _LIST(
        key=key,
        data={**written, **said},
        on_edit_change=grid.listener(key, written, edit, on_edits),
        on_open_change=click_events.listener(key, on_open),
        on_pick_change=click_events.picker(
            key, "pick", lambda: [each.name for each in waiting], on_pick
        ),
    )


def edit(sent: object) -> ListEdit | None:
    """Turn what the list sent into an edit; None where it makes no sense."""
    typed = grid.edited(sent, _TYPED)
    if typed is None or typed.did != "cells" or typed.target == "words":
        return None
    if typed.target == "step":
        done = typed.cells["done"]
        return StepEdit(typed.id, done == "yes", typed.base_version) if done in _TICKS else None
    if typed.target == "action":
        return _action_edit(typed)
    when, texts = payloads.day(typed.at), [payloads.text(text) for text in typed.cells.values()]
    if (
        when is None
        or None in texts
        or editing.confidence(typed.cells.get("confidence", "")) is None
    ):
        return None
    said = {"typed" if name == "value" else name: text for name, text in typed.cells.items()}
    target = cast(Any, typed.target)
    confirmed = typed.confirmed
    return CellEdit(target, typed.id, when, typed.base_version, confirmed=confirmed, **said)


def _action_edit(typed: Edited) -> TickEdit | None:
    done, note = typed.cells.get("done"), typed.cells.get("note")
    if done not in (None, *_TICKS) or (note is not None and payloads.text(note) is None):
        return None
    ticked = None if done is None else done == "yes"
    return TickEdit(ActionEdit(typed.id, "tick", typed.base_version, done=ticked, note=note))


def _nobody(waiting: Sequence[Waiting]) -> Mapping[str, Any]:
    empty = "" if waiting else update_words.NOBODY
    return {
        **grid.written("update", COLUMNS, [], version=0, empty=empty),
        "sentence": update_words.WHO if waiting else "",
        "names": [
            {"name": each.name, "text": update_words.has_due(each)} for each in waiting[:MOST_NAMES]
        ],
        "otherwise": update_words.ELSE if waiting else "",
        "days": [],
    }


@lru_cache(maxsize=64)
def _written(mine: Mine, today: date) -> Mapping[str, Any]:
    """Write the list once for a version of the data and not at every run."""
    days: dict[tuple[tuple[str, str], ...], int] = {}
    rows = [_action(each, mine.day, today, days) for each in mine.actions]
    rows += [_kpi(kpi, mine.day, today, days) for kpi in mine.kpis]
    rows += [_key_result(each, mine.day, today, days) for each in mine.key_results]
    rows.sort(key=lambda row: update_words.SECTIONS.index(row["section"]))
    empty = "" if rows else update_words.NOTHING
    return {
        **grid.written("update", COLUMNS, rows, version=mine.version, empty=empty),
        "sentence": update_words.sentence(mine) if rows else "",
        "names": [],
        "otherwise": "",
        "days": [[{"day": day, "name": name} for day, name in offered] for offered in days],
    }


def _kpi(kpi: MyKpi, day: date, today: date, days: dict[Any, int]) -> dict[str, Any]:
    offered = update_words.periods(kpi.cadence, kpi.periods, today)
    when = "" if kpi.period is None else formatting.period(kpi.cadence, kpi.period, today)
    return {
        "target": "kpi",
        "kind": "kpi",
        "id": kpi.kpi_id,
        "cells": {},
        "name": kpi.name,
        "place": kpi.team,
        "unit": kpi.unit,
        "section": update_words.section(kpi.freshness),
        "waits": update_words.kpi_waits(kpi, day, today),
        "aim": update_words.kpi_aim(kpi),
        "last": update_words.last(kpi),
        "when": when,
        "dismissed": update_words.dismissed(kpi, today),
        "moved": update_words.moved(kpi.series),
        "before": _before(kpi.value, kpi.period, kpi.periods[-1]),
        "fed": "",
        "kpi": kpi.kpi_id,
        "days": days.setdefault(offered, len(days)),
        "told": [_told(told) for told in kpi.told],
        "missing": [period.isoformat() for period in kpi.missing],
        "series": list(kpi.series),
        "limits": None if kpi.limits is None else [float(f"{end:.4g}") for end in kpi.limits],
        "range": [kpi.low, kpi.high],
        "steps": [],
    }


def _key_result(
    key_result: MyKeyResult, day: date, today: date, days: dict[Any, int]
) -> dict[str, Any]:
    offered = update_words.days(key_result.days, day, today)
    milestone = key_result.kind is KeyResultKind.MILESTONE
    last = "no value yet"
    if milestone:
        last = update_words.steps(key_result)
    elif key_result.value is not None:
        last = formatting.value(key_result.value, key_result.unit)
    checked = key_result.checked_on
    fed = key_result.fed_by
    return {
        "target": "key result",
        "kind": "key result" if key_result.takes_value else "words",
        "cells": {},
        "id": key_result.key_result_id,
        "name": key_result.name,
        "place": f"{key_result.team} · {key_result.objective}",
        "unit": key_result.unit,
        "section": update_words.section(key_result.freshness),
        "waits": update_words.key_result_waits(key_result, day, today),
        "aim": update_words.key_result_aim(key_result),
        "last": "" if fed else last,
        "when": "" if checked is None or fed else formatting.day(checked, today),
        "dismissed": "",
        "moved": "" if fed else update_words.moved(key_result.series),
        "before": _before(key_result.value, checked, key_result.days[-1]),
        "fed": update_words.fed(fed, today) if fed else "",
        "kpi": fed.kpi_id if fed else None,
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


def _action(mine: MyAction, day: date, today: date, days: dict[Any, int]) -> dict[str, Any]:
    action = mine.action
    done = "no" if action.is_open(day) else "yes"
    return {
        "target": "action",
        "kind": "action",
        "cells": {},
        "id": action.action_id,
        "name": action.what,
        "place": mine.team,
        "unit": "",
        "section": update_words.action_section(action, day),
        "waits": update_words.action_waits(action, day, today),
        "aim": [],
        "last": "",
        "when": "" if mine.kpi_id else update_words.about(mine),
        "dismissed": "",
        "moved": "",
        "before": "",
        "fed": update_words.about(mine) if mine.kpi_id else "",
        "kpi": mine.kpi_id,
        "days": days.setdefault(update_words.days([day], day, today), len(days)),
        "told": [{"done": done, "note": action.note}],
        "missing": [],
        "series": [],
        "limits": None,
        "range": [None, None],
        "steps": [],
    }


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
