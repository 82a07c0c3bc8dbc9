"""A team's objectives and key results in a table that feels like a spreadsheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from components.editing import grid
from components.okrs import okr_columns, okr_editing, okr_words
from components.ui import frontend
from data.core.outcomes import Outcome
from data.okrs.views.drafts import OkrEdit, OkrKeyResult, OkrObjective, OkrRemark, Okrs

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
    key: str,
    on_edits: Callable[[Sequence[OkrEdit | None]], Sequence[Outcome]],
) -> None:
    """Show the table; each cell is sent as it is left, and answered by itself."""
    said = _by_row(remarks)
    written = grid.written(
        "okrs",
        okr_columns.COLUMNS,
        [row for objective in view.objectives for row in _rows(objective, said)],
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
            "focus": f"{focus[0]} {focus[1]}" if focus else None,
            "answer": grid.answer(key),
        },
        large=grid.large(written),
        on_edit_change=grid.listener(key, written, okr_editing.edit, on_edits),
    )


def _by_row(remarks: Sequence[OkrRemark]) -> Remarks:
    said: dict[tuple[str, int | None], list[str]] = {}
    for remark in remarks:
        said.setdefault((remark.target, remark.id), []).append(remark.reason)
    return said


def _rows(row: OkrObjective, said: Remarks) -> Iterator[dict[str, Any]]:
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
        "archiving": None if over else okr_words.archiving(row)._asdict(),
        "closing": okr_words.closing(row)._asdict() if row.state in okr_words.UNDER_WAY else None,
        "steps_open": _steps(okr_words.STEPS[row.state]),
        "steps_aside": _steps(okr_words.steps_aside(row)),
        "progress": None if row.state.value == "draft" else row.progress,
        "now": okr_words.objective_now(row),
        "remarks": said.get(("objective", row.id), []),
    }
    for each in row.key_results:
        yield _key_result(each, row.id, said, over=over)


def _steps(steps: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"step": step, "label": label} for step, label in steps]


def _key_result(row: OkrKeyResult, under: int, said: Remarks, *, over: bool) -> dict[str, Any]:
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
        "now": okr_words.key_result_now(row),
        "remarks": said.get(("key result", row.id), []),
    }
