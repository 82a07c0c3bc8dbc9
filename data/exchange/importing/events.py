"""Decisions and annotations of an import: what people said about KPIs, each on a day."""

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any

from data.exchange.importing.batch import Batch, live_rows, store, tally
from data.exchange.importing.company import person_of
from data.exchange.importing.known_at import FactKey, has_begun, when_known
from data.exchange.importing.kpis import kpi_of_row
from data.names.scopes import Names
from models import Annotation, Decision, Entity


def import_decisions(batch: Batch, names: Names) -> None:
    """Bring in what people decided about KPIs."""
    known = when_known(batch, lambda key: key[1])
    key = ("kpi_id", "date", "decision")
    _import_events(batch, names, "decisions", Decision, key, ("reason", "look_again"), known)


def import_annotations(batch: Batch, names: Names) -> None:
    """Bring in the events around KPIs."""
    _import_events(batch, names, "annotations", Annotation, ("kpi_id", "date", "text"))


def _import_events(
    batch: Batch,
    names: Names,
    file: str,
    entity: type[Entity],
    key: tuple[str, ...],
    others: tuple[str, ...] = (),
    known: Callable[[FactKey], datetime] | None = None,
) -> None:
    """Bring in a file's rows, found again by their `key`, with what `others` say.

    `known` says from when a new one counts; without it, its day may lie ahead.
    """
    here = {attrgetter(*key)(row): row for row in live_rows(batch, entity)}
    rows: dict[Any, dict[str, Any]] = {}
    lines = []
    for row in getattr(batch.tables, file):
        kpi_id = kpi_of_row(batch, names, file, row)
        if kpi_id is None or (known and not has_begun(batch, file, row)):
            continue
        values: dict[str, Any] = {"kpi_id": kpi_id}
        values |= {name: getattr(row, name) for name in (*key[1:], *others)}
        values["by_id"] = person_of(batch, names, file, row.line, row.by)
        place = tuple(values[name] for name in key)
        if known and place not in here:
            values["known_at"] = known((kpi_id, row.date))
        rows[place] = values
        lines.append((place, row.line))
    _, changed = store(batch, file, entity, rows, here)
    tally(batch, file, rows, here, changed, lines)
