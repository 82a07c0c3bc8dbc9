"""Two key results that share something: one KPI pulled two ways, or the same said twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analytics.coach import english
from analytics.coach.draft import DraftKeyResult, DraftObjective, DraftTeam
from analytics.coach.remark import About, Kind, Remark, typed

ALIKE = 0.8
"""From which share of common words on two names mean the same."""


def pulled_two_ways(team: DraftTeam, key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on a KPI that another key result wants to go the other way.

    It is an earlier one of the team, or one of another team or cycle.
    """
    for place, other in [*_earlier(team, about), *_elsewhere(team)]:
        if key_result.kpi is not None and _pulls_against(key_result, other):
            unit = key_result.unit or other.unit or key_result.kpi.unit
            reason = (
                f"{_place(place, team, about)} wants {key_result.kpi.name} at "
                f"{typed(other.target or 0, unit)}, this at {typed(key_result.target or 0, unit)}: "
                "one KPI cannot go both ways. "
                "Agree on one target, and let the other be a guardrail."
            )
            return Remark(Kind.PULLED_TWO_WAYS, about, reason)
    return None


def duplicate(team: DraftTeam, key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on what an earlier key result of the team measures already."""
    for place, other in _earlier(team, about):
        if _is_same(key_result, other):
            reason = (
                f"{_place(place, team, about)} measures this already, as “{other.name}”. "
                "Counted twice it weighs twice: keep the one that says it better."
            )
            return Remark(Kind.DUPLICATE, about, reason)
    return None


def _earlier(team: DraftTeam, about: About) -> Iterator[tuple[DraftObjective, DraftKeyResult]]:
    """Give the key results before a place, with their objective."""
    for at, objective in enumerate(team.objectives):
        for index, key_result in enumerate(objective.key_results):
            if (at, index) == (about.objective, about.key_result):
                return
            yield objective, key_result


def _elsewhere(team: DraftTeam) -> Iterator[tuple[DraftObjective, DraftKeyResult]]:
    for objective in team.others:
        for key_result in objective.key_results:
            yield objective, key_result


def _place(objective: DraftObjective, team: DraftTeam, about: About) -> str:
    own = about.objective is not None and objective is team.objectives[about.objective]
    return "This objective" if own else f"“{objective.name}”"


def _pulls_against(one: DraftKeyResult, other: DraftKeyResult) -> bool:
    """Tell whether two targets of one KPI cannot both be met, one from below, one from above.

    A start that was written earlier may lie on the other side of the same target.
    """
    way = _way(one)
    if not _same_kpi(one, other) or way * _way(other) >= 0:
        return False
    return way * ((one.target or 0) - (other.target or 0)) > 0


def _is_same(one: DraftKeyResult, other: DraftKeyResult) -> bool:
    if one.kind != other.kind or _way(one) * _way(other) < 0:
        return False
    if one.kpi is not None and other.kpi is not None:
        return _same_kpi(one, other)
    mine, theirs = english.content(one.name), english.content(other.name)
    union = mine | theirs
    same_unit = one.unit.strip().lower() == other.unit.strip().lower()
    return bool(union) and same_unit and len(mine & theirs) >= ALIKE * len(union)


def _same_kpi(one: DraftKeyResult, other: DraftKeyResult) -> bool:
    return one.kpi is not None and other.kpi is not None and one.kpi.id == other.kpi.id


def _way(key_result: DraftKeyResult) -> float:
    """Return 1 for up, -1 for down, 0 for neither."""
    start, target = key_result.start, key_result.target
    return 0.0 if start is None or target is None else float(np.sign(target - start))
