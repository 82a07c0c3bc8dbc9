"""What a person's own list says: when something was due, and what to do where there is nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from components.cockpit import key_result_words
from components.kpis import recovery_words
from components.ui import formatting, words
from data.actions.views import ActionView, MyAction
from data.kpis.views.gauges import Freshness
from data.screens.views.update import Feed, Mine, MyKeyResult, MyKpi, Waiting
from models import Cadence, KeyResultKind

NOBODY = "Pick your name at the top right to see what is yours."
WHO = "Who are you? Pick your name to see what is yours."
ELSE = "Not among these? All names are in the list at the top."
NOTHING = (
    "Nothing is yours yet. Whoever is the owner of a KPI or of a key result finds it here: put "
    "your name into its cell “Owner”, of a KPI in Settings, of a key result on the page OKRs. "
    "What you agree to do about a KPI stands here too."
)
ALL_DONE = "Nothing of yours is due: all is up to date. Thank you!"

SECTIONS = ("due", "late", "later")
SHAPES = {"due": "○", "late": "◔"}


def section(freshness: Freshness) -> str:
    """Tell in which part of the list something stands: without any data it is late."""
    if freshness == "fresh":
        return "later"
    return "due" if freshness == "due" else "late"


def action_section(action: ActionView, day: date) -> str:
    """Tell in which part of the list an action stands: it is due in the week up to its day."""
    if not action.is_awaited(day):
        return "later"
    return "due" if action.due >= day else "late"


def action_waits(action: ActionView, day: date, today: date) -> str:
    """Say by when something is to be done, or that it is."""
    if not action.is_open(day) and action.done_on is not None:
        return f"done {formatting.day(action.done_on, today)}"
    when = formatting.day(action.due, today)
    if action.due == day:
        return f"{SHAPES['due']} due today"
    part = action_section(action, day)
    if part == "late":
        return f"{SHAPES['late']} late since {when}"
    return f"{SHAPES['due']} due {when}" if part == "due" else f"by {when}"


def about(mine: MyAction) -> str:
    """Say what an action is about."""
    return f"about {mine.about}" if mine.about else ""


def sentence(mine: Mine) -> str:
    """Say how much is to be done."""
    ages = [kpi.freshness for kpi in mine.kpis] + [each.freshness for each in mine.key_results]
    parts = [section(age) for age in ages]
    parts += [action_section(each.action, mine.day) for each in mine.actions]
    late, awaited = parts.count("late"), len(parts) - parts.count("later")
    if not awaited:
        return ALL_DONE
    things = f"{words.counted(awaited, 'thing')} {'is' if awaited == 1 else 'are'}"
    if late in (0, awaited):
        return f"{things} {'late' if late else 'due'}."
    return f"{things} due, {late} of them late."


def of_somebody(sentence: str, whose: str) -> str:
    """Say how much somebody else is to do, `sentence` being what they are told themselves."""
    if not sentence:
        return f"Nothing here is {whose}'s yet."
    return f"{whose} has nothing due." if sentence == ALL_DONE else f"{whose}: {sentence}"


def is_me(whose: str) -> str:
    """Offer to go by a name."""
    return f"I am {whose}"


def has_due(person: Waiting) -> str:
    """Say how much is due for somebody."""
    return f"{person.name} has {person.due} due"


def kpi_aim(kpi: MyKpi) -> list[str]:
    """Say what good looks like for a KPI."""
    return [words.ideal(kpi.low, kpi.high, kpi.unit, kpi.value)]


def key_result_aim(key_result: MyKeyResult) -> list[str]:
    """Say where a key result is to arrive, and where it should be by now."""
    start, target, unit = key_result.start, key_result.target, key_result.unit
    if key_result.recovery is not None and key_result.fed_by is not None:
        return recovery_words.parts(key_result.recovery, key_result.fed_by.cadence)
    if key_result.kind is KeyResultKind.HOLD and key_result.hold_periods and key_result.fed_by:
        period = words.PERIOD_NAMES[key_result.fed_by.cadence]
        return [f"{words.counted(key_result.hold_periods, period)} in range"]
    if key_result.kind is not KeyResultKind.METRIC or start is None or target is None:
        return []
    way = f"target {formatting.value(target, unit, start)}"
    if not key_result.takes_value:
        return [way]
    by_now = start + (target - start) * key_result.pace
    today = f"{formatting.about(by_now, unit, (target - start) / 10)} by today"
    return [way, *_on_the_way(key_result), today]


def _on_the_way(key_result: MyKeyResult) -> list[str]:
    """Say how far a key result is to be before its end, and by when."""
    step, day = key_result.on_the_way, max(key_result.days, default=None)
    if step is None or day is None:
        return []
    return [key_result_words.on_the_way(step, key_result.unit, key_result.target, day)]


def moved(series: Sequence[float | None]) -> str:
    """Say how the last value moved since the one before."""
    known = [value for value in series if value is not None]
    if len(known) < 2:
        return ""
    if formatting.is_same(known[-1], known[-2]):
        return "unchanged"
    return formatting.change(known[-1] - known[-2])


def kpi_waits(kpi: MyKpi, day: date, today: date) -> str:
    """Say since when a KPI's reading is awaited."""
    if kpi.period is None:
        return f"{SHAPES['late']} {_nothing(kpi)}"
    return _waits(kpi.freshness, kpi.late_days, day, today)


def last(kpi: MyKpi) -> str:
    """Say what a KPI read last, or that nothing it read counts."""
    return _nothing(kpi) if kpi.value is None else formatting.value(kpi.value, kpi.unit)


def _nothing(kpi: MyKpi) -> str:
    return "no reading yet" if kpi.dismissed is None else "no reading that counts"


def dismissed(kpi: MyKpi, today: date) -> str:
    """Say where a KPI's newest reading does not count, so that another one is shown."""
    if kpi.dismissed is None:
        return ""
    return f"✕ {formatting.period(kpi.cadence, kpi.dismissed, today)}: dismissed"


def key_result_waits(key_result: MyKeyResult, day: date, today: date) -> str:
    """Say since when a key result's check-in is awaited, or that it needs none."""
    if key_result.fed_by:
        return "done by its KPI"
    if key_result.steps and all(step.done_on for step in key_result.steps):
        return "all steps done"
    return _waits(key_result.freshness, key_result.late_days, day, today)


def _waits(freshness: Freshness, days: int, day: date, today: date) -> str:
    if freshness == "fresh":
        return "up to date"
    if days == 0:
        return "○ due today"
    part = section(freshness)
    return f"{SHAPES[part]} {part} since {formatting.day(day - timedelta(days=days), today)}"


def fed(feed: Feed, today: date) -> str:
    """Say which KPI gives a key result its value, and what it reads."""
    if feed.value is None or feed.period is None:
        return f"fed by {feed.name}: no reading yet"
    value = formatting.value(feed.value, feed.unit)
    return f"fed by {feed.name}: {value}, {formatting.period(feed.cadence, feed.period, today)}"


def steps(key_result: MyKeyResult) -> str:
    """Count the steps that are reached."""
    reached = sum(step.done_on is not None for step in key_result.steps)
    return f"{reached} of {words.counted(len(key_result.steps), 'step')}"


def periods(cadence: Cadence, starts: Iterable[date], today: date) -> tuple[tuple[str, str], ...]:
    """Name the periods that can be filled in."""
    return tuple((start.isoformat(), formatting.period(cadence, start, today)) for start in starts)


def days(offered: Iterable[date], day: date, today: date) -> tuple[tuple[str, str], ...]:
    """Name the days that can be checked in."""
    return tuple(
        (on.isoformat(), f"{'today, ' if on == day else ''}{formatting.day(on, today)}")
        for on in offered
    )
