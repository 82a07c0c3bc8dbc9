"""Leading and lagging: what moves early, and what it is for."""

from __future__ import annotations

from analytics.coach.draft import DraftKeyResult, DraftObjective
from analytics.coach.remark import About, Kind, Remark

ENOUGH = 2


def one_kind(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on key results that all lead or all lag, by the kinds of the KPIs that feed them.

    Silent where one is fed by no KPI: it may well be the other kind. A milestone moves early,
    like a leading one.
    """
    fed = [_kind_of_kpi(each) for each in objective.key_results if each.kind != "milestone"]
    known = {*fed, *("leading" for each in objective.key_results if each.kind == "milestone")}
    if len(fed) < ENOUGH or len(known) > 1:
        return None
    if known == {"lagging"}:
        reason = (
            "All of these move late: when one misses, it is too late to act. "
            "Swap one for something that moves early, a leading KPI."
        )
    elif known == {"leading"}:
        reason = (
            "All of these move early, and none shows what they are for. "
            "Swap one for the result that they should lead to, a lagging KPI."
        )
    else:
        return None
    return Remark(Kind.ONE_KIND, about, reason)


def _kind_of_kpi(key_result: DraftKeyResult) -> str:
    return key_result.kpi.kind if key_result.kpi else ""
