"""What a key result says: the way, what is ahead, the confidence."""

from collections.abc import Mapping
from datetime import date
from math import floor, log10
from typing import Literal, NamedTuple

from components.cockpit import hold_words
from components.kpis import recovery_words
from components.ui import formatting, words
from data.okrs.views.key_results import KeyResultView, Lasting, TargetOnTheWay
from models import Confidence, KeyResultKind


class Sureness(NamedTuple):
    """A confidence: its dots and its word."""

    dots: str
    word: str


CONFIDENCES = {
    Confidence.SURE: Sureness("●●●●", "sure"),
    Confidence.LIKELY: Sureness("●●●○", "likely"),
    Confidence.UNSURE: Sureness("●●○○", "unsure"),
    Confidence.DOUBTFUL: Sureness("●○○○", "doubtful"),
}

LASTING: Mapping[Lasting, str] = {
    "reached": "◔ reached, not proven yet",
    "sustained": "✓ reached and sustained",
    "spike": "▼ a spike: it fell back",
    "lost": "▼ it held, then fell back",
}
"""Whether a target that was reached lasts, as a shape and words."""

Promise = Literal["in time", "late", "unknown", ""]

EVEN = 0.5
FEWEST = 4
"""From fewer check-ins, and before that week for steps, no day of arrival is told at once."""

SHORT = "likely to miss"

NO_RANGE = "its KPI has no ideal range"


def phrase(key_result: KeyResultView, today: date, on: date) -> str:
    """Say in one phrase whether a key result arrives, as it was on a day."""
    if key_result.recovery is not None and key_result.recovery.phase != "under way":
        return recovery_words.MARKS[key_result.recovery.phase]
    if key_result.standing == "silent":
        return f"no news for {words.span(key_result.silent_for)}"
    if key_result.standing in ("done", "no value") or key_result.goes_nowhere:
        return pace(key_result)
    if key_result.is_over:
        return f"closed at {formatting.percent(key_result.progress)}"
    if key_result.ends_on < on:
        return f"ended at {formatting.percent(key_result.progress)}"
    if key_result.chance is None:
        return NO_RANGE if key_result.lacks_range else "too early to say"
    if key_result.chance >= EVEN or _is_young(key_result):
        return (
            f"{likely(key_result.chance)} by{formatting.FIXED}{_day(key_result.chance_by, today)}"
        )
    if key_result.arrives_on is not None:
        return f"arrives {_day(key_result.arrives_on, today)}"
    return SHORT


def standing(key_result: KeyResultView) -> str:
    """Give what the colour of a key result goes by; one that is closed is behind nothing."""
    is_closed = key_result.is_over and key_result.standing != "done"
    return "over" if is_closed else key_result.standing.replace(" ", "-")


def promise(key_result: KeyResultView, on: date) -> Promise:
    """Tell what a key result's phrase promises; nothing where it tells the standing instead.

    Little that is known does not make a key result late.
    """
    if key_result.standing in ("done", "silent", "no value") or _has_nothing_ahead(key_result, on):
        return ""
    if key_result.chance is None:
        return "unknown"
    if key_result.chance >= EVEN:
        return "in time"
    return "unknown" if _is_young(key_result) else "late"


def lag(key_result: KeyResultView, on: date) -> str:
    """Say how far a key result is from its pace where its phrase tells otherwise."""
    if _has_nothing_ahead(key_result, on):
        return ""
    if key_result.kind is KeyResultKind.HOLD:
        return hold_words.lag(key_result)
    if key_result.standing == "behind pace":
        return f"{_points(key_result)} behind"
    is_ahead = key_result.standing == "ahead" and promise(key_result, on) == "late"
    return f"{_points(key_result)} ahead today" if is_ahead else ""


def rests_on(key_result: KeyResultView, on: date) -> str:
    """Say what the chance of a key result rests on; its steps are counted anyhow.

    Of a target that was reached it says whether it lasts.
    """
    if key_result.lasting is not None:
        return LASTING[key_result.lasting]
    step = key_result.next_target
    if step is not None and not _has_nothing_ahead(key_result, on):
        return _for_next(key_result, step, on)
    told = key_result.chance is not None and promise(key_result, on) != ""
    return _rests_on(key_result) if told and key_result.kind is not KeyResultKind.MILESTONE else ""


def _for_next(key_result: KeyResultView, step: TargetOnTheWay, on: date) -> str:
    """Say which target on the way a chance is of; its day is named where the chance names none."""
    if promise(key_result, on) == "in time":
        value = formatting.value(step.target, key_result.unit, key_result.target)
        return f"to reach {value} by then"
    return on_the_way(step, key_result.unit, key_result.target, on)


def on_the_way(step: TargetOnTheWay, unit: str, target: float | None, today: date) -> str:
    """Say which target on the way is in force."""
    value = formatting.value(step.target, unit, target)
    return f"on the way: {value} by{formatting.FIXED}{_day(step.day, today)}"


def likely(chance: float) -> str:
    """Say a chance in percent; one that is not certain is never 0 or 100."""
    percent = round(chance * 100)
    if 1 <= percent <= 99:
        return formatting.percent(chance)
    return f"{'under' if percent < 1 else 'over'} {1 if percent < 1 else 99}{formatting.FIXED}%"


def prospect(key_result: KeyResultView, today: date, on: date) -> str:
    """Say what is expected of a key result: its chance, its arrival, where it is likely to end."""
    if key_result.chance is None and promise(key_result, on) == "unknown":
        if key_result.lacks_range:
            return f"{NO_RANGE}: nothing says when it is held"
        return f"too early to say: a forecast needs {_NEEDS[_source(key_result)]}"
    if key_result.chance is None or key_result.span is None:
        return ""
    by, end = _day(key_result.chance_by, today), _day(key_result.ends_on, today)
    arrival = SHORT
    if key_result.arrives_on is not None:
        arrival = f"even chance from {_day(key_result.arrives_on, today)}"
    chance = f"{likely(key_result.chance)} likely by {by}"
    expected = f"expected {_ends(key_result, key_result.span)} by {end}, 80{formatting.FIXED}% sure"
    basis = key_result.rests_on
    rests_on = f"{_rests_on(key_result)}, week {basis.week} of {basis.weeks}" if basis else ""
    return words.dotted(chance, arrival, expected, rests_on)


def count(key_result: KeyResultView) -> str:
    """Count the steps done or the periods held, of a key result that has them."""
    if key_result.kind is KeyResultKind.HOLD:
        return hold_words.count(key_result)
    if key_result.kind is KeyResultKind.MILESTONE and key_result.steps:
        reached = sum(step.done_on is not None for step in key_result.steps)
        return f"{reached} of {words.counted(len(key_result.steps), 'step')}"
    return ""


def ends(key_result: KeyResultView) -> list[str]:
    """Say where a key result comes from and where it goes, or what of it is counted."""
    if key_result.recovery is not None and key_result.cadence is not None:
        return recovery_words.parts(key_result.recovery, key_result.cadence)
    if key_result.kind is not KeyResultKind.METRIC:
        return [count(key_result)]
    start, target, now = key_result.start, key_result.target, key_result.value
    if start is None or target is None:
        return [""]
    unit = key_result.unit
    return [
        formatting.amount_of(start, unit, target, now),
        formatting.value(target, unit, start, now),
    ]


def way(key_result: KeyResultView) -> str:
    """Say the way of a key result in one text."""
    return " → ".join(ends(key_result))


def since_check_in(key_result: KeyResultView) -> str:
    """Say how a key result's value moved since the check-in before."""
    if key_result.change is None or key_result.value is None:
        return ""
    before = key_result.value - key_result.change
    if formatting.is_same(key_result.value, before):
        return "unchanged"
    return formatting.change(key_result.change)


def confidence(given: Confidence | None) -> Sureness:
    """Say a confidence; one that nobody gave is not invented."""
    return Sureness("", "no confidence given") if given is None else CONFIDENCES[given]


def now(key_result: KeyResultView) -> str:
    """Write a key result's value without its unit, told from where it starts and where it goes."""
    ends = (key_result.start, key_result.target)
    return formatting.amount_of(key_result.value, key_result.unit, *ends)


def pace(key_result: KeyResultView) -> str:
    """Say how far a key result is from where it should be."""
    if key_result.goes_nowhere and key_result.value is not None and key_result.standing != "silent":
        return "start and target are the same"
    phrases = {
        "done": "done",
        "on pace": "on pace",
        "no value": "no value yet",
        "ahead": f"{_points(key_result)} ahead",
        "behind pace": f"{_points(key_result)} behind pace",
    }
    if key_result.kind is KeyResultKind.HOLD and key_result.standing == "behind pace":
        return hold_words.lag(key_result) or SHORT
    return phrases[key_result.standing]


_NEEDS = {
    "steps": "a first step or check-in",
    "readings": "4 readings",
    "check-ins": "a first check-in",
}

_YEARLESS_DAYS = 300


def _has_nothing_ahead(key_result: KeyResultView, on: date) -> bool:
    """Tell whether a key result is over or its cycle is, or it goes nowhere."""
    return key_result.is_over or key_result.ends_on < on or key_result.goes_nowhere


def _is_young(key_result: KeyResultView) -> bool:
    """Tell whether a chance rests on so little that a day of arrival would say too much."""
    basis = key_result.rests_on
    if basis is None:
        return False
    return (basis.week if key_result.kind is KeyResultKind.MILESTONE else basis.count) < FEWEST


def _source(key_result: KeyResultView) -> str:
    if key_result.kind is KeyResultKind.MILESTONE:
        return "steps"
    return "readings" if key_result.fed_by else "check-ins"


def _rests_on(key_result: KeyResultView) -> str:
    if key_result.rests_on is None:
        return ""
    if key_result.kind is KeyResultKind.MILESTONE:
        return f"from {count(key_result)}"
    return f"from {words.counted(key_result.rests_on.count, _source(key_result).removesuffix('s'))}"


def _points(key_result: KeyResultView) -> str:
    return words.counted(max(1, round(abs(key_result.progress - key_result.pace) * 100)), "point")


def _day(when: date, today: date) -> str:
    """Name a day that is less than a year away: it needs no year."""
    return formatting.day(when, when if abs(when - today).days < _YEARLESS_DAYS else today)


def _ends(key_result: KeyResultView, span: tuple[float, float]) -> str:
    """Say the ends of a span in what the key result counts, no finer than a tenth of its way."""
    if key_result.kind is KeyResultKind.MILESTONE:
        ends = [float(round(share * 100)) for share in span]
        unit = f"{formatting.FIXED}% of the way"
    elif key_result.kind is KeyResultKind.HOLD:
        ends = [float(round(share * (key_result.hold_periods or 0))) for share in span]
        unit = f" {hold_words.period(key_result)}s held"
    else:
        start, way = key_result.start or 0.0, (key_result.target or 0.0) - (key_result.start or 0.0)
        places = 1 - floor(log10(abs(way)))
        ends = sorted(round(start + share * way, places) for share in span)
        unit = formatting.with_unit("", key_result.unit)
    low, high = formatting.number(ends[0], ends[1]), formatting.number(ends[1], ends[0])
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def on_the_bar(share: float) -> float:
    """Give where a share of the way lies on a bar, 0 to 1."""
    return round(min(max(share, 0.0), 1.0), 3)
