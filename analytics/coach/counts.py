"""How many: three to five objectives, three to five key results, and few KPIs."""

from __future__ import annotations

from analytics.coach.draft import DraftObjective, DraftTeam
from analytics.coach.remark import About, Kind, Remark

FEWEST, MOST = 3, 5
MOST_KPIS = 7


def objectives(team: DraftTeam) -> Remark | None:
    """Remark on fewer than three or more than five objectives; none yet is no flaw.

    Recovery objectives do not count: a drift does not ask whether it is convenient.
    """
    count = sum(not _is_recovery(objective) for objective in team.objectives)
    if count > MOST:
        reason = (
            f"{count} objectives are more than a team can keep in mind. "
            "Three to five get done: which could wait for the next cycle?"
        )
        return Remark(Kind.MANY_OBJECTIVES, About(), reason)
    if 0 < count < FEWEST:
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
    """Remark on more than seven KPIs; a metric without a range is an indicator and is free."""
    count = sum(kpi.low is not None or kpi.high is not None for kpi in team.kpis)
    if count <= MOST_KPIS:
        return None
    reason = (
        f"If all {count} are key, none is. "
        f"Keep up to {MOST_KPIS} and make the rest indicators: they stay listed, without a range."
    )
    return Remark(Kind.MANY_KPIS, About(), reason)


def _is_recovery(objective: DraftObjective) -> bool:
    kinds = {key_result.kind for key_result in objective.key_results}
    return kinds == {"hold"}
