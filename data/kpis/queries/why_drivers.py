"""Where a KPI's change comes from: its expression's change, split among the drivers.

Compared are means: of the periods before the change, about a quarter of them, half a year or a
year, and of those from the change on. The expression is computed from the means of the drivers;
what it changes by is split, and may miss a little of what the KPI's own readings changed by.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from analytics.drivers import Expression, ExpressionError, parse, split
from analytics.periods import first_day, ordinal
from data.kpis.queries.outlook import HORIZON
from data.kpis.queries.why_readings import Surroundings
from data.kpis.views.why import Part, Split
from data.names.expressions import drivers_of, meant_by
from data.names.scopes import Names


def taken_apart(
    own: Any, kpis: Mapping[int, Any], names: Names, change: date, read: Surroundings
) -> Split:
    """Split the change of a KPI among its drivers, or say why that cannot be done."""
    try:
        expression = parse(own.driven_by)
    except ExpressionError as error:
        return Split(own.driven_by, unreadable=str(error))
    called = {name: meant_by(names, name, own.team_id) for name in expression.names}
    lost = [name for name, key in called.items() if key is None]
    if lost:
        ambiguous = tuple(name for name in lost if _is_ambiguous(names, own.team_id, name))
        unknown = tuple(name for name in lost if name not in ambiguous)
        return Split(own.driven_by, unknown=unknown, ambiguous=ambiguous)
    found = {name: kpis[key] for name, key in called.items() if key is not None}
    return _split(own, expression, found, change, read)


def _split(
    own: Any, expression: Expression, found: Mapping[str, Any], change: date, read: Surroundings
) -> Split:
    since = first_day(ordinal(change, own.cadence) - HORIZON[own.cadence], own.cadence)
    before, after = (
        {name: _mean(read, kpi.id, *span) for name, kpi in found.items()}
        for span in ((since, change), (change, date.max))
    )
    silent = tuple(name for name in found if np.isnan(before[name] + after[name]))
    if silent:
        return Split(own.driven_by, silent=silent)
    parts = split(expression, before, after)
    whole = sum(parts.values())
    moved = _mean(read, own.id, change, date.max) - _mean(read, own.id, since, change)
    if np.isnan(whole):
        return Split(own.driven_by, unreadable="a step divides by zero with these readings")
    return Split(
        expression=own.driven_by,
        since=since,
        parts=tuple(
            Part(kpi.id, kpi.name, kpi.unit, before[name], after[name], parts[name])
            for name, kpi in found.items()
        ),
        whole=whole,
        own=None if np.isnan(moved) else moved,
    )


def _mean(read: Surroundings, kpi_id: int, since: date, until: date) -> float:
    """Give the mean of the readings whose periods lie mostly in a span, NaN without any.

    The span ends before the day `until`.
    """
    middles, values = read.of(kpi_id)
    inside = (middles >= since.toordinal()) & (middles < until.toordinal()) & ~np.isnan(values)
    return float(values[inside].mean()) if inside.any() else float("nan")


def _is_ambiguous(names: Names, team_id: int, name: str) -> bool:
    try:
        names.kpi(name, team_id)
    except LookupError:
        return True
    return False


def tied(names: Names, own: Any, kpis: Sequence[Any]) -> set[int]:
    """Give the keys of the drivers of a KPI, and of the KPIs that it drives."""
    driven = {
        kpi.id
        for kpi in kpis
        if own.name in kpi.driven_by and own.id in drivers_of(names, kpi.team_id, kpi.driven_by)
    }
    return driven | set(drivers_of(names, own.team_id, own.driven_by))
