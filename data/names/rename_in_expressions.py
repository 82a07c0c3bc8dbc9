"""Spelling a driver expression anew, so that it means the same KPIs after names have changed."""

import re

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
        meant = _meant(before, said, team_before)
        if meant is None or _meant(after, said, team_after) == meant:
            return found[0]
        return f"[{spelled(after, meant, team_after)}]"

    return NAME.sub(spell, text)


def _meant(names: Names, text: str, team_id: int) -> int | None:
    try:
        return names.kpi(text, team_id)
    except LookupError:
        return None


def spelled(names: Names, kpi_id: int, team_id: int) -> str:
    """Name a KPI as short as a team can, else with its own team in front."""
    own_team, name = next(place for place, key in names.kpis.items() if key == kpi_id)
    team = next(team for team, key in names.teams.items() if key == own_team)
    return unmistakable(name, kpi_id, team, lambda text: names.kpi(text, team_id))
