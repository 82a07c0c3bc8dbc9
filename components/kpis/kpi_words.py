"""What the page of a KPI says of it."""

from datetime import date

from components.kpis import (
    first_sentence,
    gauge_decisions,
    gauge_numbers,
    gauge_words,
    signal_explanation,
)
from components.ui import formatting, words
from data.kpis.views.kpi import KpiView
from data.kpis.views.signals import Departure
from data.kpis.views.why import Split
from models import Health, Signal


def owner(view: KpiView) -> str:
    """Say who looks after a KPI, and how often it is read."""
    return words.dotted(view.owner or "", words.rhythm(view.cadence))


def health_mark(view: KpiView) -> str:
    """Say a KPI's health, with its shape."""
    state = "indicator" if view.gauge is None else gauge_words.state_of(view.gauge)
    return gauge_words.STATES[state]


def signal_mark(view: KpiView) -> str:
    """Say how a KPI behaves, with its shape; empty before there is a reading."""
    mark = _signal_mark(view)
    if not view.is_pending:
        return mark
    return f"{mark} · {gauge_words.PENDING}" if mark else f"… {gauge_words.PENDING}"


def _signal_mark(view: KpiView) -> str:
    signal = view.signal
    if signal is None:
        return ""
    arrow, way = ("▲", "up") if signal_explanation.rises(signal, view.better) else ("▼", "down")
    if signal.signal is Signal.DRIFTING:
        return f"{arrow} {'was ' if _is_silent(view) else ''}drifting {way}"
    if signal_explanation.is_better(signal):
        return f"{arrow} better"
    return gauge_words.MARKS[signal.signal]


def signal_kind(view: KpiView) -> str:
    """Tell what the colour of a signal goes by; of one that is decided it is that of no alarm."""
    if view.signal is None:
        return "learning"
    if signal_explanation.is_better(view.signal):
        return "better"
    if _is_silent(view):
        return "past"
    is_decided = view.decision is not None and view.undecided_days is None
    return "decided" if is_decided else view.signal.signal.value


def waits(view: KpiView) -> bool:
    """Tell whether somebody should decide, as the leader's list and the cockpit tell it."""
    if view.gauge is not None:
        return gauge_decisions.waits(view.gauge)
    drifts = view.signal is not None and view.signal.signal is Signal.DRIFTING
    return drifts and not _is_silent(view) and view.undecided_days is not None


def because(view: KpiView, today: date) -> str:
    """Say why a KPI has its signal, with the numbers of the rule that decided."""
    series = _series(view)
    measure = signal_explanation.Measure(
        unit=view.unit,
        cadence=view.cadence,
        better=view.better,
        series=tuple(series.values()),
        dismissed=len(view.dismissed),
        read_on=max((day for day, value in series.items() if value is not None), default=None),
        silent=_is_silent(view),
        smallest_change=view.smallest_change,
    )
    return signal_explanation.why(view.signal, measure, today)


def counting(view: KpiView) -> int:
    """Count the readings that were not dismissed."""
    return sum(value is not None for value in _series(view).values())


def first(view: KpiView, today: date, split: Split | None = None) -> str:
    """Say in one plain sentence how the KPI is; `split` is what a drift comes from."""
    if view.gauge is not None:
        return first_sentence.sentence(view.gauge._replace(split=split), view.day, today)
    if view.signal is None:
        return ""
    said = first_sentence.behaves(view.signal, view.unit, view.cadence, view.better, today, split)
    return f"{said}."


def natural_limits(view: KpiView) -> str:
    """Say between which values the KPI moves while nothing changes."""
    if view.limits is None:
        return ""
    lower, upper = gauge_numbers.ends(view.limits.lower, view.limits.upper)
    return f"Its natural limits are {lower} to {formatting.with_unit(upper, view.unit)}."


def departure(view: KpiView, today: date) -> str:
    """Say when a KPI leaves its range if this goes on: its range to empty."""
    if view.gauge is None or view.ahead is None or view.gauge.health is Health.NO_DATA:
        return ""
    if view.gauge.health is Health.OUT_OF_RANGE:
        return _coming_back(view, today)
    left = view.ahead.departure
    if left.earliest is None or left.even is None:
        return _none_in_sight(view, left)
    earliest = words.during(view.cadence, left.earliest, today)
    even = words.during(view.cadence, left.even, today)
    latest = "later than the outlook"
    if left.latest is not None:
        latest = words.during(view.cadence, left.latest, today)
    span = f"80{formatting.FIXED}% span: {earliest} to {latest}"
    return f"If this goes on, it leaves {_range(view)} around {even} ({span})."


def _range(view: KpiView) -> str:
    """Name the range that an outlook is held against, where another one begins within it."""
    coming = view.ahead.periods if view.ahead else ()
    changes = view.ranges_ahead and coming and view.ranges_ahead[0].starts_on <= coming[-1]
    return "its present range" if changes else "its range"


def _none_in_sight(view: KpiView, left: Departure) -> str:
    """Say that no departure is in sight, and how likely one is nonetheless."""
    periods = 0 if view.ahead is None else len(view.ahead.periods)
    horizon = words.counted(periods, words.PERIOD_NAMES[view.cadence])
    chance = ""
    if left.earliest is not None and left.chance is not None:
        chance = f" ({formatting.percent(left.chance)} chance to leave)"
    return f"If this goes on, it stays in {_range(view)} for the next {horizon}{chance}."


def _coming_back(view: KpiView, today: date) -> str:
    """Say when a KPI that is out of its range is back in it, where the outlook says so."""
    gauge, ahead = view.gauge, view.ahead
    if gauge is None or ahead is None:
        return ""
    low = float("-inf") if gauge.low is None else gauge.low
    high = float("inf") if gauge.high is None else gauge.high
    inside = [low <= mean <= high for mean in ahead.mean]
    if True not in inside:
        return ""
    back = words.during(view.cadence, ahead.periods[inside.index(True)], today)
    return f"If this goes on, it is back in {_range(view)} around {back}."


def _series(view: KpiView) -> dict[date, float | None]:
    """Give the readings that count by period, up to the latest period that has a reading."""
    latest = view.signal.period if view.signal else None
    return {
        period: None if period in view.dismissed else value
        for period, value in zip(view.periods, view.values, strict=True)
        if latest is None or period <= latest
    }


def _is_silent(view: KpiView) -> bool:
    latest = view.gauge or view.indicator
    return latest is not None and latest.freshness == "no data"
