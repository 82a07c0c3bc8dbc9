"""A team's objectives and key results in a table that feels like a spreadsheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from components.editing import editing, grid
from components.kpis import action_words
from components.okrs import okr_columns, okr_editing, okr_words
from components.ui import click_events, frontend
from components.ui.payloads import flag
from data.actions.views import ActionView
from data.core.outcomes import Outcome
from data.okrs.views.drafts import OkrAct, OkrEdit, OkrKeyResult, OkrObjective, OkrRemark, Okrs

_TABLE = frontend.element("okrs")

Remarks = Mapping[tuple[str, int | None], list[str]]


def show(
    view: Okrs,
    *,
    person: str | None,
    teams: Sequence[str],
    cycles: Sequence[str],
    editable: bool,
    remarks: Sequence[OkrRemark],
    focus: tuple[str, int] | None,
    unfolded: bool,
    key: str,
    on_edits: Callable[[Sequence[OkrEdit | None]], Sequence[Outcome]],
    on_unfold: Callable[[bool], None],
    agreed: Outcome | None,
    on_agree: Callable[[OkrAct], None],
) -> None:
    """Show the table; each cell is sent as it is left, and answered by itself.

    Objectives that are over stand below, `unfolded` or not; `agreed` is what became of the last
    action that was added.
    """
    said = _by_row(remarks)
    written = grid.written(
        "okrs",
        okr_columns.COLUMNS,
        [row for each in view.objectives for row in _rows(each, said, view.day)],
        version=view.version,
        place=f"{view.team.id} {view.cycle.id if view.cycle else 0}",
        lists={"person": view.people, "kpi": view.kpis, "objective": view.supportable},
        empty=okr_words.empty(view, editable=editable),
    )
    _TABLE(
        key=key,
        data={
            **grid.small(written),
            "person": person or "",
            "editable": editable,
            "team": view.team.name,
            "cycle": view.cycle.name if view.cycle else "",
            "teams": list(teams),
            "cycles": list(cycles),
            "remarks": said.get(("team", None), []),
            "start": okr_words.start(view),
            "ending": okr_words.ending(view),
            "closed": okr_words.closed_count(view),
            "unfolded": unfolded,
            "focus": f"{focus[0]} {focus[1]}" if focus else None,
            "answer": grid.answer(key),
            "acting": okr_words.acting(view.day) if editable else None,
            "agreed": editing.answer(key, agreed, "objective", "key result"),
        },
        large=grid.large(written),
        on_edit_change=grid.listener(key, written, okr_editing.edit, on_edits),
        on_unfold_change=click_events.heard(key, "unfold", flag, on_unfold),
        on_agree_change=editing.listener(key, okr_editing.agreement, on_agree, name="agree"),
    )


def _by_row(remarks: Sequence[OkrRemark]) -> Remarks:
    said: dict[tuple[str, int | None], list[str]] = {}
    for remark in remarks:
        said.setdefault((remark.target, remark.id), []).append(remark.reason)
    return said


def _rows(row: OkrObjective, said: Remarks, day: date) -> Iterator[dict[str, Any]]:
    """Write an objective, and below it its key results."""
    over = row.state in okr_words.OVER
    yield {
        "target": "objective",
        "id": row.id,
        "under": None,
        "name": row.name,
        "cells": okr_columns.cells(row),
        "state": row.state.value,
        "over": over,
        "archiving": None if over or row.recovers else okr_words.archiving(row, day)._asdict(),
        "closing": okr_words.closing(row, day)._asdict()
        if row.state in okr_words.UNDER_WAY
        else None,
        "steps_open": _steps(okr_words.steps(row)),
        "steps_aside": _steps(okr_words.steps_aside(row)),
        "progress": None if row.state.value == "draft" else row.progress,
        "now": okr_words.objective_now(row, day),
        "actions": _actions(row.actions, day),
        "remarks": said.get(("objective", row.id), []),
    }
    for each in row.key_results:
        yield _key_result(each, row.id, said, day, over=over)


def _actions(actions: Sequence[ActionView], day: date) -> list[dict[str, Any]]:
    return [
        {"id": each.action_id, "text": action_words.agreed(each, day), "late": each.due < day}
        for each in actions
    ]


def _steps(steps: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"step": step, "label": label} for step, label in steps]


def _key_result(
    row: OkrKeyResult, under: int, said: Remarks, day: date, *, over: bool
) -> dict[str, Any]:
    return {
        "target": "key result",
        "id": row.id,
        "under": under,
        "name": row.name,
        "cells": okr_columns.cells(row),
        "over": over,
        "archiving": None if over else okr_words.ARCHIVING._asdict(),
        "closing": None,
        "steps_open": [],
        "steps_aside": [],
        "progress": row.progress,
        "now": okr_words.key_result_now(row, day),
        "actions": _actions(row.actions, day),
        "remarks": said.get(("key result", row.id), []),
    }
