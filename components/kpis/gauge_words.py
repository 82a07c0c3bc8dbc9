"""What a gauge says: its state, its line, the heading over the wall."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from components.kpis import signal_explanation
from components.ui import formatting, payloads, words
from data.kpis.views.gauges import Gauge, Indicator
from data.kpis.views.signals import ACT
from models import Cadence, DecisionKind, Health, Signal

STATES = {
    "in range": "● In range",
    "late": "◔ In range · late",
    "near edge": "◐ Near edge",
    "out of range": "■ Out of range",
    "no data": "◌ No data",
    "indicator": "◇ Indicator",
}
"""Every state a gauge can show, each with a shape of its own."""

MARKS = {
    Signal.LEARNING: "… learning",
    Signal.STEADY: "═ steady",
    Signal.WATCH: "△ watch",
    Signal.RECOVERING: "↻ recovering",
}
"""What signals look like that go neither up nor down, and their words."""

NO_KPIS = "No KPIs here yet. Add the first one in Settings, or bring yours in on the page Import."


def told_apart(kpis: Sequence[Gauge | Indicator]) -> dict[int, str]:
    """Name KPIs by key, with their team where two on one wall have the same name."""
    shared = Counter(kpi.name for kpi in kpis)
    return {
        kpi.kpi_id: f"{kpi.name} · {kpi.team}" if shared[kpi.name] > 1 else kpi.name for kpi in kpis
    }


def state_of(gauge: Gauge) -> str:
    """Tell which of `STATES` a gauge shows: a late one in range is not green."""
    late = gauge.health is Health.IN_RANGE and gauge.freshness == "late"
    return "late" if late else gauge.health.value


def state(gauge: Gauge) -> str:
    """Say a gauge's health, with its shape."""
    return STATES[state_of(gauge)]


def signal_mark(gauge: Gauge) -> tuple[str, str] | None:
    """Give what a gauge's signal looks like, and its words with their shape.

    A steady one needs no mark: the heading counts it.
    """
    signal = gauge.signal
    if signal is None or (gauge.health is Health.NO_DATA and signal.signal is not Signal.DRIFTING):
        return None
    if signal_explanation.is_better(signal):
        return "better", f"{_arrow(gauge)} better"
    if signal.signal is Signal.STEADY:
        return None
    if signal.signal is not Signal.DRIFTING:
        return signal.signal.value, MARKS[signal.signal]
    if gauge.health is Health.NO_DATA:
        return "past", f"{_arrow(gauge)} was drifting"
    return "drifting", f"{_arrow(gauge)} {drift(gauge)}"


def drawn_state(gauge: Gauge) -> dict[str, str]:
    """Give a gauge's state as it is drawn: what its colour goes by, its shape, its words."""
    return _drawn(state_of(gauge), state(gauge))


def drawn_signal(gauge: Gauge) -> dict[str, str] | None:
    """Give a gauge's signal as it is drawn; None for one without a mark."""
    mark = signal_mark(gauge)
    return None if mark is None else _drawn(*mark)


def _drawn(kind: str, text: str) -> dict[str, str]:
    return {"kind": kind.replace(" ", "-"), **payloads.shaped(text)}


def drift(gauge: Gauge) -> str:
    """Say which way a gauge drifts."""
    return "drifting up" if _rises(gauge) else "drifting down"


def is_decided(gauge: Gauge) -> bool:
    """Tell whether somebody has said what to do, and it is not yet time to look again."""
    return gauge.decision is not None and gauge.undecided_days is None


def may_be_decided(gauge: Gauge) -> bool:
    """Tell whether there is something to decide: what recovers needs nothing, silence is past."""
    if gauge.health is Health.NO_DATA:
        return False
    return is_drifting(gauge) or gauge.health is Health.OUT_OF_RANGE


def waits(gauge: Gauge) -> bool:
    """Tell whether somebody should decide."""
    return may_be_decided(gauge) and gauge.undecided_days is not None


def is_drifting(gauge: Gauge) -> bool:
    """Tell whether a gauge drifts, or did when it was last read."""
    return gauge.signal is not None and gauge.signal.signal is Signal.DRIFTING


def unusual(gauge: Gauge) -> int:
    """Count the last periods that a drift, or a shift to the good side, is made of."""
    signal = gauge.signal
    if signal is None or gauge.period is None:
        return 0
    if signal_explanation.is_better(signal):
        return min(signal.window, len(gauge.series))
    if signal.onset is None or signal.signal not in signal_explanation.STANDING:
        return 0
    count, period = 1, signal.onset
    while period < gauge.period and count < len(gauge.series):
        period, count = words.next_period(gauge.cadence, period), count + 1
    return count


def gauge_line(gauge: Gauge, on: date, today: date) -> str:
    """Say in one line what matters most about a gauge on a day."""
    return _joined(_line(gauge, on, today), PENDING if gauge.is_pending else "")


PENDING = "signal being computed"


def _line(gauge: Gauge, on: date, today: date) -> str:
    if gauge.health is Health.NO_DATA:
        return _joined(silence(gauge, on), words.rhythm(gauge.cadence))
    late = "late" if gauge.freshness == "late" else ""
    if gauge.health is Health.OUT_OF_RANGE:
        return _joined(stretch(gauge, on), put_off(gauge, today) or decided(gauge, today), late)
    signal = gauge.signal.signal if gauge.signal else None
    if signal is Signal.DRIFTING:
        drifts = decided(gauge, today) or _joined(drifted(gauge, on), leaving(gauge, on))
        return _joined(drifts, late)
    if late and gauge.period is not None:
        return f"due since {formatting.day(on - timedelta(days=gauge.late_days), today)}"
    if signal is Signal.RECOVERING:
        return "back near normal, not yet steady"
    return _held_back(gauge) or _movement(gauge)


def drifted(gauge: Gauge, on: date) -> str:
    """Say for how long a gauge has drifted."""
    return f"{drift_span(gauge, on)} of drift" if drift_span(gauge, on) else "drifting"


def drift_span(gauge: Gauge, on: date) -> str:
    """Give how long ago a gauge's drift set in, empty where that is not known."""
    onset = gauge.signal.onset if gauge.signal else None
    return "" if onset is None else words.span(max(1, (on - onset).days))


def leaving(gauge: Gauge, on: date) -> str:
    """Say when a gauge leaves its range if this goes on: its range to empty."""
    left = gauge.departure
    if left is None:
        return ""
    if left.even is not None:
        return f"leaves its range {_coming(left.even, gauge.cadence, on)}"
    if left.earliest is not None:
        coming = _coming(left.earliest, gauge.cadence, on).replace("about ", "")
        return f"may leave its range {coming}"
    return "stays in its range for now"


def decided(gauge: Gauge, today: date) -> str:
    """Say what somebody decided about a gauge, while that holds."""
    decision = gauge.decision
    if decision is None or not is_decided(gauge):
        return ""
    acts = decision.action is not None
    return _joined("" if acts else DECIDED[decision.kind], put_off(gauge, today))


def put_off(gauge: Gauge, today: date) -> str:
    """Say when somebody wants to look at a gauge again or acts on it, while that is ahead."""
    decision = gauge.decision
    if decision is None or decision.look_again is None or not is_decided(gauge):
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
}


def health_heading(gauges: Sequence[Gauge]) -> str:
    """Answer the first question: how many gauges are green, and behave."""
    if not gauges:
        return "is the car all right?"
    fine = sum(state_of(gauge) == "in range" and _is_steady(gauge) for gauge in gauges)
    return f"is the car all right? {fine} of {len(gauges)} in range and steady"


def silence(gauge: Gauge, on: date) -> str:
    """Say how long a gauge has had no reading."""
    if gauge.period is None:
        # What has a signal was read; whether readings count is for people to say.
        return "no reading yet" if gauge.signal is None else "no reading that counts"
    ended = words.next_period(gauge.cadence, gauge.period) - timedelta(days=1)
    return f"no reading for {words.span(max(1, (on - ended).days))}"


def stretch(gauge: Gauge, on: date) -> str:
    """Say how long a gauge has been out of range."""
    if gauge.since is None:
        return "out of range"
    days = max(1, (on - gauge.since).days)
    return f"out of range for {words.over(days) if gauge.since_before else words.span(days)}"


def undecided_for(gauge: Gauge) -> str:
    """Say for how long nobody has decided, empty where nothing waits or it began today.

    A stretch out of range that began before what is known has waited for longer.
    """
    if not gauge.undecided_days:
        return ""
    shown = gauge.signal is not None and gauge.signal.signal in signal_explanation.STANDING
    longer = gauge.since_before and gauge.decision is None and not shown
    return words.over(gauge.undecided_days) if longer else words.span(gauge.undecided_days)


def _is_steady(gauge: Gauge) -> bool:
    return gauge.signal is not None and gauge.signal.signal is Signal.STEADY


def _rises(gauge: Gauge) -> bool:
    return gauge.signal is not None and signal_explanation.rises(gauge.signal, gauge.better)


def _arrow(gauge: Gauge) -> str:
    return "▲" if _rises(gauge) else "▼"


def _joined(*parts: str) -> str:
    return f"{formatting.FIXED}· ".join(part for part in parts if part)


def _coming(period: date, cadence: Cadence, on: date) -> str:
    """Say how far ahead a period begins, no finer than readings come."""
    days = (period - on).days
    if days <= 0:
        return "now"
    if cadence in (Cadence.DAILY, Cadence.WEEKDAYS):
        return "tomorrow" if days == 1 else f"in about {words.span(days)}"
    if words.next_period(cadence, _begun(cadence, on)) == period:
        return f"next {words.PERIOD_NAMES[cadence]}"
    return f"in about {words.span(max(round(days / 7), 1) * 7)}"


def _begun(cadence: Cadence, on: date) -> date:
    """Give the first day of the week, month or quarter that a day is in."""
    if cadence is Cadence.WEEKLY:
        return on - timedelta(days=on.weekday())
    month = on.month if cadence is Cadence.MONTHLY else (on.month - 1) // 3 * 3 + 1
    return date(on.year, month, 1)


def _held_back(gauge: Gauge) -> str:
    if gauge.signal is None or gauge.signal.signal is not Signal.WATCH:
        return ""
    return signal_explanation.held_back(gauge.signal, gauge.smallest_change, gauge.unit)


def _movement(gauge: Gauge) -> str:
    moved = words.movement(gauge.value, gauge.previous, gauge.cadence)
    follows_gap = len(gauge.series) > 1 and gauge.series[-2] is None
    if not follows_gap:
        return moved
    return moved.replace(f"the {words.PERIOD_NAMES[gauge.cadence]} before", "the reading before")


def no_decisions(gauges: Sequence[Gauge], more_outside: int, *, under_way: bool) -> str:
    """Say that nothing shown needs a decision, with a shape; silence is not health.

    What is not shown may need one, and where nothing can be told or is `under_way`, nothing is.
    """
    if more_outside:
        return f"▲ Nothing shown here needs a decision, but {outside(more_outside)} below."
    if not gauges and not under_way:
        return "◌ Nothing to decide yet: no KPI with a range and no objective is here."
    young = [each.signal is None or each.signal.signal is Signal.LEARNING for each in gauges]
    if gauges and all(young):
        return "◌ Nothing needs a decision yet: the readings are too few to tell a drift."
    return "✓ Nothing needs a decision."


def outside(count: int) -> str:
    """Count KPIs out of range."""
    return f"{words.counted(count, 'KPI')} {'is' if count == 1 else 'are'} out of range"
