"""Decisions, annotations and verdicts of an import: what people said about KPIs, each on a day."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from data.core.fields import plain_values
from data.exchange.importing.batch import Batch, live_rows
from data.exchange.importing.import_facts import FactKey, has_begun, when_known
from data.exchange.importing.lookup import kpi_of_row, links_of
from data.exchange.importing.things import store, tally
from data.exchange.tables import FILES

KEYS_OF_EVENTS = {
    "decisions": ("team", "kpi", "date", "decision"),
    "annotations": ("team", "kpi", "date", "text"),
    "verdicts": ("team", "kpi", "date"),
}
"""The columns by which a row of a file whose rows may repeat is found again."""


def import_decisions(batch: Batch) -> None:
    """Bring in what people decided about KPIs."""
    _import_events(batch, "decisions", when_known(batch, lambda key: key[1]))


def import_annotations(batch: Batch) -> None:
    """Bring in the events around KPIs."""
    _import_events(batch, "annotations")


def import_verdicts(batch: Batch) -> None:
    """Bring in what people said of drifts that are over."""
    _import_events(batch, "verdicts", when_known(batch, lambda key: key[1]))


def _import_events(
    batch: Batch, file: str, known: Callable[[FactKey], datetime] | None = None
) -> None:
    """Bring in a file's rows; `known` says from when a new one counts, else it may lie ahead."""
    entity, said = FILES[file].TABLE, KEYS_OF_EVENTS[file][2:]
    here = {
        (row.kpi_id, *(getattr(row, name) for name in said)): row
        for row in live_rows(batch, entity)
    }
    rows: dict[Any, dict[str, Any]] = {}
    lines = []
    for row in getattr(batch.tables, file):
        kpi_id = kpi_of_row(batch, file, row)
        if kpi_id is None or (known and not has_begun(batch, file, row)):
            continue
        links = links_of(batch, file, row, entity)
        key = (kpi_id, *(getattr(row, name) for name in said))
        rows[key] = {"kpi_id": kpi_id, **plain_values(row, entity), **links}
        if known and key not in here:
            rows[key]["known_at"] = known((kpi_id, row.date))
        lines.append((key, row.line))
    _, changed = store(batch, file, rows, here)
    tally(batch, file, rows, here, changed, lines)
