"""Facts as plain, short, kind words: numbers, days, states, and one line for each thing shown."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

from data.views import DecisionCard, Gauge, Indicator, KpiView, Lane, ObjectiveView
from models import Cadence, Confidence, Health, KeyResultKind

THIN = "\u202f"
"""The narrow space between thousands; a line never breaks at it."""

FIXED = "\u00a0"
"""The space between a number and its unit; a line never breaks at it."""

NOTHING = "–"

STATES = {
    "in range": "● In range",
    "late": "◔ In range · late",
    "near edge": "◐ Near edge",
    "out of range": "■ Out of range",
    "no data": "◌ No data",
    "indicator": "◇ Indicator",
}
"""Every state a gauge can show, each with a shape of its own."""

CONFIDENCES = {
    Confidence.SURE: "●●●● sure",
    Confidence.LIKELY: "●●●○ likely",
    Confidence.UNSURE: "●●○○ unsure",
    Confidence.DOUBTFUL: "●○○○ doubtful",
}

NO_KPIS = "No KPIs here yet. Add them to kpis.csv and run `python -m data import FOLDER`."
NO_OBJECTIVES = (
    "No objectives here yet. Add them to objectives.csv and key_results.csv "
    "and run `python -m data import FOLDER`."
)

VERBS = {"no data": "Enter it now", "out of range": "Look closer", "behind pace": "Check in"}

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PERIODS = {
    Cadence.DAILY: "day",
    Cadence.WEEKDAYS: "weekday",
    Cadence.WEEKLY: "week",
    Cadence.MONTHLY: "month",
    Cadence.QUARTERLY: "quarter",
}
_NOISE = 1e-9


def number(value: float | None) -> str:
    """Write a number with four significant digits, whole ones whole; millions from ten on."""
    if value is None or not isfinite(value):
        return NOTHING
    if abs(value) >= 1e7:
        return f"{_plain(value / 1e6)}{FIXED}M"
    return _plain(value)


def exact(value: float | None) -> str:
    """Write a number as it was typed, where somebody must tell it from another."""
    if value is None or not isfinite(value):
        return NOTHING
    whole, _, decimals = f"{abs(value):.12g}".partition(".")
    if "e" in whole + decimals:
        return number(value)
    grouped = f"{int(whole):,}".replace(",", THIN)
    sign = "−" if value < 0 else ""
    return f"{sign}{grouped}.{decimals}" if decimals else f"{sign}{grouped}"


def value(amount: float | None, unit: str) -> str:
    """Write a number with its unit."""
    return with_unit(number(amount), unit)


def with_unit(text: str, unit: str) -> str:
    """Set a unit after what is already in words."""
    return f"{text}{FIXED}{unit}" if unit else text


def change(difference: float) -> str:
    """Write a difference with its sign."""
    if abs(difference) < _NOISE:
        return "0"
    return f"+{number(difference)}" if difference > 0 else number(difference)


def ideal(low: float | None, high: float | None, unit: str) -> str:
    """Say the ideal range."""
    if low is None and high is None:
        return "no range"
    if low is None:
        return f"ideal up to {value(high, unit)}"
    if high is None:
        return f"ideal from {value(low, unit)}"
    if low == high:
        return f"ideal {value(low, unit)}"
    between = f"{FIXED}to{FIXED}" if low < 0 else "–"
    return f"ideal {number(low)}{between}{value(high, unit)}"


def day(when: date, today: date) -> str:
    """Name a day, with its year if that is not today's."""
    short = f"{when.day}{FIXED}{_MONTHS[when.month - 1]}"
    return short if when.year == today.year else f"{short}{FIXED}{when.year}"


def period(cadence: Cadence, start: date, today: date) -> str:
    """Name the period that starts on a day."""
    if cadence is Cadence.WEEKLY:
        return f"week of {day(start, today)}"
    if cadence is Cadence.MONTHLY:
        return f"{_MONTHS[start.month - 1]}{FIXED}{start.year}"
    if cadence is Cadence.QUARTERLY:
        return f"Q{(start.month + 2) // 3}{FIXED}{start.year}"
    return day(start, today)


def span(days: int) -> str:
    """Say how long a number of days is."""
    if days < 21 and days % 7:
        return _counted(days, "day")
    if days < 63:
        return _counted(days // 7, "week")
    months = round(days / 30.44)
    return _counted(months, "month") if months < 24 else _counted(round(days / 365.25), "year")


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


def gauge_line(gauge: Gauge, on: date, today: date) -> str:
    """Say in one line what matters most about a gauge on a day."""
    if gauge.health is Health.NO_DATA:
        return f"{_silence(gauge, on)} · {rhythm(gauge.cadence)}"
    if gauge.health is Health.OUT_OF_RANGE:
        stretch = _stretch(gauge, on)
        return f"{stretch} · late" if gauge.freshness == "late" else stretch
    if gauge.freshness == "late" and gauge.period is not None:
        return f"due since {day(on - timedelta(days=gauge.late_days), today)}"
    return _movement(gauge)


def rhythm(cadence: Cadence) -> str:
    """Say how often a reading is due."""
    return f"due every {_PERIODS[cadence]}"


def movement(now: float | None, before: float | None, cadence: Cadence) -> str:
    """Say how a value moved since the period before."""
    if now is None:
        return "no reading yet"
    if before is None:
        return "first reading"
    if abs(now - before) <= _NOISE * max(abs(now), abs(before)):
        return "unchanged"
    return f"{change(now - before)} since the {_PERIODS[cadence]} before"


def health_heading(gauges: Sequence[Gauge]) -> str:
    """Answer the first question: how many gauges are green."""
    if not gauges:
        return "is the car all right?"
    green = sum(state_of(gauge) == "in range" for gauge in gauges)
    return f"is the car all right? {green} of {len(gauges)} in range"


def standing(lane: Lane) -> str:
    """Say where a key result stands, in one phrase."""
    if lane.standing == "silent":
        return f"no news for {span(lane.silent_for)}"
    if lane.standing == "done":
        return "done"
    if lane.kind is KeyResultKind.HOLD and lane.hold_periods is not None:
        name = _PERIODS[lane.cadence] if lane.cadence else "period"
        return f"{lane.held} of {_counted(lane.hold_periods, name)} held"
    if lane.kind is KeyResultKind.MILESTONE and lane.steps:
        reached = sum(step.done_on is not None for step in lane.steps)
        return f"{reached} of {_counted(len(lane.steps), 'step')}"
    return _pace(lane)


def way(lane: Lane) -> str:
    """Say where a key result comes from and where it goes."""
    if lane.start is None or lane.target is None:
        return ""
    return f"{number(lane.start)} → {value(lane.target, lane.unit)}"


def since_check_in(lane: Lane) -> str:
    """Say how a key result's value moved since the check-in before."""
    if lane.change is None:
        return ""
    return "unchanged" if abs(lane.change) < _NOISE else change(lane.change)


def confidence(given: Confidence | None) -> str:
    """Say a confidence; one that nobody gave is not invented."""
    return "no confidence given" if given is None else CONFIDENCES[given]


def objective_facts(objective: ObjectiveView, team: str) -> str:
    """Say what kind of objective it is and whose; the team that is looked at goes unsaid."""
    other = "" if objective.team == team else objective.team
    facts = (objective.ambition.value, other, objective.owner)
    return " · ".join(fact for fact in facts if fact)


def progress(share: float) -> str:
    """Write progress as a share of the way."""
    return f"{share:.2f}".replace("-", "−")


def guardrails(objective: ObjectiveView) -> tuple[tuple[int, str, str], ...]:
    """Name the guardrails that are broken or silent: the KPI, its name, what is the matter."""
    return tuple(
        (rail.kpi_id, rail.name, f"{_BREACHES[rail.health]} while this objective runs")
        for rail in objective.guardrails
        if rail.health in _BREACHES
    )


def unvalued(objective: ObjectiveView) -> str:
    """Name the key results that count as nothing yet."""
    return f"counts as 0: {', '.join(objective.unvalued)}" if objective.unvalued else ""


def card_title(card: DecisionCard) -> str:
    """Name what needs a decision."""
    if card.gauge is not None:
        return card.gauge.name
    return "" if card.lane is None else card.lane.name


def card_fact(card: DecisionCard, on: date) -> str:
    """Say what is the matter."""
    if card.gauge is not None and card.kind == "no data":
        return f"◌ {_silence(card.gauge, on)}"
    if card.gauge is not None:
        return f"■ {_stretch(card.gauge, on).replace(' for', ',')}"
    return "" if card.lane is None else f"◣ {_pace(card.lane)}"


def card_text(card: DecisionCard, on: date) -> str:
    """Say what else one has to know to decide."""
    if card.gauge is not None:
        facts = _gauge_facts(card.gauge, card.kind)
    elif card.lane is not None:
        facts = _lane_facts(card.lane, card.objective, on)
    else:
        facts = []
    return " · ".join(fact for fact in facts if fact)


_BREACHES = {Health.OUT_OF_RANGE: "is out of range", Health.NO_DATA: "has no data"}


def _plain(amount: float) -> str:
    size = abs(amount)
    text = format(Decimal(f"{size:.0f}" if size >= 1000 else f"{size:.4g}"), ",f")
    text = text.replace(",", THIN)
    return f"−{text}" if amount < 0 and text != "0" else text


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _next(cadence: Cadence, start: date) -> date:
    if cadence in (Cadence.MONTHLY, Cadence.QUARTERLY):
        months = start.month + (1 if cadence is Cadence.MONTHLY else 3)
        return date(start.year + (months - 1) // 12, (months - 1) % 12 + 1, 1)
    days = 7 if cadence is Cadence.WEEKLY else 1
    if cadence is Cadence.WEEKDAYS and start.weekday() >= 4:
        days = 7 - start.weekday()
    return start + timedelta(days=days)


def _silence(gauge: Gauge, on: date) -> str:
    if gauge.period is None:
        return "no reading yet"
    ended = _next(gauge.cadence, gauge.period) - timedelta(days=1)
    return f"no reading for {span(max(1, (on - ended).days))}"


def _stretch(gauge: Gauge, on: date) -> str:
    if gauge.since is None:
        return "out of range"
    return f"out of range for {span(max(1, (on - gauge.since).days))}"


def _movement(gauge: Gauge) -> str:
    moved = movement(gauge.value, gauge.previous, gauge.cadence)
    follows_gap = len(gauge.series) > 1 and gauge.series[-2] is None
    if not follows_gap:
        return moved
    return moved.replace(f"the {_PERIODS[gauge.cadence]} before", "the reading before")


def _pace(lane: Lane) -> str:
    points = _counted(max(1, round(abs(lane.progress - lane.pace) * 100)), "point")
    phrases = {
        "done": "done",
        "on pace": "on pace",
        "no value": "no value yet",
        "ahead": f"{points} ahead",
        "behind pace": f"{points} behind pace",
    }
    return phrases[lane.standing]


def _gauge_facts(gauge: Gauge, kind: str) -> list[str]:
    whose = [gauge.team, gauge.owner or ""]
    if kind == "no data":
        return [rhythm(gauge.cadence), *whose]
    return [value(gauge.value, gauge.unit), ideal(gauge.low, gauge.high, gauge.unit), *whose]


def _lane_facts(lane: Lane, objective: str | None, on: date) -> list[str]:
    stuck = lane.unchanged_since
    still = "" if stuck is None else f"unchanged for {span(max(1, (on - stuck).days))}"
    now = "" if lane.value is None else f"at {value(lane.value, lane.unit)}"
    return [still, now, lane.owner or "", objective or ""]


def owner(view: KpiView) -> str:
    """Say who looks after a KPI, and how often it is read."""
    return " · ".join(part for part in (view.owner or "", rhythm(view.cadence)) if part)


def no_decisions(more_outside: int) -> str:
    """Say that nothing shown needs a decision, and how much that is not shown may."""
    if not more_outside:
        return "Nothing needs a decision."
    return f"Nothing shown here needs a decision, but {outside(more_outside)} below."


def outside(count: int) -> str:
    """Count KPIs out of range."""
    return f"{_counted(count, 'KPI')} {'is' if count == 1 else 'are'} out of range"


def departure(view: KpiView, today: date) -> str:
    """Say when a KPI leaves its range if this goes on: its range to empty."""
    if view.gauge is None or view.ahead is None:
        return ""
    if view.gauge.health in (Health.OUT_OF_RANGE, Health.NO_DATA):
        return ""
    left = view.ahead.departure
    if left.earliest is None:
        return "Range to empty: none in sight."
    earliest = period(view.cadence, left.earliest, today)
    if left.even is None:
        return f"If this goes on, it stays in its range; it could leave from {earliest} on."
    even = period(view.cadence, left.even, today)
    latest = "" if left.latest is None else f" to {period(view.cadence, left.latest, today)}"
    span = f"{earliest}{latest}" if latest else f"{earliest} or later"
    return f"If this goes on, it leaves its range about {even} ({span})."


def escaped(text: str) -> str:
    """Write people's words so that Markdown shows them as they are."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])", r"\\\1", text)
