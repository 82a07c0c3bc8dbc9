"""What a check-in says: parts and reasons of its agenda, what changed since the last one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from components.cockpit import change_words, key_result_words
from components.kpis import gauge_numbers, gauge_words
from components.ui import formatting, words
from data.actions.views import MyAction
from data.company.views import TeamView
from data.core.outcomes import CurrentValue
from data.kpis.views.gauges import Gauge
from data.kpis.views.why import Why
from data.meetings.views import NOWHERE, ItemView, PlannedItem, Rhythm, Standing
from data.okrs.views.key_results import KeyResultView
from models import (
    AgendaReason,
    Confidence,
    DecisionKind,
    Health,
    ItemState,
    KeyResultKind,
)

PARTS: Mapping[AgendaReason, str] = {
    AgendaReason.ACTION_DUE: "Since last time",
    AgendaReason.LOOK_AGAIN: "Since last time",
    AgendaReason.PARKED: "Since last time",
    AgendaReason.DRIFTING: "Gauges",
    AgendaReason.OUT_OF_RANGE: "Gauges",
    AgendaReason.CHANGED: "Gauges",
    AgendaReason.CHANCE_FELL: "Key results",
    AgendaReason.NOT_UPDATED: "Key results",
    AgendaReason.GUARDRAIL_BROKEN: "Guardrails",
    AgendaReason.ARRIVED: "Wins",
    AgendaReason.BACK_IN_RANGE: "Wins",
    AgendaReason.SETTLED_BETTER: "Wins",
    AgendaReason.OPEN_FLOOR: "Open floor",
}
"""The part of the agenda that a reason belongs to, as it is called on screen."""

REASONS: Mapping[AgendaReason, str] = {
    AgendaReason.ACTION_DUE: "action due",
    AgendaReason.LOOK_AGAIN: "time to look again",
    AgendaReason.PARKED: "parked last time",
    AgendaReason.DRIFTING: "drifting",
    AgendaReason.OUT_OF_RANGE: "out of range",
    AgendaReason.CHANGED: "changed",
    AgendaReason.CHANCE_FELL: "chance fell",
    AgendaReason.NOT_UPDATED: "no news",
    AgendaReason.GUARDRAIL_BROKEN: "guardrail broken",
    AgendaReason.ARRIVED: "arrived",
    AgendaReason.BACK_IN_RANGE: "back in range",
    AgendaReason.SETTLED_BETTER: "settled at a better level",
    AgendaReason.OPEN_FLOOR: "anything else",
}

STATES: Mapping[ItemState, str] = {
    ItemState.OPEN: "not reached",
    ItemState.DONE: "",
    ItemState.SKIPPED: "skipped",
    ItemState.PARKED: "parked for next time",
}

DECIDED: Mapping[DecisionKind, str] = {
    DecisionKind.ACKNOWLEDGE: "Acknowledged",
    DecisionKind.REROUTE: "Rerouted",
    DecisionKind.REBASE: "New normal",
    DecisionKind.DISMISS: "Reading dismissed",
    DecisionKind.CONFIRM: "Recovery confirmed",
    DecisionKind.GRADUATE: "Graduated",
}

MOVED_SHOWN = 2
UNUSUAL = "worth a look"
NOTHING_DUE = "All numbers are in."
NOTHING_MEASURED = "Nothing is measured here yet."
OPEN_FLOOR = "Open floor"
IS_DONE = "Today's check-in is done."
GONE = "This is no longer shown here: go on."
ASK_FLOOR = "Anything else? Note it, or agree an action."


def reason(item: PlannedItem | ItemView) -> str:
    """Say why something is on an agenda; what no check-in has seen before cannot have changed."""
    is_new = item.reason is AgendaReason.CHANGED and item.before == NOWHERE
    return UNUSUAL if is_new else REASONS[item.reason]


def estimate(minutes: int, *, is_quiet: bool) -> str:
    """Say how long a check-in will take."""
    about = f"about {words.counted(minutes, 'minute')}"
    return f"A quiet week: {about}." if is_quiet else words.sentences(about)


def rhythm(team: TeamView) -> str:
    """Say on which day of the week and at what time a team checks in."""
    at = f" at {team.check_in_time}" if team.check_in_time else ""
    return f"Every {team.check_in_day.value}{at}."


def last_time(last: date | None, today: date) -> str:
    """Say when the last check-in was."""
    if last is None:
        return "This is the first check-in here."
    days = (today - last).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{words.span(days)} ago")
    return f"The last one was {ago}, on {formatting.day(last, today)}."


def habits(found: Rhythm | None) -> list[str]:
    """Say how the last check-ins went, each thing with what it counts."""
    if found is None:
        return []
    said = []
    if found.seconds is not None:
        length = lasted(round(found.seconds))
        said.append(f"Half of the last {found.meetings} check-ins took {length} or less.")
    if found.key_results:
        share = formatting.percent(found.updated / found.key_results)
        said.append(f"{share} of key results had news in the week before.")
    if found.due:
        actions = words.counted(found.due, "action")
        said.append(f"{found.on_time} of {actions} that fell due since then: done on time.")
    return said


def to_do(mine: MyAction, today: date) -> str:
    """Say who does something by when, and what it is about."""
    action = mine.action
    verb = "was due" if action.due < today else "by"
    about = f"about {mine.about}" if mine.about else ""
    when = f"{verb} {formatting.day(action.due, today)}"
    return words.joined(action.owner or "nobody yet", when, about)


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Say at what time of its day something was."""
    return f"{at.astimezone(zone):%H:%M}"


def lasted(seconds: int) -> str:
    """Say for how long something went on, in whole minutes."""
    return words.counted(max(1, round(seconds / 60)), "minute")


def was(gauge: Gauge, before: Standing) -> str:
    """Say what a KPI was at the last check-in."""
    if before.value is None and before.health is None:
        return ""
    state = "" if before.health in (None, gauge.health) else _before(before.health)
    if before.value is None:
        return f"{state or 'no value'} at the last check-in"
    if gauge.value is not None and formatting.is_same(gauge.value, before.value):
        # A number that nobody has read again is not one that stayed.
        if gauge.health is Health.NO_DATA:
            return words.joined("last known, as at the last check-in", state)
        return words.joined("unchanged since the last check-in", state)
    then = formatting.value(before.value, gauge.unit, gauge.value, gauge.low, gauge.high)
    return words.joined(f"was {then} at the last check-in", state)


def _before(health: Health) -> str:
    return f"then {health.value}"


def beside_gauge(gauge: Gauge, before: Standing) -> str:
    """Say what stands beside a KPI's value: what it was, and its ideal range."""
    return words.joined(was(gauge, before), gauge_numbers.ideal(gauge))


def key_result_value(each: KeyResultView) -> tuple[str, str]:
    """Give a key result's value and its unit, apart."""
    if each.kind is KeyResultKind.MILESTONE:
        return formatting.percent(each.progress), ""
    if each.kind is KeyResultKind.HOLD:
        return key_result_words.count(each).partition(" held")[0] or formatting.NOTHING, ""
    return key_result_words.now(each), each.unit


def beside_key_result(each: KeyResultView, before: Standing) -> str:
    """Say what stands beside a key result's value: what it was, and where it goes."""
    then = ""
    now = each.progress if each.kind is KeyResultKind.MILESTONE else each.value
    if before.value is not None and now is not None and each.kind is not KeyResultKind.HOLD:
        if formatting.is_same(now, before.value):
            then = "unchanged since the last check-in"
        elif each.kind is KeyResultKind.MILESTONE:
            then = f"was {formatting.percent(before.value)} at the last check-in"
        else:
            told = formatting.value(before.value, each.unit, now, each.target)
            then = f"was {told} at the last check-in"
    return words.joined(then, key_result_words.way(each))


def key_result_sentence(each: KeyResultView, before: Standing, day: date, today: date) -> str:
    """Say whether a key result arrives, and what became of its chance."""
    phrase = key_result_words.phrase(each, today, day)
    parts = [phrase, chance_moved(before.chance, each.chance), key_result_words.lag(each, day)]
    given = key_result_words.confidence(each.confidence).word
    said = f"confidence: {given}" if each.confidence else given
    return words.sentences(*parts, said)


def moved_too(why: Why | None) -> str:
    """Name what else moved around the change of a KPI, its own drivers left out; the first few."""
    if why is None or not why.drifts or why.around is None:
        return ""
    drivers = {part.kpi_id for part in why.split.parts} if why.split else set()
    names = [each.name for each in why.around.moved if each.kpi_id not in drivers]
    if not names:
        return ""
    more = len(names) - MOVED_SHOWN
    others = f" and {more} more" if more > 0 else ""
    return f"Around then, {', '.join(names[:MOVED_SHOWN])}{others} moved too."


def chance_moved(then: float | None, now: float | None) -> str:
    """Say from where to where a chance moved."""
    if then is None or now is None or round(then * 100) == round(now * 100):
        return ""
    verb = "fell" if now < then else "rose"
    likely = key_result_words.likely
    return f"its chance {verb} from {likely(then)} to {likely(now)}"


def changed(item: ItemView) -> str:
    """Say how something stood at the check-in before and when this one ended."""
    return change_words.changed(item.before, item.after, item.unit, is_share=item.is_share)


def spread(votes: Mapping[Confidence, int]) -> str:
    """Say how many gave which confidence."""
    return ", ".join(f"{count} {word.value}" for word, count in votes.items() if count)


def disagree(votes: Mapping[Confidence, int]) -> bool:
    """Tell whether votes lie further apart than two neighbours."""
    given = [at for at, word in enumerate(Confidence) if votes.get(word)]
    return bool(given) and given[-1] - given[0] > 1


def meanwhile(theirs: CurrentValue) -> str:
    """Say that somebody else came first."""
    who, said = theirs.who or "Somebody", f" to “{theirs.text}”" if theirs.text else ""
    return f"{who} has changed this meanwhile{said}. Look again, then press once more."


def names(people: Sequence[str]) -> str:
    """Name some people in one text."""
    return ", ".join(people)


def last_said(item: ItemView) -> str:
    """Say what was said of the same thing before."""
    return f"Last time: “{' '.join(item.last_said.split())}”" if item.last_said else ""


def state_of(gauge: Gauge) -> Sequence[Mapping[str, str]]:
    """Give the marks of a gauge: its health, and its signal where it says more."""
    signal = gauge_words.drawn_signal(gauge)
    return [gauge_words.drawn_state(gauge), *([signal] if signal else [])]
