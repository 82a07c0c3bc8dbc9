"""Whether what drives a KPI can be computed, and whether that is what its readings say.

Compared is the last period of which the KPI and all that it names have a reading. KPIs of
different cadences share no period.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from sqlalchemy import Connection

from analytics.drivers import Expression, ExpressionError, evaluate, parse
from analytics.periods import first_day, ordinal
from data.kpis.queries.readings import last_readings
from data.kpis.signals.dismissals import dismissed_by
from data.kpis.views.settings import DriverCheck
from data.names.scopes import Names
from models import Cadence

ROUGHLY = 0.005
"""What share of a reading may be due to drivers that were rounded."""


@dataclass(frozen=True, slots=True)
class Series:
    """The last readings of a KPI that count, by the number of their period."""

    cadence: Cadence
    values: Mapping[int, float]


def read_series(
    connection: Connection, kpis: Iterable[Any], moment: datetime
) -> Mapping[int, Series]:
    """Read what the KPIs of some rows said last, by key: two statements."""
    cadences = {kpi.id: Cadence(kpi.cadence) for kpi in kpis}
    refused = dismissed_by(connection, cadences, moment)
    readings = last_readings(connection, cadences, moment, refused.periods)
    return {
        key: Series(
            cadences[key],
            _by_period(readings.values[row].tolist(), readings.latest[row], cadences[key]),
        )
        for key, row in readings.rows.items()
    }


def _by_period(
    values: Sequence[float], latest: date | None, cadence: Cadence
) -> Mapping[int, float]:
    if latest is None:
        return {}
    last = ordinal(latest, cadence)
    backwards = enumerate(reversed(values))
    return {last - back: value for back, value in backwards if isfinite(value)}


def check(
    names: Names, team_id: int, kpi_id: int, driven_by: str, series: Mapping[int, Series]
) -> DriverCheck | None:
    """Compute a KPI's expression beside its reading, or say why not; None where it is empty.

    `series` are those of the KPI and of all that the expression names.
    """
    if not driven_by.strip():
        return None
    try:
        expression = parse(driven_by)
        keys = {name: names.kpi(name, team_id) for name in expression.names}
    except ExpressionError as error:
        return DriverCheck(str(error))
    except LookupError as error:
        return DriverCheck(f"{error}: write it as Team / KPI")
    unknown = [name for name, key in keys.items() if key is None]
    if unknown:
        return DriverCheck(f"no KPI here is called “{unknown[0]}”")
    drivers = {name: series[key] for name, key in keys.items() if key is not None}
    return _compared(expression, drivers, series[kpi_id])


def _compared(expression: Expression, drivers: Mapping[str, Series], own: Series) -> DriverCheck:
    silent = tuple(name for name, driver in drivers.items() if not driver.values)
    if silent:
        return DriverCheck(silent=silent)
    uneven = {name: one.cadence for name, one in drivers.items() if one.cadence != own.cadence}
    if uneven:
        return DriverCheck(cadence=own.cadence, uneven=tuple(uneven.items()))
    # A KPI without any reading of its own yet is computed all the same.
    asked = [one.values.keys() for one in (*drivers.values(), own) if one.values]
    shared = set.intersection(*map(set, asked)) if asked else set()
    if not shared:
        return DriverCheck()
    return _computed(expression, drivers, own, max(shared))


def _computed(
    expression: Expression, drivers: Mapping[str, Series], own: Series, number: int
) -> DriverCheck:
    values = {name: driver.values[number] for name, driver in drivers.items()}
    computed, reading = float(evaluate(expression, values)), own.values.get(number)
    period = first_day(number, own.cadence)
    if not isfinite(computed):
        return DriverCheck("a step divides by zero", cadence=own.cadence, period=period)
    return DriverCheck(
        computed=computed,
        reading=reading,
        agrees=reading is not None and is_rounded(computed, reading),
        cadence=own.cadence,
        period=period,
    )


def is_rounded(computed: float, reading: float) -> bool:
    """Tell whether a reading is what was computed, as far as it was written out."""
    exponent = Decimal(f"{reading:.12g}").as_tuple().exponent
    step = 10.0 ** min(int(exponent), 0)
    return abs(computed - reading) <= max(step / 2 * (1 + 1e-9), ROUGHLY * abs(reading))
