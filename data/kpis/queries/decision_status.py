"""What was said about the matter with a KPI, and for how long it waits for a decision."""

from collections.abc import Iterable
from datetime import date, timedelta

from data.actions.views import ActionView
from data.kpis.queries import signals
from data.kpis.queries.signals import STANDING
from data.kpis.views.signals import ACT, DecisionView, SignalView


def decision_on(
    signal: SignalView | None,
    said: DecisionView | None,
    actions: Iterable[ActionView],
    outside_since: date | None,
    *,
    before: bool = False,
) -> DecisionView | None:
    """Give what was decided about the matter: of what was said and agreed that waits the longest.

    The rest is as in `standing_decision`.
    """
    decisions = [said, *map(act_of, actions)]
    standing = (standing_decision(signal, each, outside_since, before=before) for each in decisions)
    return max(filter(None, standing), key=lambda each: each.look_again or date.max, default=None)


def act_of(action: ActionView) -> DecisionView:
    """Give an action as the decision that it is: until the day by which it is to be done."""
    return DecisionView(
        date=action.agreed_on,
        kind=ACT,
        reason=action.what,
        look_again=action.due + timedelta(days=1),
        who=action.owner,
        said_on=action.agreed_on,
        action=action,
    )


def standing_decision(
    signal: SignalView | None,
    said: DecisionView | None,
    outside_since: date | None,
    *,
    before: bool = False,
) -> DecisionView | None:
    """Give what was said about the drift that stands, else about the stretch out of range.

    What was said before that stretch counts where it put off looking again until then, and where
    the stretch may have begun `before` that day. An action counts for what began while it was
    still to be done, and a reroute for all that happens while it is pursued.
    """
    if said is None or said.is_pursued:
        return said
    if signal is not None and _drifts(signal):
        began = signal.shown_on
        was_open = said.action is not None and began is not None and _until(said) >= began
        return said if was_open else signals.standing_decision(signal, said)
    if outside_since is None:
        return None
    return said if before or _until(said) >= outside_since else None


def _until(said: DecisionView) -> date:
    """Give the day up to which a decision speaks of what begins after it."""
    if said.action is not None and said.action.done_on is not None:
        return said.action.done_on
    return said.look_again or said.date


def undecided_days(
    signal: SignalView | None,
    decision: DecisionView | None,
    outside_since: date | None,
    day: date,
    *,
    here: int | None = None,
) -> int | None:
    """Count the days for which a KPI waits for a decision; None where nothing waits.

    A drift waits from when it was first shown, a KPI out of range since it left its range; neither
    for longer than the days for which that can be known `here`, where these are told.
    """
    waits = _waiting_days(signal, decision, outside_since, day)
    if waits is None or here is None:
        return waits
    return min(waits, here) if here >= 0 else None


def _waiting_days(
    signal: SignalView | None, decision: DecisionView | None, outside_since: date | None, day: date
) -> int | None:
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
