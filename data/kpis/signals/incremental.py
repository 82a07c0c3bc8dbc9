"""The quick way to a signal: one step from what is kept to a reading that follows the latest."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Connection, exists, select

from analytics.drift.state import rebase
from analytics.periods import ordinal
from data.core.as_of import any_of, table
from data.kpis.signals.replay import MOST_PERIODS
from data.kpis.signals.signal_row import (
    SHOWN_PERIODS,
    Kept,
    Latest,
    after,
    is_whole,
    kept_as,
    last_known,
    microseconds,
    rows_of,
    shown_after,
)
from models import DecisionKind

_kpi, _reading, _signal, _decision = map(table, ("kpi", "reading", "kpi_signal", "decision"))

KEPT = (
    select(
        _kpi.c.id,
        _kpi.c.cadence,
        _kpi.c.better,
        _kpi.c.smallest_change,
        _signal.c.period,
        _signal.c.history,
        _signal.c.state,
    )
    .join(_signal, _signal.c.kpi_id == _kpi.c.id)
    .where(
        _kpi.c.id.in_(any_of("kpis")),
        ~exists().where(
            _reading.c.kpi_id == _kpi.c.id,
            _reading.c.period >= _signal.c.period,
            _reading.c.value.is_(None),
        ),
    )
)
"""What is kept of KPIs, those left out that had a reading taken back of late."""

BEGUN = (
    select(_decision.c.kpi_id, _decision.c.date)
    .join(_signal, _signal.c.kpi_id == _decision.c.kpi_id)
    .where(
        _decision.c.kpi_id.in_(any_of("kpis")),
        _decision.c.decision == DecisionKind.REBASE.value,
        _decision.c.withdrawn_at.is_(None),
        _decision.c.date > _signal.c.period,
    )
)
"""The new normals that begin after the latest reading."""


class _News(NamedTuple):
    """A KPI as it is kept, with its one new reading and the new normals since the latest."""

    kept: Kept
    number: int
    value: float
    known: float
    begun: Sequence[int]


def stepped(
    connection: Connection, readings: Mapping[int, Mapping[str, Any]], zone: ZoneInfo
) -> Iterator[dict[str, Any]]:
    """Give the rows to keep of the KPIs whose new reading follows the latest or corrects it.

    `readings` has the one new reading of each KPI. Two statements, whatever their number.
    """
    groups: dict[tuple[str, bool], list[_News]] = defaultdict(list)
    for cadence, news in _news(connection, readings):
        ahead = news.number - news.kept.number
        follows = ahead > 0 and news.kept.reach + ahead < MOST_PERIODS
        if follows or (ahead == 0 and news.known >= last_known(news.kept.state)):
            groups[cadence, follows].append(news)
    for (cadence, follows), several in groups.items():
        latest = kept_as(cadence, [news.kept for news in several])
        yield from rows_of((_followed if follows else _corrected)(latest, several, zone), zone)


def _news(
    connection: Connection, readings: Mapping[int, Mapping[str, Any]]
) -> Iterator[tuple[str, _News]]:
    """Give the KPIs of which a state is kept, with their cadence."""
    begun = defaultdict(list)
    for kpi_id, day in connection.execute(BEGUN, {"kpis": list(readings)}):
        begun[kpi_id].append(day)
    for row in connection.execute(KEPT, {"kpis": list(readings)}):
        reading, cadence = readings[row.id], str(row.cadence)
        if reading["value"] is None or not is_whole(row.state, cadence):
            continue
        number = ordinal(row.period, cadence)
        later = [later for day in begun[row.id] if (later := ordinal(day, cadence)) > number]
        yield (
            cadence,
            _News(
                Kept(row.id, str(row.better), row.smallest_change, number, row.history, row.state),
                ordinal(reading["period"], cadence),
                reading["value"],
                float(microseconds(reading["known_at"])),
                later,
            ),
        )


def _corrected(latest: Latest, several: Sequence[_News], _zone: ZoneInfo) -> Latest:
    """Put corrections in the place of the latest readings."""
    known = np.array([news.known for news in several])
    return replace(
        latest,
        value=np.array([news.value for news in several]),
        first_known=np.minimum(latest.first_known, known),
        last_known=known,
        pending=np.array([bool(news.begun) for news in several]),
    )


def _followed(latest: Latest, several: Sequence[_News], zone: ZoneInfo) -> Latest:
    """Go on from the latest readings to those that follow them."""
    number = np.array([news.number for news in several])
    known = np.array([news.known for news in several])
    passed = [any(begun <= news.number for begun in news.begun) for news in several]
    state = after(latest)
    return replace(
        latest,
        state=rebase(state, passed),
        index=number - latest.start,
        value=np.array([news.value for news in several]),
        first_known=known,
        last_known=known,
        shown=shown_after(latest, state, zone),
        history=[_history(news) for news in several],
        pending=np.array([any(begun > news.number for begun in news.begun) for news in several]),
    )


def _history(news: _News) -> str:
    """Repeat the last signal over the periods without a reading; a new normal is learnt anew."""
    since = min([news.number, *news.begun])
    gap = news.kept.history[-1] * (since - news.kept.number - 1) + "l" * (news.number - since)
    return (news.kept.history + gap)[1 - SHOWN_PERIODS :]
