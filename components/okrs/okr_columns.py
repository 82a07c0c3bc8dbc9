"""The cells of objectives and key results, as they are declared and as they are typed."""

from collections.abc import Mapping
from typing import Any

from components.editing import grid
from components.editing.grid import Column
from components.okrs import okr_words
from components.ui.payloads import LONGEST
from data.core import typed_text
from data.core.fields import Row, columns
from data.okrs.fields import KeyResultRow, ObjectiveRow
from data.okrs.views.drafts import OkrKeyResult, OkrObjective

_NUMBER = 40
_OBJECTIVE: Mapping[str, Mapping[str, Any]] = {
    "objective": {},
    "ambition": {"options": okr_words.AMBITIONS},
    "scope": {},
    "owner": {"hint": "nobody"},
    "supports": {"hint": "nothing", "longest": LONGEST},
    "guardrails": {"hint": "none", "longest": LONGEST},
}
_KEY_RESULT: Mapping[str, Mapping[str, Any]] = {
    "key_result": {},
    "kind": {},
    "start": {"hint": "from", "longest": _NUMBER},
    "target": {"hint": "to", "longest": _NUMBER},
    "unit": {"hint": "unit"},
    "steps": {"hint": "first step; second step", "longest": LONGEST},
    "hold_periods": {"hint": "periods", "longest": _NUMBER},
    "weight": {"hint": "1", "longest": _NUMBER},
    "owner": {"hint": "nobody"},
    "kpi": {"hint": "typed by hand"},
}
"""How the cells of a row stand, in their order."""


def _laid_out(row_class: type[Row], layout: Mapping[str, Mapping[str, Any]]) -> list[Column]:
    known = {column.name: column for column in columns(row_class)}
    return [
        grid.column(known[name], **given)
        if name in known
        else Column(name, name.capitalize(), "text", **given)
        for name, given in layout.items()
    ]


COLUMNS = {
    "objective": _laid_out(ObjectiveRow, _OBJECTIVE),
    "key result": _laid_out(KeyResultRow, _KEY_RESULT),
}
TYPED = {target: {column.name for column in each} for target, each in COLUMNS.items()}
"""The names of the cells of each kind of row."""


def cells(row: OkrObjective | OkrKeyResult) -> dict[str, str]:
    """Write the cells of a row as somebody would type them."""
    target = "objective" if isinstance(row, OkrObjective) else "key result"
    return {name: _cell(getattr(row, name)) for name in TYPED[target]}


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    return typed_text.number(value)
