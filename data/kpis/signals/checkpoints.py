"""What is kept of KPIs: the rows of their signals, and the checkpoints from which these go on."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    and_,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
)

from analytics.periods import ordinal
from data.core.as_of import any_of, table
from data.kpis.signals.letters import read
from data.kpis.signals.replay import Checkpoint, Replayed, Terms
from data.kpis.signals.signal_row import is_whole, state_of
from models import Instant, KpiSignal, SignalCheckpoint

_kpi, _signal, _checkpoint = table("kpi"), table("kpi_signal"), table("signal_checkpoint")
_other = _signal.alias()


def newest(*known: ColumnElement[bool]) -> ColumnElement[bool]:
    """Join to KPIs the newest of their rows, of those that were known then."""
    newest_known = (
        select(_other.c.known_at)
        .where(_other.c.kpi_id == _kpi.c.id, *known)
        .order_by(_other.c.known_at.desc())
        .limit(1)
        .correlate(_kpi)
        .scalar_subquery()
    )
    return and_(_signal.c.kpi_id == _kpi.c.id, _signal.c.known_at == newest_known)


NEWEST = newest()
NEWEST_THEN = newest(_other.c.known_at <= bindparam("moment", type_=Instant))

_latest = _checkpoint.alias()
LATEST = and_(
    _checkpoint.c.kpi_id == _kpi.c.id,
    _checkpoint.c.period
    == select(_latest.c.period)
    .where(_latest.c.kpi_id == _kpi.c.id)
    .order_by(_latest.c.period.desc())
    .limit(1)
    .correlate(_kpi)
    .scalar_subquery(),
)
"""Joins to KPIs the checkpoint before their latest readings."""

SHOWN_NOW = (
    select(_kpi.c.id, _signal.c.known_at, _checkpoint.c.period, _signal.c.history)
    .select_from(_kpi)
    .join(_checkpoint, LATEST)
    .join(_signal, NEWEST)
    .where(_kpi.c.id.in_(any_of("kpis")))
)
PLACES = select(_checkpoint.c.kpi_id, _checkpoint.c.period).where(
    _checkpoint.c.kpi_id.in_(any_of("kpis"))
)
STATES = select(_checkpoint.c.kpi_id, _checkpoint.c.period, _checkpoint.c.state).where(
    tuple_(_checkpoint.c.kpi_id, _checkpoint.c.period).in_(any_of("places"))
)
NO_LONGER_SHOWN = delete(_signal).where(
    _signal.c.kpi_id.in_(any_of("kpis")), _signal.c.known_at >= bindparam("since", type_=Instant)
)
PASSED = delete(_checkpoint).where(
    _checkpoint.c.kpi_id.in_(any_of("kpis")), _checkpoint.c.period >= bindparam("since", type_=Date)
)


def checkpoints_before(
    connection: Connection,
    changed: Mapping[int, tuple[datetime, date]],
    terms: Mapping[int, Terms],
) -> dict[int, Checkpoint]:
    """Give what the signals of KPIs go on from where something changed: three statements.

    `changed` tells since when, and what the earliest period is. Of a KPI of which anything was
    shown later there is none: its checkpoints know of that.
    """
    kpis = list(changed)
    newest = {row.id: row for row in connection.execute(SHOWN_NOW, {"kpis": kpis})}
    places: dict[int, date] = {}
    for kpi_id, period in connection.execute(PLACES, {"kpis": kpis}):
        since, earliest = changed[kpi_id]
        if period < earliest and newest[kpi_id].known_at <= since:
            places[kpi_id] = max(period, places.get(kpi_id, period))
    found = {}
    for row in connection.execute(STATES, {"places": list(places.items())}):
        cadence, shown = terms[row.kpi_id].cadence, newest[row.kpi_id]
        if is_whole(state := state_of(row.state), cadence):
            number = ordinal(row.period, cadence)
            letters = read(shown.history)
            behind = len(letters) - (ordinal(shown.period, cadence) - number + 1)
            found[row.kpi_id] = Checkpoint(number, state, letters[: max(behind, 0)])
    return found


def keep(connection: Connection, version: int, found: Replayed) -> None:
    """Keep what is shown in the place of all that was to be shown since."""
    shown_since: dict[int, datetime] = {}
    for row in found.signals:
        key, known_at = row["kpi_id"], row["known_at"]
        shown_since[key] = min(known_at, shown_since.get(key, known_at))
    for statement, since_by_kpi in ((NO_LONGER_SHOWN, shown_since), (PASSED, found.passed)):
        for since, kpi_ids in _grouped(since_by_kpi).items():
            connection.execute(statement, {"kpis": kpi_ids, "since": since})
    if found.signals:
        signals = [{**row, "version": version} for row in found.signals]
        connection.execute(insert(KpiSignal), signals)
    if found.checkpoints:
        connection.execute(insert(SignalCheckpoint), found.checkpoints)


def _grouped(since: Mapping[int, Any]) -> dict[Any, list[int]]:
    grouped: dict[Any, list[int]] = defaultdict(list)
    for kpi_id, each in since.items():
        grouped[each].append(kpi_id)
    return grouped
