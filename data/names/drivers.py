"""The KPIs that a driver expression names, found as names in files are."""

from collections.abc import Callable, Iterable

from analytics.drivers import ExpressionError, parse
from data.names.scopes import Names


def drivers_of(names: Names, team_id: int, driven_by: str) -> list[int]:
    """Give the keys of the KPIs that an expression names, as far as they can be told."""
    try:
        expression = parse(driven_by)
    except ExpressionError:
        return []
    found = []
    for name in expression.names:
        try:
            found.append(names.kpi(name, team_id))
        except LookupError:
            continue
    return [key for key in found if key is not None]


def drives_itself(kpi_id: int, drivers: Callable[[int], Iterable[int]]) -> bool:
    """Tell whether a KPI is reached from itself by way of what drives it."""
    seen: set[int] = set()
    waiting = list(drivers(kpi_id))
    while waiting:
        key = waiting.pop()
        if key == kpi_id:
            return True
        if key not in seen:
            seen.add(key)
            waiting += drivers(key)
    return False
