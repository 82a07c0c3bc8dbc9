"""A team's objectives and key results in a table that feels like a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from components.okrs import okr_editing, okr_words
from components.ui import click_events, frontend
from data.core import typed_text
from data.core.outcomes import Outcome
from data.okrs.views.drafts import OkrEdit, OkrKeyResult, OkrObjective, OkrRemark, Okrs

_TABLE = frontend.element("okrs")

OPTIONS = {
    field: [{"value": value, "label": label} for value, label in pairs]
    for field, pairs in {
        "ambition": okr_words.AMBITIONS,
        "scope": okr_words.SCOPES,
        "kind": okr_words.KINDS,
    }.items()
}

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
    on_open: Callable[[str, int], None] | None = None,
) -> None:
    """Show the table; each cell is sent as it is left, and answered by itself."""
    said = _by_row(remarks)
    cycle = view.cycle.name if view.cycle else ""
    _TABLE(
        key=key,
        data={
            "version": view.version,
            "person": person or "",
            "place": f"{view.team.id} {view.cycle.id if view.cycle else 0}",
            "editable": editable,
            "empty": okr_words.empty(view, editable=editable),
            "team": view.team.name,
            "cycle": cycle,
            "teams": list(teams),
            "cycles": list(cycles),
            "options": OPTIONS,
            "people": list(view.people),
            "kpis": list(view.kpis),
            "supportable": list(view.supportable),
            "remarks": said.get(("team", None), []),
            "start": okr_words.start(view),
            "ending": okr_words.ending(view),
            "objectives": [_objective(row, said) for row in view.objectives],
            "focus": f"{focus[0]} {focus[1]}" if focus else None,
            "answer": okr_editing.answer(key),
        },
        on_edit_change=okr_editing.listener(key, on_edits),
        on_open_change=click_events.listener(key, on_open),
    )


def _by_row(remarks: Sequence[OkrRemark]) -> Remarks:
    said: dict[tuple[str, int | None], list[str]] = {}
    for remark in remarks:
        said.setdefault((remark.target, remark.id), []).append(remark.reason)
    return said


def _objective(row: OkrObjective, said: Remarks) -> dict[str, Any]:
    over = row.state in okr_words.OVER
    return {
        "id": row.id,
        "name": row.name,
        "ambition": row.ambition.value,
        "scope": row.scope.value,
        "owner": row.owner,
        "supports": row.supports,
        "guardrails": row.guardrails,
        "state": row.state.value,
        "over": over,
        "fixed": over,
        "archiving": None if over else okr_words.archiving(row)._asdict(),
        "closing": okr_words.closing(row)._asdict() if row.state in okr_words.UNDER_WAY else None,
        "steps_open": _steps(okr_words.STEPS[row.state]),
        "steps_aside": _steps(okr_words.steps_aside(row)),
        "progress": None if row.state.value == "draft" else row.progress,
        "now": okr_words.objective_now(row),
        "remarks": said.get(("objective", row.id), []),
        "key_results": [_key_result(each, said, over=over) for each in row.key_results],
    }


def _steps(steps: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"step": step, "label": label} for step, label in steps]


def _key_result(row: OkrKeyResult, said: Remarks, *, over: bool) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind.value,
        "unit": row.unit,
        "start": typed_text.number(row.start),
        "target": typed_text.number(row.target),
        "weight": typed_text.number(row.weight),
        "hold_periods": typed_text.number(row.hold_periods),
        "owner": row.owner,
        "kpi": row.kpi,
        "steps": row.steps,
        "over": over,
        "fixed": over,
        "archiving": None if over else okr_words.ARCHIVING._asdict(),
        "progress": row.progress,
        "now": okr_words.key_result_now(row),
        "remarks": said.get(("key result", row.id), []),
    }
