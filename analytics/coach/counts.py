"""How many: three to five objectives, three to five key results, and few KPIs."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.coach.draft import DraftObjective, DraftTeam
from analytics.coach.remark import About, Kind, Remark

FEWEST, MOST = 3, 5
MOST_KPIS = 7
ENOUGH_TO_SEE = 2
"""From how many objectives with key results on one sees where a plan is going."""


def objectives(team: DraftTeam) -> Remark | None:
    """Remark on fewer than three or more than five objectives while one of them is a draft.

    Those of individuals do not count, they are their own; nor do recovery objectives: a drift
    does not ask whether it is convenient. None yet is no flaw, and a team that writes its first
    ones hears of too few when two have key results, or when the cycle has begun.
    """
    shared = [each for each in team.objectives if each.scope == "team" and not _is_recovery(each)]
    if not any(objective.is_draft for objective in shared):
        return None
    count = len(shared)
    if count > MOST:
        reason = (
            f"{count} objectives are more than a team can keep in mind. "
            "Three to five get done: which could wait for the next cycle?"
        )
        return Remark(Kind.MANY_OBJECTIVES, About(), reason)
    if count < FEWEST and not _is_just_begun(team, shared):
        only = "One objective leaves" if count == 1 else "Two objectives leave"
        reason = (
            f"{only} much of the team's work without a direction. "
            "Three to five are a good number: what else should be different by the end?"
        )
        return Remark(Kind.FEW_OBJECTIVES, About(), reason)
    return None


def key_results(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on fewer than three or more than five key results; none yet is no flaw."""
    count = len(objective.key_results)
    if _is_recovery(objective):
        return None
    if count > MOST:
        reason = (
            f"With {count} key results none of them counts for much. "
            "Keep the three to five that tell best whether you have arrived."
        )
        return Remark(Kind.MANY_KEY_RESULTS, about, reason)
    if 0 < count < FEWEST:
        only = "One key result tells" if count == 1 else "Two key results tell"
        reason = (
            f"{only} only a part of the story and can be met while the rest suffers. "
            "Three to five show the objective from several sides."
        )
        return Remark(Kind.FEW_KEY_RESULTS, about, reason)
    return None


def kpis(team: DraftTeam) -> Remark | None:
    """Remark on more than seven KPIs while something is drafted; indicators are free.

    An indicator is a metric without a range.
    """
    count = sum(kpi.low is not None or kpi.high is not None for kpi in team.kpis)
    if count <= MOST_KPIS or not any(objective.is_draft for objective in team.objectives):
        return None
    reason = (
        f"If all {count} are key, none is. "
        f"Keep up to {MOST_KPIS} and make the rest indicators: they stay listed, without a range."
    )
    return Remark(Kind.MANY_KPIS, About(), reason)


def _is_just_begun(team: DraftTeam, shared: Sequence[DraftObjective]) -> bool:
    """Tell whether a team has only started to write."""
    written = sum(bool(objective.key_results) for objective in shared)
    return team.may_grow and written < ENOUGH_TO_SEE


def _is_recovery(objective: DraftObjective) -> bool:
    kinds = {key_result.kind for key_result in objective.key_results}
    return kinds == {"hold"}
