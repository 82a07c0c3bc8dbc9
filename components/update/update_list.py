"""The list of one's own: type, Enter, done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from components.editing import editing, grid
from components.editing.grid import Column, Edited
from components.ui import click_events, frontend, payloads
from components.update import update_rows, update_words
from data.actions.views import ActionEdit
from data.core.fields import columns
from data.core.outcomes import Outcome
from data.okrs.fields import CheckInRow
from data.screens.views.update import (
    CellEdit,
    ListEdit,
    Mine,
    StepEdit,
    TickEdit,
    Waiting,
)

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
    whose: str = "",
    today: date,
    editable: bool,
    key: str,
    on_edits: Callable[[Sequence[ListEdit | None]], Sequence[Outcome]],
    on_open: Callable[[str, int], None],
    on_team: Callable[[str], None],
    on_pick: Callable[[str], None],
) -> None:
    """Show what is a person's own, due first; each cell is sent as it is left.

    Before somebody has said who they are there are the names of those for whom something is due.
    `whose` names who the list is of, where that is not who is here.
    """
    written = _nobody(waiting) if mine is None else _written(mine, today)
    if mine is not None and whose:
        written = _of_somebody(written, whose, is_known=bool(person))
    said = {"person": person or "", "editable": editable, "answer": grid.answer(key)}
    _LIST(
        key=key,
        data={**written, **said},
        on_edit_change=grid.listener(key, written, edit, on_edits),
        on_open_change=click_events.listener(key, on_open),
        on_team_change=click_events.picker(key, "team", lambda: _teams(written), on_team),
        on_pick_change=click_events.picker(
            key, "pick", lambda: [each["name"] for each in written["names"]], on_pick
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


def _teams(written: Mapping[str, Any]) -> set[str]:
    return {row["team"] for row in written["rows"]}


def _action_edit(typed: Edited) -> TickEdit | None:
    done, note = typed.cells.get("done"), typed.cells.get("note")
    if done not in (None, *_TICKS) or (note is not None and payloads.text(note) is None):
        return None
    ticked = None if done is None else done == "yes"
    return TickEdit(ActionEdit(typed.id, "tick", typed.base_version, done=ticked, note=note))


def _of_somebody(written: Mapping[str, Any], whose: str, *, is_known: bool) -> Mapping[str, Any]:
    """Write the list of somebody else, who may say that it is theirs while nobody is known here."""
    text = update_words.of_somebody(written["sentence"], whose)
    names = [] if is_known else [{"name": whose, "text": update_words.is_me(whose)}]
    empty = written["empty"] and text
    return {**written, "sentence": "" if empty else text, "empty": empty, "names": names}


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
    days: update_rows.Days = {}
    rows = [update_rows.action_row(each, mine.day, today, days) for each in mine.actions]
    rows += [update_rows.kpi_row(kpi, mine.day, today, days) for kpi in mine.kpis]
    rows += [update_rows.key_result_row(each, mine.day, today, days) for each in mine.key_results]
    rows.sort(key=lambda row: update_words.SECTIONS.index(row["section"]))
    empty = "" if rows else update_words.NOTHING
    return {
        **grid.written("update", COLUMNS, rows, version=mine.version, empty=empty),
        "sentence": update_words.sentence(mine) if rows else "",
        "names": [],
        "otherwise": "",
        "days": [[{"day": day, "name": name} for day, name in offered] for offered in days],
    }
