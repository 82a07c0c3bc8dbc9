"""Guardrails: what must not break while an objective is pursued."""

from __future__ import annotations

from analytics.coach import english
from analytics.coach.draft import DraftKeyResult, DraftObjective, DraftTeam, KpiFacts
from analytics.coach.remark import About, Kind, Remark, typed


def no_guardrail(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on an objective of growth that guards nothing.

    One of growth says so in its name, or at least half of its key results want more of
    customers, orders, revenue and their like. A hold among them is a guard.
    """
    kinds = {key_result.kind for key_result in objective.key_results}
    if objective.guardrails or "hold" in kinds or not _is_growth(objective):
        return None
    reason = (
        "Growth can be bought with discounts, stress or unhappy customers. "
        "Name a KPI that must not suffer on the way as a guardrail."
    )
    return Remark(Kind.NO_GUARDRAIL, about, reason)


def guarded_elsewhere(team: DraftTeam, key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on a target that breaks a KPI which an objective of the team guards."""
    kpi, target = key_result.kpi, key_result.target
    if kpi is None or target is None or not _breaks(key_result, kpi, target):
        return None
    for at, objective in enumerate(team.objectives):
        if kpi.id in objective.guardrails:
            whose = "This objective" if at == about.objective else f"“{objective.name}”"
            reason = (
                f"{whose} guards {kpi.name}, and {typed(target, kpi.unit)} would break it. "
                "Agree which of the two matters more, or aim inside the range."
            )
            return Remark(Kind.GUARDED_ELSEWHERE, about, reason)
    return None


def _is_growth(objective: DraftObjective) -> bool:
    growing = sum(map(_wants_more, objective.key_results))
    named = english.GROWING.intersection(english.words(objective.name))
    return growing > 0 and (bool(named) or 2 * growing >= len(objective.key_results))


def _wants_more(key_result: DraftKeyResult) -> bool:
    start, target = key_result.start, key_result.target
    if target is None or target <= (start or 0) or "%" in key_result.unit:
        return False
    said = english.head(english.words(key_result.name)) + english.words(key_result.unit)
    return bool(english.GROWTH.intersection(said))


def _breaks(key_result: DraftKeyResult, kpi: KpiFacts, target: float) -> bool:
    """Tell whether a target lies outside the KPI's range; without one, on its bad side."""
    if kpi.low is not None or kpi.high is not None:
        below = kpi.low is not None and target < kpi.low
        above = kpi.high is not None and target > kpi.high
        return (below and kpi.better != "lower") or (above and kpi.better != "higher")
    start = key_result.start
    if start is None:
        return False
    return (target < start) if kpi.better == "higher" else kpi.better == "lower" and target > start
