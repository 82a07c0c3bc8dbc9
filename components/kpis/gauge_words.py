"""What a gauge says: its state, its line, and that nothing shown needs a decision."""

from collections.abc import Sequence
from datetime import date, timedelta

from components.kpis import recovery_words, signal_explanation
from components.kpis.gauge_decisions import decided, put_off
from components.ui import formatting, payloads, words
from data.kpis.views.gauges import Gauge
from models import Cadence, Health, Signal

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


def state_of(gauge: Gauge) -> str:
    """Tell which of `STATES` a gauge shows: a late one in range is not green."""
    late = gauge.health is Health.IN_RANGE and gauge.freshness == "late"
    return "late" if late else gauge.health.value


def state(gauge: Gauge) -> str:
    """Say a gauge's health, with its shape."""
    return STATES[state_of(gauge)]


def signal_mark(gauge: Gauge) -> tuple[str, str] | None:
    """Give what a gauge's signal looks like, and its words with their shape.

    A steady one needs no mark.
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


def is_told_by_signal(gauge: Gauge) -> bool:
    """Tell whether a gauge's signal says more than its state: it is in range and has a mark."""
    fine = gauge.health in (Health.IN_RANGE, Health.NEAR_EDGE)
    return fine and gauge.freshness != "late" and signal_mark(gauge) is not None


def drift(gauge: Gauge) -> str:
    """Say which way a gauge drifts."""
    return "drifting up" if _rises(gauge) else "drifting down"


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
    recovers = recovery_words.short(gauge.recovery, gauge.cadence) if gauge.recovery else ""
    pending = PENDING if gauge.is_pending else ""
    return words.joined(_line(gauge, on, today), recovers, pending)


PENDING = "signal being computed"


def _line(gauge: Gauge, on: date, today: date) -> str:
    if gauge.health is Health.NO_DATA:
        return words.joined(silence(gauge, on), words.rhythm(gauge.cadence))
    late = "late" if gauge.freshness == "late" else ""
    if gauge.health is Health.OUT_OF_RANGE:
        said = put_off(gauge, today) or decided(gauge, today)
        return words.joined(stretch(gauge, on), said, late)
    signal = gauge.signal.signal if gauge.signal else None
    if signal is Signal.DRIFTING:
        drifts = words.joined(drifted(gauge, on), leaving(gauge, on))
        return words.joined(decided(gauge, today) or drifts, late)
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


def _rises(gauge: Gauge) -> bool:
    return gauge.signal is not None and signal_explanation.rises(gauge.signal, gauge.better)


def _arrow(gauge: Gauge) -> str:
    return "▲" if _rises(gauge) else "▼"


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


def no_decisions(gauges: Sequence[Gauge], waiting: int, *, under_way: bool) -> str:
    """Say that nothing shown needs a decision, with a shape; silence is not health.

    So many that are not shown may be `waiting` for one, and where nothing can be told or is
    `under_way`, nothing is.
    """
    if waiting:
        need = "needs" if waiting == 1 else "need"
        others = f"{words.counted(waiting, 'other KPI')} {need} one"
        return f"▲ Nothing shown here needs a decision, but {others}."
    if not gauges and not under_way:
        return "◌ Nothing to decide yet: no KPI with a range and no objective is here."
    young = [each.signal is None or each.signal.signal is Signal.LEARNING for each in gauges]
    if gauges and all(young):
        return "◌ Nothing needs a decision yet: the readings are too few to tell a drift."
    return "✓ Nothing needs a decision."
