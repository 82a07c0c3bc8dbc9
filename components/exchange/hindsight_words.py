"""What a file's numbers would have told, in plain words: its headline, its stories, and how so."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from components.drift import drift_words
from components.kpis import first_sentence, signal_explanation
from components.kpis.signal_explanation import FALSE_ALARMS, STRETCH, Measure, during
from components.ui import formatting, words
from data.exchange.views import Hindsight, KpiHindsight, PastDrift, StoryKind
from models import Better, Signal

NUMBERS = ("", "A", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
MANY_MONTHS = 21
"""From so many months on a time is told in years."""
WITHIN = 2
"""The ends of what is usual are told to about half of its width: where it lies, no more."""
HOW, SHARE = "How do we know?", "Share as a picture"
ONE_BY_ONE = (
    "Milepost was shown each KPI one reading at a time, as if you had used it from the first one "
    "on. Each time it knew what came before, and nothing of what came after."
)
_NO_FILE_NAME = re.compile(r"[^\w-]+")


def headline(view: Hindsight) -> str:
    """Say how many KPIs drifted, in how long a time."""
    judged = [kpi for kpi in view.kpis if not kpi.is_young]
    drifted = sum(bool(kpi.drifts) for kpi in judged)
    return f"{_time(view.first, view.last)} of your numbers: {_drifted(drifted, len(judged))}"


def besides(view: Hindsight) -> str:
    """Say how the others are, and how many would have been called drifting by luck alone."""
    calm = [kpi for kpi in view.kpis if not kpi.drifts and not kpi.is_young]
    watched = sum(kpi.signal.signal is Signal.WATCH for kpi in calm)
    steady = len(calm) - watched
    parts = (
        f"{steady} {'shows' if steady == 1 else 'show'} routine ups and downs." if steady else "",
        f"{watched} {'is' if watched == 1 else 'are'} worth a look." if watched else "",
        _young([kpi for kpi in view.kpis if kpi.is_young], view.day),
        _by_luck(view),
        _cut(view),
    )
    return " ".join(part for part in parts if part)


def story(kpi: KpiHindsight, today: date) -> str:
    """Say what is most telling about a KPI."""
    return _STORIES[kpi.story](kpi, today)


def note(drift: PastDrift, kpi: KpiHindsight, today: date) -> str:
    """Say what the mark on a strip stands for: when the drift would have been told."""
    return f"said {during(kpi.cadence, drift.told, today)}"


def whose(kpi: KpiHindsight, view: Hindsight) -> str:
    """Name a KPI's team where there are several."""
    return kpi.team if len({each.team for each in view.kpis}) > 1 else ""


def reasons(view: Hindsight) -> list[tuple[str, str]]:
    """Say how all that is known: what it is about, and its numbers."""
    told = [("", ONE_BY_ONE), ("", _rate(view)), ("", _odd(view)), ("", _left_out(view))]
    drifts = [
        (f"{words.joined(kpi.name, whose(kpi, view))}", _why(drift, kpi, view.day))
        for kpi in view.kpis
        for drift in kpi.drifts
    ]
    return [(about, text) for about, text in (*told, *drifts) if text]


def file_name(view: Hindsight) -> str:
    """Give the name of the picture, by the company."""
    named = _NO_FILE_NAME.sub("-", view.company.casefold()).strip("-")[:60]
    return f"{named or 'milepost'}-hindsight.png"


def _drifted(drifted: int, judged: int) -> str:
    if not judged:
        return "too few to tell a drift yet"
    if judged == 1:
        return f"the one KPI {'drifted' if drifted else 'did not drift'}"
    return f"{drifted or 'none'} of {judged} KPIs drifted"


def _time(first: date, last: date) -> str:
    """Say how long a time is, as it begins a sentence."""
    days = (last - first).days + 1
    months = round(days / 30.44)
    if months >= MANY_MONTHS or months == 12:
        return _several(round(months / 12), "year")
    return _several(months, "month") if months > 2 else _several(max(round(days / 7), 1), "week")


def _several(count: int, name: str) -> str:
    said = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{said} {name}" if count == 1 else f"{said} {name}s"


def _young(young: Sequence[KpiHindsight], today: date) -> str:
    if not young:
        return ""
    first = min(young, key=lambda kpi: kpi.told_on or today)
    few = "1 is too new" if len(young) == 1 else f"{len(young)} are too new"
    return f"{few} to tell a drift: that can be done {_from_on(first, today)}."


def _from_on(kpi: KpiHindsight, today: date) -> str:
    when = during(kpi.cadence, kpi.told_on or today, today)
    return f"from the {kpi.told_from}th reading on, {when}"


def _by_luck(view: Hindsight) -> str:
    judged = sum(not kpi.is_young for kpi in view.kpis)
    if not judged:
        return ""
    return f"By luck alone, {_chance(view)} of {judged} would have been called drifting."


def _chance(view: Hindsight) -> str:
    return "fewer than 1" if view.by_chance[1] < 1 else drift_words.about(view.by_chance)


def _drift(kpi: KpiHindsight, today: date) -> str:
    drift = kpi.main_drift
    way = "rise" if signal_explanation.rises(drift.signal, kpi.better) else "fall"
    began = f"Began to {way} {during(kpi.cadence, drift.onset, today)}"
    told = f"Milepost would have said so {during(kpi.cadence, drift.told, today)}"
    as_it_began = _range_left_before(drift, kpi, today)
    as_told = _range_left_after(drift, kpi)
    return f"{began}{as_it_began}. {told}{as_told}.{_end(drift, kpi, today)}"


def _range_left_before(drift: PastDrift, kpi: KpiHindsight, today: date) -> str:
    """Say that a KPI was out of its range before its drift was told."""
    if drift.was_outside:
        return ", out of its range already"
    if drift.left is None or drift.ahead > 0:
        return ""
    if drift.left == drift.onset:
        return " and left its range at once"
    return f" and left its range {during(kpi.cadence, drift.left, today)}"


def _range_left_after(drift: PastDrift, kpi: KpiHindsight) -> str:
    """Say how long before it left its range a drift was told, or that it never did."""
    if drift.is_warned:
        ahead = words.counted(drift.ahead, words.PERIOD_NAMES[kpi.cadence])
        return f", {ahead} before it left its range"
    if drift.left is not None or drift.was_outside or not kpi.has_range:
        return ""
    return ", and it never left its range" if drift.ended else ", and it is still in its range"


def _end(drift: PastDrift, kpi: KpiHindsight, today: date) -> str:
    if drift.ended is not None:
        when = during(kpi.cadence, drift.ended, today)
        return f" It was steady again {when}."
    is_mending = kpi.signal.signal is Signal.RECOVERING
    return " It is on its way back." if is_mending else ""


def _restless(kpi: KpiHindsight, today: date) -> str:
    return f"Looks restless, is not: {_usual(kpi)} is what it does."


def _outside(kpi: KpiHindsight, today: date) -> str:
    periods = words.counted(kpi.outside_for, words.PERIOD_NAMES[kpi.cadence])
    return f"Out of its range for the last {periods}."


def _steady(kpi: KpiHindsight, today: date) -> str:
    if kpi.signal.signal is not Signal.STEADY:
        return f"{first_sentence.behaves(kpi.signal, kpi.unit, kpi.cadence, kpi.better, today)}."
    return f"Steady: {_usual(kpi)} is what it does."


def _better(kpi: KpiHindsight, today: date) -> str:
    return f"{first_sentence.behaves(kpi.signal, kpi.unit, kpi.cadence, kpi.better, today)}."


def _usual(kpi: KpiHindsight) -> str:
    """Write from where to where readings usually lie."""
    if kpi.lower is None or kpi.upper is None or formatting.is_same(kpi.lower, kpi.upper):
        known = [value for value in kpi.series if value is not None]
        return formatting.value(known[-1], kpi.unit)
    grain = (kpi.upper - kpi.lower) / WITHIN
    lower = formatting.roughly(kpi.lower, grain, kpi.upper)
    return f"{lower} to {formatting.about(kpi.upper, kpi.unit, grain, kpi.lower)}"


def _pace(kpi: KpiHindsight, today: date) -> str:
    way = "Growing" if kpi.pace > 0 else "Falling"
    each = words.PERIOD_NAMES[kpi.cadence]
    much = formatting.about(abs(kpi.pace), kpi.unit, abs(kpi.pace) / 10)
    return f"{way} by {much} a {each}, as it has all along."


def _too_young(kpi: KpiHindsight, today: date) -> str:
    count = words.counted(kpi.readings, "reading")
    said = f"{count} so far."
    if kpi.has_range:
        said = f"{kpi.outside or 'None'} of {count} out of its range so far."
    return f"{said} A drift can be told {_from_on(kpi, today)}."


_STORIES: dict[StoryKind, Callable[[KpiHindsight, date], str]] = {
    "warned": _drift,
    "drifted": _drift,
    "outside": _outside,
    "watched": _steady,
    "restless": _restless,
    "growing": _pace,
    "better": _better,
    "young": _too_young,
    "steady": _steady,
}


def _rate(view: Hindsight) -> str:
    judged = sum(not kpi.is_young for kpi in view.kpis)
    if not judged:
        return ""
    _, fewest, most = FALSE_ALARMS[Better.HIGHER]
    return (
        f"Of 100 KPIs where nothing changes {fewest} to {most} are called drifting within "
        f"{STRETCH} readings, twice as many where both ways are bad. For your KPIs and all their "
        f"readings that makes {_chance(view)}."
    )


def _odd(view: Hindsight) -> str:
    odd = sum(kpi.odd for kpi in view.kpis)
    if not odd:
        return ""
    verb = "was" if odd == 1 else "were"
    return f"{words.counted(odd, 'reading')} {verb} far off, and no drift came of it."


def _cut(view: Hindsight) -> str:
    if view.cut is None:
        return ""
    periods = next(len(kpi.series) for kpi in view.kpis if kpi.cadence is view.cut)
    return f"Only the last {words.counted(periods, words.PERIOD_NAMES[view.cut])} are looked at."


def _left_out(view: Hindsight) -> str:
    if not view.left_out:
        return ""
    looked_at = len(view.kpis)
    return f"Only the first {looked_at} of {looked_at + view.left_out} KPIs were looked at."


def _why(drift: PastDrift, kpi: KpiHindsight, today: date) -> str:
    measure = Measure(
        unit=kpi.unit,
        cadence=kpi.cadence,
        better=kpi.better,
        series=kpi.series[: drift.told_at + 1],
        read_on=drift.told,
    )
    told = during(kpi.cadence, drift.told, today)
    return f"As told {told}: {signal_explanation.why(drift.signal, measure, today)}"
