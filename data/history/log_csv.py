"""What was done as the text of a CSV file, a line a change, for whoever looks into it."""

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from data.core.cell_formatting import number
from data.core.csv_text import csv_text
from data.core.formula_guard import guard
from data.history.views import ChangeView, DoneView, Value

COLUMNS = (
    "command",
    "at",
    "who",
    "kind",
    "thing",
    "team",
    "for",
    "field",
    "before",
    "after",
    "why",
    "taken_back",
)


def log_csv(done: Iterable[DoneView], zone: ZoneInfo) -> str:
    """Write every change, the latest command first, on the company's clock; text is no formula.

    A thing that came or went has the field `added` or `removed`.
    """
    return csv_text(COLUMNS, (row for each in done for row in _rows(each, zone)))


def _rows(done: DoneView, zone: ZoneInfo) -> Iterator[list[str]]:
    at = done.at.astimezone(zone).isoformat(timespec="seconds")
    for change in done.changes:
        yield [
            done.name,
            at,
            guard(done.who or ""),
            change.kind,
            guard(change.thing),
            guard(change.team or ""),
            change.when.isoformat() if change.when else "",
            _field(change),
            _value(change.before),
            _value(change.after),
            guard(done.why),
            "taken back" if done.taken_back else "",
        ]


def _field(change: ChangeView) -> str:
    if change.added:
        return "added"
    return "removed" if change.removed else change.field.removesuffix("_id")


def _value(value: Value) -> str:
    """Write a value; a number stays one, text is guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number(value)
    return value.isoformat() if isinstance(value, date) else guard(str(value))
