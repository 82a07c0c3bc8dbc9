"""For how long this database has held what tells that something is the matter with KPIs.

Nobody can decide about what is not here yet: history that was imported a minute ago may tell of
a drift of months, for which nobody is to be blamed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, func, select

from analytics.periods import first_day, ordinal
from data.core.as_of import keys_and_days, table
from data.kpis.queries.readings import Readings
from data.kpis.queries.signals import STANDING
from data.kpis.views.signals import SignalView

_reading, _command = table("reading"), table("command")

_telling = keys_and_days("telling")

ARRIVED = (
    select(
        _reading.c.kpi_id,
        func.min(func.coalesce(_reading.c.recorded_at, _command.c.at)).label("at"),
    )
    .select_from(_telling)
    .join(
        _reading,
        and_(_reading.c.kpi_id == _telling.c.key, _reading.c.period == _telling.c.day),
    )
    .join(_command, _command.c.id == _reading.c.command_id)
    .group_by(_reading.c.kpi_id, _reading.c.period)
    .order_by(_reading.c.kpi_id, _reading.c.period.desc())
)
"""When the readings of some periods came: as they say themselves, or with the command that
brought them."""

JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """How many periods ago a stretch out of range began, None without one.

    `before` tells that nothing read lies ahead of it: it began then or earlier.
    """

    back: int | None
    before: bool


def stretches_outside(
    values: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> list[Stretch]:
    """Give the present stretch out of range of each KPI."""
    outside = (values < low[:, None]) | (values > high[:, None])
    inside = ~np.isnan(values) & ~outside
    columns = values.shape[1]
    after = np.where(inside.any(axis=1), columns - np.argmax(inside[:, ::-1], axis=1), 0)
    first = np.where(outside & (np.arange(columns) >= after[:, None]), np.arange(columns), columns)
    never_inside = cast(list[bool], np.asarray(~inside.any(axis=1)).tolist())
    return [
        Stretch(columns - 1 - start, before) if start < columns else Stretch(None, False)
        for start, before in zip(first.min(axis=1).tolist(), never_inside, strict=True)
    ]


def began_on(stretch: Stretch, latest: date | None, cadence: str) -> date | None:
    """Give the first day of a stretch out of range that lasts up to a KPI's latest period."""
    if latest is None or stretch.back is None:
        return None
    return first_day(ordinal(latest, cadence) - stretch.back, cadence)


def days_here(
    connection: Connection,
    kpis: Sequence[Any],
    readings: Readings,
    signals: Mapping[int, SignalView],
    stretches: Sequence[Stretch],
    moment: datetime,
) -> Mapping[int, int]:
    """Count the days, by KPI, up to a moment; below 0 where it came later than that: one statement.

    What tells of a drift is the last reading before it was shown, and the one after where there is
    none; what tells of a stretch out of range is its first.
    """
    telling: list[tuple[int, date]] = []
    for kpi, stretch in zip(kpis, stretches, strict=True):
        signal, latest = signals.get(kpi.id), readings.latest[readings.rows[kpi.id]]
        if signal is not None and signal.signal in STANDING and signal.shown_on is not None:
            number = ordinal(signal.shown_on, kpi.cadence) - 1
            telling += [(kpi.id, first_day(number + by, kpi.cadence)) for by in (0, 1)]
        elif (began := began_on(stretch, latest, kpi.cadence)) is not None:
            telling.append((kpi.id, began))
    found = connection.execute(ARRIVED, {"telling": telling}).all()
    return {kpi_id: (moment - at - JUST_BEFORE).days for kpi_id, at in found}
