"""Which readings were dismissed as bad data: a correction that came later counts again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from analytics.periods import period
from data.core.as_of import MOMENT, any_of, latest_first, live, table
from models import DecisionKind

_decision, _reading = table("decision"), table("reading")
_change, _command = table("change"), table("command")
_standing = _reading.alias()

MADE = func.coalesce(_command.c.version, _decision.c.version).label("made")
"""The version in which a decision was made, in a statement made by `with_commands`.

To correct or withdraw a dismissal does not make it speak of a reading that came later.
"""

DISMISSED = (
    MADE,
    _reading.c.id.label("reading_id"),
    _reading.c.period,
    _reading.c.version.label("read"),
)
"""What tells whether a reading is dismissed, in a statement made by `with_readings`."""


def with_commands(decisions: Select[Any]) -> Select[Any]:
    """Join to each dismissal the command that made it."""
    made = and_(
        _decision.c.decision == DecisionKind.DISMISS.value,
        _change.c.entity == _decision.name,
        _change.c.entity_id == _decision.c.id,
        _change.c.before.is_(None),
    )
    return decisions.outerjoin(_change, made).outerjoin(
        _command, _command.c.id == _change.c.command_id
    )


def with_readings(decisions: Select[Any]) -> Select[Any]:
    """Join to each dismissal the reading of its day, and the command that made it."""
    dismisses = _decision.c.decision == DecisionKind.DISMISS.value
    of_its_day = (
        select(_standing.c.id)
        .where(
            _standing.c.kpi_id == _decision.c.kpi_id,
            _standing.c.period <= _decision.c.date,
            _standing.c.known_at <= MOMENT,
        )
        .order_by(_standing.c.period.desc(), *latest_first(_standing.c))
        .limit(1)
        .correlate(_decision)
        .scalar_subquery()
    )
    return with_commands(decisions).outerjoin(
        _reading, and_(dismisses, _reading.c.id == of_its_day)
    )


DISMISSALS = with_readings(
    select(_decision.c.kpi_id, _decision.c.date, *DISMISSED).where(
        _decision.c.kpi_id.in_(any_of("kpis")),
        _decision.c.decision == DecisionKind.DISMISS.value,
        _decision.c.known_at <= MOMENT,
        live(_decision),
    )
)


def is_dismissed(row: Any, cadence: str) -> bool:
    """Tell whether a dismissal speaks of the reading that stands in its period."""
    if row.period is None or period(row.date, cadence) != row.period:
        return False
    return bool(row.made >= row.read)


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The periods of KPIs of which the readings were dismissed, and the keys of those readings."""

    periods: Mapping[int, Collection[date]] = field(default_factory=dict)
    reading_ids: Collection[int] = ()


def dismissed(rows: Iterable[Any], cadences: Mapping[int, str]) -> Dismissed:
    """Gather what dismissals speak of; `cadences` are those of the KPIs, by key."""
    periods: dict[int, set[date]] = defaultdict(set)
    reading_ids: set[int] = set()
    for row in rows:
        if is_dismissed(row, cadences[row.kpi_id]):
            periods[row.kpi_id].add(row.period)
            reading_ids.add(row.reading_id)
    return Dismissed(dict(periods), sorted(reading_ids))


def dismissed_by(
    connection: Connection, cadences: Mapping[int, str], moment: datetime
) -> Dismissed:
    """Give which readings of KPIs, by key with their cadence, were dismissed: one statement."""
    at = {"kpis": list(cadences), "moment": moment}
    return dismissed(connection.execute(DISMISSALS, at), cadences)
