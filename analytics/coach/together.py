"""What many rows have in common: said once, above the table."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.coach.draft import DraftTeam
from analytics.coach.remark import About, Kind, Remark

MANY = 3
"""From how many rows on a reason is said once for all."""

MOST_NAMED = 3

Shared = tuple[Kind, str, bool, bool]


def together(team: DraftTeam, remarks: Sequence[Remark]) -> list[Remark]:
    """Say what three rows or more share, word by word, once for the team, where it came first."""
    groups: dict[Shared, list[Remark]] = {}
    for remark in remarks:
        groups.setdefault(_shared(remark), []).append(remark)
    kept: list[Remark] = []
    for remark in remarks:
        same = groups[_shared(remark)]
        if remark.about == About() or len(same) < MANY:
            kept.append(remark)
        elif remark is same[0]:
            kept.append(_of_all(team, same))
    return kept


def _shared(remark: Remark) -> Shared:
    """Return what remarks on rows of one sort have in common."""
    about = remark.about
    return remark.kind, remark.reason, about.kpi is None, about.key_result is None


def _of_all(team: DraftTeam, same: Sequence[Remark]) -> Remark:
    first = same[0]
    if first.of_many:
        return Remark(first.kind, About(), f"{len(same)} {first.of_many}")
    return Remark(first.kind, About(), f"{_names(team, same)}: {first.reason}")


def _names(team: DraftTeam, same: Sequence[Remark]) -> str:
    named = [f"“{_name(team, remark.about)}”" for remark in same]
    if len(named) > MOST_NAMED:
        named = [*named[: MOST_NAMED - 1], f"{len(named) - MOST_NAMED + 1} more"]
    return f"{', '.join(named[:-1])} and {named[-1]}"


def _name(team: DraftTeam, about: About) -> str:
    if about.kpi is not None or about.objective is None:
        return about.kpi or ""
    objective = team.objectives[about.objective]
    return (
        objective.name if about.key_result is None else objective.key_results[about.key_result].name
    )
