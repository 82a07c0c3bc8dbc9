"""What was said about the matter with a KPI, and for how long it waits for a decision."""

from datetime import date

from data.kpis.queries import signals
from data.kpis.queries.signals import STANDING
from data.kpis.views.signals import DecisionView, SignalView


def standing_decision(
    signal: SignalView | None,
    said: DecisionView | None,
    outside_since: date | None,
    *,
    before: bool = False,
) -> DecisionView | None:
    """Give what was said about the drift that stands, else about the stretch out of range.

    What was said before that stretch counts where it put off looking again until then, and where
    the stretch may have begun `before` that day.
    """
    if _drifts(signal):
        return signals.standing_decision(signal, said)
    if said is None or outside_since is None:
        return None
    return said if before or (said.look_again or said.date) >= outside_since else None


def undecided_days(
    signal: SignalView | None, decision: DecisionView | None, outside_since: date | None, day: date
) -> int | None:
    """Count the days for which a KPI waits for a decision; None where nothing waits.

    A drift waits from when it was first shown, a KPI out of range since it left its range.
    """
    if _drifts(signal):
        return signals.undecided_days(signal, decision, day)
    if outside_since is None or holds(decision, day):
        return None
    waits_since = outside_since if decision is None else decision.look_again or decision.date
    return max((day - waits_since).days, 0)


def holds(decision: DecisionView | None, day: date) -> bool:
    """Tell whether something was said and the day to look again has not come."""
    if decision is None:
        return False
    return decision.look_again is None or decision.look_again > day


def _drifts(signal: SignalView | None) -> bool:
    return signal is not None and signal.signal in STANDING
