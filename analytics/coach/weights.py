"""Weights: does one key result decide everything?"""

from __future__ import annotations

from analytics.coach.draft import DraftObjective
from analytics.coach.remark import About, Kind, Remark

EVERYTHING = 0.8


def one_weight(objective: DraftObjective, at: int, about: About) -> Remark | None:
    """Remark on the key result at that index if it has 80 % of the objective's weight or more."""
    weights = [key_result.weight for key_result in objective.key_results]
    total = sum(weights)
    if len(weights) < 2 or total <= 0 or weights[at] < EVERYTHING * total:
        return None
    reason = (
        f"It makes up {100 * weights[at] / total:.0f} % of the objective, so the others hardly "
        "count. Give them more weight, or let them go."
    )
    return Remark(Kind.ONE_WEIGHT, about, reason)
