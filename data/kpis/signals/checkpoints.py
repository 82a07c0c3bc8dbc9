"""What is kept of KPIs: the rows of their signals, and the checkpoints from which these go on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)

from analytics.periods import ordinal
from data.core.as_of import MOMENT, any_of, keys_and_days, table
from data.core.bulk_insert import Columns, insert_columns
from data.core.database import write_last
from data.kpis.signals.evidence import unpacked
from data.kpis.signals.replay import Checkpoint, Replayed, Terms
from data.kpis.signals.series import instant
from data.kpis.signals.signal_row import SignalRow, is_whole, state_of
from models import Instant, SignalCheckpoint

ROWS_AT_ONCE = 20_000

_kpi, _signal, _checkpoint = table("kpi"), table("kpi_signal"), table("signal_checkpoint")
_reading, _decision = table("reading"), table("decision")
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

SHOWN_BEFORE = (
    select(_kpi.c.id, _signal.c.evidence, _signal.c.history)
    .select_from(_kpi)
    .join(_signal, newest(_other.c.known_at < bindparam("since", type_=Instant)))
    .where(_kpi.c.id.in_(any_of("kpis")), _signal.c.evidence.is_not(None))
)
EARLIEST_READ = (
    select(_reading.c.kpi_id, func.min(_reading.c.period))
    .where(_reading.c.kpi_id.in_(any_of("kpis")), _reading.c.known_at >= MOMENT)
    .group_by(_reading.c.kpi_id)
)
EARLIEST_DECIDED = (
    select(_decision.c.kpi_id, func.min(_decision.c.date))
    .where(
        _decision.c.kpi_id.in_(any_of("kpis")),
        or_(_decision.c.known_at >= MOMENT, _decision.c.withdrawn_at >= MOMENT),
    )
    .group_by(_decision.c.kpi_id)
)
"""The earliest periods of which something was said from a moment on."""

PLACES = select(_checkpoint.c.kpi_id, _checkpoint.c.period).where(
    _checkpoint.c.kpi_id.in_(any_of("kpis"))
)
_places = keys_and_days("places")
STATES = select(_checkpoint.c.kpi_id, _checkpoint.c.period, _checkpoint.c.state).join_from(
    _places,
    _checkpoint,
    and_(_checkpoint.c.kpi_id == _places.c.key, _checkpoint.c.period == _places.c.day),
)
NO_LONGER_SHOWN = delete(_signal).where(
    _signal.c.kpi_id.in_(any_of("kpis")), _signal.c.known_at >= bindparam("since", type_=Instant)
)
PASSED = delete(_checkpoint).where(
    _checkpoint.c.kpi_id.in_(any_of("kpis")), _checkpoint.c.period >= bindparam("since", type_=Date)
)


def checkpoints_before(
    connection: Connection, since: Mapping[int, datetime], terms: Mapping[int, Terms]
) -> dict[int, Checkpoint]:
    """Give what the signals of KPIs go on from that are to be shown anew from a moment on.

    That is before the earliest period of which anything was said since: five statements for each
    moment.
    """
    found: dict[int, Checkpoint] = {}
    for moment, kpi_ids in _grouped(since).items():
        at = {"kpis": kpi_ids, "moment": moment}
        earliest: dict[int, date] = {}
        for statement in (EARLIEST_READ, EARLIEST_DECIDED):
            for kpi_id, day in connection.execute(statement, at):
                earliest[kpi_id] = min(day, earliest.get(kpi_id, day))
        places: dict[int, date] = {}
        for kpi_id, period in connection.execute(PLACES, at):
            if kpi_id in earliest and period < earliest[kpi_id]:
                places[kpi_id] = max(period, places.get(kpi_id, period))
        shown = {
            row.id: row
            for row in connection.execute(SHOWN_BEFORE, {"kpis": list(places), "since": moment})
        }
        for row in connection.execute(STATES, {"places": list(places.items())}):
            if row.kpi_id in shown:
                before = shown[row.kpi_id]
                checkpoint = _checkpoint_of(row, before, terms[row.kpi_id].cadence)
                found |= {row.kpi_id: checkpoint} if checkpoint else {}
    return found


def _checkpoint_of(row: Any, shown: Any, cadence: str) -> Checkpoint | None:
    """Give a checkpoint with the letters before it; None where it is not one of what was shown."""
    state, number = state_of(row.state), ordinal(row.period, cadence)
    (signal,) = unpacked([shown.evidence], [shown.history])
    latest, letters = ordinal(signal.period, cadence), signal.history
    if latest < number or not is_whole(state, cadence):
        return None
    return Checkpoint(number, state, letters[: max(len(letters) - (latest - number + 1), 0)])


def keep(connection: Connection, version: int, found: Replayed) -> None:
    """Keep what is shown in the place of all that was to be shown since; nobody reads it before."""
    write_last(connection, partial(_keep, connection, version, found))


def _keep(connection: Connection, version: int, found: Replayed) -> None:
    known: dict[int, int] = {}
    for row in found.signals:
        known[row.kpi_id] = min(row.known, known.get(row.kpi_id, row.known))
    shown_since = {kpi_id: instant(each) for kpi_id, each in known.items()}
    for statement, since_by_kpi in ((NO_LONGER_SHOWN, shown_since), (PASSED, found.passed)):
        for since, kpi_ids in _grouped(since_by_kpi).items():
            connection.execute(statement, {"kpis": kpi_ids, "since": since})
    for start in range(0, len(found.signals), ROWS_AT_ONCE):
        _add_signals(connection, version, found.signals[start : start + ROWS_AT_ONCE])
    if found.checkpoints:
        connection.execute(insert(SignalCheckpoint), found.checkpoints)


def _add_signals(connection: Connection, version: int, rows: Sequence[SignalRow]) -> None:
    kpi_ids, known, rules, evidence, history = zip(*rows, strict=True)
    columns: Columns = {
        "kpi_id": kpi_ids,
        "known_at": known,
        "version": [version] * len(rows),
        "rules": rules,
        "evidence": evidence,
        "history": history,
    }
    insert_columns(connection, _signal, columns, ready=columns.keys())


def _grouped(since: Mapping[int, Any]) -> dict[Any, list[int]]:
    grouped: dict[Any, list[int]] = defaultdict(list)
    for kpi_id, each in since.items():
        grouped[each].append(kpi_id)
    return grouped
