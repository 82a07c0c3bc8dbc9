"""The KPIs that a driver expression names, found as names in files are."""

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
