"""Driver expressions: the KPIs that they name, and how they are spelled when names change."""

import re
from collections.abc import Callable, Iterable

from analytics.drivers import ExpressionError, parse
from data.names.scopes import Names, unmistakable

NAME = re.compile(r"\[([^\]]*)\]")


def renamed_in_expression(
    text: str, before: Names, after: Names, team_before: int, team_after: int
) -> str:
    """Give an expression in which every name means what it meant before.

    A name that meant nothing stays as it is. `team_before` and `team_after` are the team of the
    KPI that the expression is of.
    """

    def spell(found: re.Match[str]) -> str:
        said = found[1].strip()
        meant = meant_by(before, said, team_before)
        if meant is None or meant_by(after, said, team_after) == meant:
            return found[0]
        return f"[{spelled(after, meant, team_after)}]"

    return NAME.sub(spell, text)


def meant_by(names: Names, text: str, team_id: int) -> int | None:
    """Give the key of the KPI that a team means by a name, None where it may mean none or two."""
    try:
        return names.kpi(text, team_id)
    except LookupError:
        return None


def spelled(names: Names, kpi_id: int, team_id: int) -> str:
    """Name a KPI as short as a team can, else with its own team in front."""
    own_team, name = next(place for place, key in names.kpis.items() if key == kpi_id)
    team = next(team for team, key in names.teams.items() if key == own_team)
    return unmistakable(name, kpi_id, team, lambda text: names.kpi(text, team_id))


def drivers_of(names: Names, team_id: int, driven_by: str) -> list[int]:
    """Give the keys of the KPIs that an expression names, as far as they can be told."""
    try:
        expression = parse(driven_by)
    except ExpressionError:
        return []
    found = (meant_by(names, name, team_id) for name in expression.names)
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
