"""What the leader's list says: its headline, what to expect by chance, and each row."""

from datetime import date

from components.kpis import action_words, gauge_decisions, gauge_words, recovery_words
from components.ui import formatting, words
from data.actions.views import ActionView
from data.kpis.views.gauges import Gauge
from data.screens.views.drift import Counts, DriftView
from models import DecisionKind

NO_KPIS = gauge_words.NO_KPIS
NO_RANGES = (
    "No KPI here has an ideal range yet. Give the first one its low or its high in Settings."
)
NO_SUCH = "Nothing here is of that kind. Choose “All kinds” and “Decided or not” to see the rest."

STATES = {
    "all": "All kinds",
    "drifting": "Drifting",
    "out of range": "Out of range",
    "recovering": "Recovering",
    "watched": "Watched",
}
DECIDED = {"all": "Decided or not", "undecided": "Undecided", "decided": "Decided"}
FILTERS = {"state": ("Kind", STATES), "decided": ("Decision", DECIDED)}
"""What the list can be narrowed to."""


def headline(view: DriftView) -> str:
    """Answer the leader's question in one sentence."""
    counts = view.counts
    if not counts.kpis:
        return "What drifts, since when, and who has decided?"
    if counts.silent == counts.kpis:
        return f"{_count(counts.silent, 'KPI has', 'KPIs have')} no data: nothing can be told."
    # All that waits in the list is counted above it.
    waits = _count(counts.waiting - counts.undecided, "other waits", "others wait")
    drifts = _drift_alone(counts)
    return f"{drifts}; {waits} for a decision." if waits else f"{drifts}."


def _drift_alone(counts: Counts) -> str:
    known = words.counted(counts.kpis - counts.silent, "KPI")
    if not counts.drifting:
        return f"None of {known} drifts"
    said = f"{counts.drifting} of {known}"
    said += " drifts" if counts.drifting == 1 else " drift"
    if not counts.undecided:
        return f"{said}, {'it is' if counts.drifting == 1 else 'all are'} decided"
    return f"{said}, {counts.undecided} undecided"


def besides(counts: Counts) -> str:
    """Count what else is the matter, and what cannot be told."""
    young = counts.kpis - counts.silent - counts.judged
    return words.dotted(
        ""
        if counts.silent == counts.kpis
        else _count(counts.silent, "has no data", "have no data"),
        _count(counts.outside, "is out of range", "are out of range"),
        _count(counts.recovering, "recovers", "recover"),
        _count(counts.watched, "to watch", "to watch"),
        _count(counts.indicators, "indicator drifts", "indicators drift"),
        _count(young, "has too few readings to tell", "have too few readings to tell"),
    )


def by_chance(counts: Counts) -> str:
    """Say how many of as many healthy KPIs would be called drifting."""
    if not counts.judged:
        return ""
    real, simulated = about(counts.of_real), about(counts.by_chance)
    beside = "too" if real == simulated else simulated
    return (
        f"By luck alone, {real} of {words.counted(counts.judged, 'KPI')} would be called drifting "
        f"in 26 readings, though nothing had changed (in simulations {beside})."
    )


def about(expected: tuple[float, float]) -> str:
    """Say a number from the fewest to the most."""
    fewest, most = map(round, expected)
    if not most:
        return "probably none"
    if fewest == most:
        return f"about {most}"
    return f"about {fewest} to {most}" if fewest else f"at most about {most}"


def nothing(view: DriftView, *, narrowed: bool) -> str:
    """Say what there is where the list is empty, and what to do first."""
    counts = view.counts
    if not counts.kpis:
        return NO_RANGES if view.has_indicators else NO_KPIS
    if narrowed and counts.listed:
        return NO_SUCH
    return f"Nothing drifts under {view.team.name}. {_calm(counts)}"


def _calm(counts: Counts) -> str:
    if counts.silent == counts.kpis:
        return "No KPI there has data."
    steady = words.counted(counts.calm, "KPI")
    verb = "is" if counts.calm == 1 else "are"
    said = [f"{steady} {verb} in range and steady."] if counts.calm else []
    if rest := counts.kpis - counts.calm:
        few = "has" if rest == 1 else "have"
        said.append(f"{words.counted(rest, 'KPI')} {few} too few or too old readings to tell.")
    return " ".join(said)


def decision(gauge: Gauge, today: date) -> str:
    """Say who decided what, or for how long nobody has."""
    if gauge.decision is not None and gauge.decision.action is not None:
        return _acted(gauge, gauge.decision.action, today)
    days, said = gauge.undecided_days, _said(gauge, today)
    if days is None or not gauge_decisions.waits(gauge):
        return said
    since_then = f"for {gauge_decisions.undecided_for(gauge)}" if days else "since today"
    return f"to look at again {since_then} · {said}" if said else f"undecided {since_then}"


def _acted(gauge: Gauge, action: ActionView, today: date) -> str:
    if gauge_decisions.waits(gauge):
        return action_words.without_effect(action, today)
    return (action_words.done if action.done_on else action_words.agreed)(action, today)


def _said(gauge: Gauge, today: date) -> str:
    said = gauge.decision
    if said is None:
        return ""
    by = f" by {said.who}" if said.who else ""
    again = said.look_again
    if said.kind is DecisionKind.ACKNOWLEDGE and again and gauge.undecided_days is None:
        return f"{gauge_decisions.DECIDED[said.kind]}{by} until {formatting.day(again, today)}"
    return f"{gauge_decisions.DECIDED[said.kind]}{by} on {formatting.day(said.date, today)}"


def recovery(gauge: Gauge) -> str:
    """Say how the recovery of a gauge stands, while it goes on."""
    return "" if gauge.recovery is None else recovery_words.short(gauge.recovery, gauge.cadence)


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
