"""Signals of KPIs, and what people said about those that stand: one statement each.

Signals are read as they were shown at a moment, today's like those of any day before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from data.core.as_of import MOMENT, any_of, live, table
from data.kpis.signals.checkpoints import NEWEST_THEN
from data.kpis.signals.dismissals import DISMISSED, Dismissed, dismissed, with_readings
from data.kpis.signals.evidence import unpacked
from data.kpis.views.signals import DecisionView, SignalView
from models import DecisionKind, Instant, Signal

_kpi, _signal, _decision, _person = map(table, ("kpi", "kpi_signal", "decision", "person"))
_pending = table("pending_signal")

_then = bindparam("moment", type_=Instant)
SHOWN = (
    select(_kpi.c.id, _signal.c.evidence, _signal.c.history, _pending.c.kpi_id.label("is_pending"))
    .select_from(_kpi)
    .outerjoin(_signal, NEWEST_THEN)
    .outerjoin(
        _pending,
        and_(
            _pending.c.kpi_id == _kpi.c.id,
            or_(_pending.c.since.is_(None), _pending.c.since <= _then),
        ),
    )
    .where(_kpi.c.id.in_(any_of("kpis")))
)
SAID = with_readings(
    select(
        _decision.c.kpi_id,
        _decision.c.date,
        _decision.c.decision,
        _decision.c.reason,
        _decision.c.look_again,
        _person.c.name.label("who"),
        *DISMISSED,
    )
    .select_from(_decision)
    .outerjoin(_person, _person.c.id == _decision.c.by_id)
    .where(
        _decision.c.kpi_id.in_(any_of("kpis")),
        _decision.c.decision != DecisionKind.REBASE.value,
        _decision.c.known_at <= MOMENT,
        live(_decision),
    )
    .order_by(_decision.c.date, _decision.c.id)
)
"""What was said that lets a drift wait, of bad data and of recoveries: the latest comes last."""

OF_RECOVERIES = (DecisionKind.REROUTE, DecisionKind.CONFIRM, DecisionKind.GRADUATE)
"""What people decide of a recovery."""

LETS_WAIT = (DecisionKind.ACKNOWLEDGE, DecisionKind.REROUTE)
"""What lets a drift wait."""

STANDING = (Signal.DRIFTING, Signal.RECOVERING)
"""The signals of an alarm that stands."""


@dataclass(frozen=True, slots=True)
class KnownSignals:
    """The signals of KPIs that have readings as they were shown, and which are being computed."""

    signals: Mapping[int, SignalView]
    pending: Collection[int]


def signals_of(connection: Connection, kpis: Sequence[Any], moment: datetime) -> KnownSignals:
    """Give the signals of KPIs as they were shown at a moment: one statement."""
    at = {"kpis": [kpi.id for kpi in kpis], "moment": moment}
    found = connection.execute(SHOWN, at).all()
    told = [shown for shown in found if shown[1] is not None]
    kpi_ids, evidence, histories, _ = zip(*told, strict=True) if told else ((), (), (), ())
    return KnownSignals(
        dict(zip(kpi_ids, unpacked(evidence, histories), strict=True)),
        {kpi_id for kpi_id, _, _, pending in found if pending is not None},
    )


@dataclass(frozen=True, slots=True)
class SaidAbout:
    """What was said last about each KPI that lets its drift wait, and the readings dismissed.

    `recoveries` is all that was said of the recoveries of KPIs, oldest first.
    """

    decisions: Mapping[int, DecisionView]
    dismissed: Dismissed
    recoveries: Mapping[int, Sequence[DecisionView]]


def said_about(connection: Connection, kpis: Sequence[Any], moment: datetime) -> SaidAbout:
    """Give what was said about KPIs: one statement, whatever their number."""
    cadences = {kpi.id: kpi.cadence for kpi in kpis}
    return said_of(what_was_said(connection, cadences, moment), cadences)


def what_was_said(
    connection: Connection, kpi_ids: Collection[int], moment: datetime
) -> Sequence[Any]:
    """Give what was said about KPIs as rows, those of each one oldest first."""
    return connection.execute(SAID, {"kpis": list(kpi_ids), "moment": moment}).all()


def said_of(said_rows: Iterable[Any], cadences: Mapping[int, str]) -> SaidAbout:
    """Gather what was said; `cadences` are those of the KPIs, by key."""
    dismissals, decisions, recoveries = [], {}, defaultdict(list)
    for row in said_rows:
        said = _decision_view(row)
        if said.kind == DecisionKind.DISMISS:
            dismissals.append(row)
        if said.kind in LETS_WAIT:
            decisions[row.kpi_id] = said
        if said.kind in OF_RECOVERIES:
            recoveries[row.kpi_id].append(said)
    return SaidAbout(decisions, dismissed(dismissals, cadences), dict(recoveries))


def standing_decision(
    signal: SignalView | None, decision: DecisionView | None
) -> DecisionView | None:
    """Give what was said about the drift that stands; what was said before is of another."""
    if signal is None or decision is None or signal.signal not in STANDING:
        return None
    return decision if signal.shown_on is None or decision.date >= signal.shown_on else None


def undecided_days(
    signal: SignalView | None, decision: DecisionView | None, day: date
) -> int | None:
    """Count the days for which a drift waits for a decision; None where nothing waits.

    That is since it was first shown or, where somebody put it off, since it should have been
    looked at again.
    """
    if signal is None or signal.signal not in STANDING:
        return None
    if decision is None:
        return max((day - (signal.shown_on or signal.period)).days, 0)
    if decision.look_again is None or decision.look_again > day:
        return None
    return (day - decision.look_again).days


def _decision_view(row: Any) -> DecisionView:
    # What lets a drift wait speaks of the day on which it was said.
    kind = DecisionKind(row.decision)
    return DecisionView(row.date, kind, row.reason, row.look_again, row.who, said_on=row.date)
