"""The quick way to a signal: one step from what is kept to a reading that follows the latest."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Connection, and_, exists, select

from analytics.drift.letters import read, written
from analytics.drift.state import rebase
from analytics.periods import ordinal
from data.core.as_of import any_of, table
from data.kpis.signals.checkpoints import LATEST, NEWEST
from data.kpis.signals.replay import Replayed, passed_from
from data.kpis.signals.runs import MOST_PERIODS
from data.kpis.signals.series import microseconds
from data.kpis.signals.signal_row import (
    Kept,
    Latest,
    ShownSignals,
    SignalRow,
    after,
    checkpoint_rows,
    is_whole,
    kept_as,
    shown_after,
    signal_rows,
    state_of,
)
from models import DecisionKind

_kpi, _reading, _signal, _decision = map(table, ("kpi", "reading", "kpi_signal", "decision"))
_checkpoint, _pending = map(table, ("signal_checkpoint", "pending_signal"))

KEPT = (
    select(
        _kpi.c.id,
        _kpi.c.cadence,
        _kpi.c.better,
        _kpi.c.smallest_change,
        _signal.c.known_at,
        _checkpoint.c.period,
        _signal.c.history,
        _checkpoint.c.state,
        _decision.c.date.label("begins"),
    )
    .select_from(_kpi)
    .join(_signal, NEWEST)
    .join(_checkpoint, LATEST)
    .outerjoin(
        _decision,
        and_(
            _decision.c.kpi_id == _kpi.c.id,
            _decision.c.decision == DecisionKind.REBASE.value,
            _decision.c.withdrawn_at.is_(None),
            _decision.c.date > _checkpoint.c.period,
        ),
    )
    .where(
        _kpi.c.id.in_(any_of("kpis")),
        ~exists().where(
            _reading.c.kpi_id == _kpi.c.id,
            _reading.c.period >= _checkpoint.c.period,
            _reading.c.value.is_(None),
        ),
        ~exists().where(_pending.c.kpi_id == _kpi.c.id),
    )
)
"""What is kept of KPIs but those that had a reading taken back of late, or are pending.

A KPI has a row for each new normal that begins after its latest reading.
"""


class _News(NamedTuple):
    """A KPI as it is kept, with its one new reading and the new normals since the latest."""

    kept: Kept
    number: int
    value: float
    known: int
    begun: Sequence[int]


def stepped(
    connection: Connection, readings: Mapping[int, Mapping[str, Any]], zone: ZoneInfo
) -> Iterator[Replayed]:
    """Give the rows to keep of the KPIs whose new reading follows the latest or corrects it.

    `readings` has the one new reading of each KPI. One statement, whatever their number.
    """
    groups: dict[tuple[str, bool], list[_News]] = defaultdict(list)
    for cadence, news in _news(connection, readings):
        ahead = news.number - news.kept.number
        follows = ahead > 0 and news.kept.reach + ahead < MOST_PERIODS
        if follows or ahead == 0:
            groups[cadence, follows].append(news)
    for (cadence, follows), several in groups.items():
        latest = kept_as(cadence, [news.kept for news in several])
        latest = (_followed if follows else _corrected)(latest, several, zone)
        passed = {
            news.kept.kpi_id: passed_from(news.kept.number, news.kept.state, news.number, cadence)
            for news in several
        }
        yield Replayed(_signals(latest, several, zone), checkpoint_rows(latest), passed)


def _news(
    connection: Connection, readings: Mapping[int, Mapping[str, Any]]
) -> Iterator[tuple[str, _News]]:
    """Give the KPIs of which nothing was known later and a state is kept, with their cadence."""
    begun: dict[int, list[date]] = defaultdict(list)
    kept = {}
    for row in connection.execute(KEPT, {"kpis": list(readings)}):
        kept[row.id] = row
        begun[row.id] += [] if row.begins is None else [row.begins]
    for row in kept.values():
        reading, cadence, state = readings[row.id], str(row.cadence), state_of(row.state)
        is_news = reading["value"] is not None and reading["known_at"] >= row.known_at
        if not is_news or not is_whole(state, cadence):
            continue
        number = ordinal(row.period, cadence)
        later = [later for day in begun[row.id] if (later := ordinal(day, cadence)) > number]
        yield (
            cadence,
            _News(
                Kept(row.id, str(row.better), row.smallest_change, number, row.history, state),
                ordinal(reading["period"], cadence),
                reading["value"],
                microseconds(reading["known_at"]),
                later,
            ),
        )


def _corrected(latest: Latest, several: Sequence[_News], _zone: ZoneInfo) -> Latest:
    """Put corrections in the place of the latest readings."""
    return replace(latest, value=np.array([news.value for news in several]))


def _followed(latest: Latest, several: Sequence[_News], zone: ZoneInfo) -> Latest:
    """Go on from the latest readings to those that follow them."""
    number = np.array([news.number for news in several])
    passed = [any(begun <= news.number for begun in news.begun) for news in several]
    state = after(latest)
    return replace(
        latest,
        state=rebase(state, passed),
        index=number - latest.start,
        value=np.array([news.value for news in several]),
        first_known=np.array([news.known for news in several], np.float64),
        shown=shown_after(latest, state, zone),
    )


def _signals(latest: Latest, several: Sequence[_News], zone: ZoneInfo) -> list[SignalRow]:
    state = after(latest)
    letters = [str(signal)[0] for signal in state.facts.signal]
    return signal_rows(
        ShownSignals(
            cadence=latest.cadence,
            kpi_ids=latest.kpi_ids,
            known=[news.known for news in several],
            start=latest.start,
            number=latest.start + latest.index,
            facts=state.facts,
            shown=shown_after(latest, state, zone),
            history=[_history(*each) for each in zip(several, letters, strict=True)],
            pending=np.array([any(at > news.number for at in news.begun) for news in several]),
        )
    )


def _history(news: _News, letter: str) -> str:
    """Repeat the last signal over the periods without a reading; a new normal is learnt anew."""
    letters = read(news.kept.history)
    if news.number == news.kept.number:
        letters = letters[:-1] + letter
    else:
        since = min([news.number, *news.begun])
        letters += letters[-1] * (since - news.kept.number - 1) + "l" * (news.number - since)
        letters += letter
    return written(letters, [len(letters)])[0]
