"""What somebody decided about a KPI, whether it may be decided, and for how long it waits."""

from datetime import date

from components.kpis import signal_explanation
from components.ui import formatting, words
from data.kpis.views.gauges import Gauge
from data.kpis.views.signals import ACT
from models import DecisionKind, Health, Signal


def is_decided(gauge: Gauge) -> bool:
    """Tell whether somebody has said what to do, and it is not yet time to look again."""
    return gauge.decision is not None and gauge.undecided_days is None


def may_be_decided(gauge: Gauge) -> bool:
    """Tell whether there is something to decide: what recovers needs nothing, silence is past."""
    if gauge.health is Health.NO_DATA:
        return False
    return is_drifting(gauge) or gauge.health is Health.OUT_OF_RANGE


def may_be_rerouted(gauge: Gauge) -> bool:
    """Tell whether a gauge could be brought back by a recovery that is not under way yet."""
    return not recovers_already(gauge) and gauge.health not in (Health.INDICATOR, Health.NO_DATA)


def recovers_already(gauge: Gauge | None) -> str:
    """Say which recovery brings a gauge back already; nothing where none does."""
    recovery = gauge.recovery if gauge else None
    if recovery is None or recovery.phase in ("relapsed", "graduated", "closed"):
        return ""
    return f"“{recovery.objective}” in {recovery.cycle} brings it back already: work on it there."


def waits(gauge: Gauge) -> bool:
    """Tell whether somebody should decide."""
    return may_be_decided(gauge) and gauge.undecided_days is not None


def is_drifting(gauge: Gauge) -> bool:
    """Tell whether a gauge drifts, or did when it was last read."""
    return gauge.signal is not None and gauge.signal.signal is Signal.DRIFTING


def decided(gauge: Gauge, today: date) -> str:
    """Say what somebody decided about a gauge, while that holds."""
    decision = gauge.decision
    if decision is None or not is_decided(gauge):
        return ""
    acts = decision.action is not None
    return words.joined("" if acts else DECIDED[decision.kind], put_off(gauge, today))


def put_off(gauge: Gauge, today: date) -> str:
    """Say when somebody wants to look at a gauge again or acts on it, while that is ahead.

    What is being recovered is looked at by its recovery.
    """
    decision = gauge.decision
    if decision is None or decision.look_again is None or not is_decided(gauge):
        return ""
    if decision.is_pursued:
        return ""
    if decision.action is not None:
        return f"{decision.who or 'somebody'} acts by {formatting.day(decision.action.due, today)}"
    return f"look again {formatting.day(decision.look_again, today)}"


DECIDED = {
    ACT: "acting",
    DecisionKind.ACKNOWLEDGE: "acknowledged",
    DecisionKind.REROUTE: "rerouted",
    DecisionKind.REBASE: "rebased",
    DecisionKind.DISMISS: "dismissed",
    DecisionKind.CONFIRM: "confirmed",
    DecisionKind.GRADUATE: "graduated",
}


def undecided_for(gauge: Gauge) -> str:
    """Say for how long nobody has decided, empty where nothing waits or it began today.

    A stretch out of range that began before what is known has waited for longer.
    """
    if not gauge.undecided_days:
        return ""
    shown = gauge.signal is not None and gauge.signal.signal in signal_explanation.STANDING
    longer = gauge.since_before and gauge.decision is None and not shown
    return words.over(gauge.undecided_days) if longer else words.span(gauge.undecided_days)
