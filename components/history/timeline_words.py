"""What is said on the road so far."""

from collections.abc import Mapping
from datetime import date

from components.kpis import recovery_words
from components.okrs import closing_words
from components.ui import formatting, words
from data.okrs.views.timeline import Chapter, Happened, PastEvent, PastObjective
from models import Ambition, ObjectiveState

BETWEEN = "Before the first cycle"
NOTHING = "{} has no cycle behind it yet. Its objectives and their scores will stand here."

SHAPES: Mapping[Happened, str] = {
    "rerouted": "↗",
    "confirmed": "✓",
    "slipped": "▼",
    "graduated": "★",
}
SAID: Mapping[Happened, str] = {
    "rerouted": "was rerouted",
    "confirmed": "was confirmed to be back",
    "slipped": "slipped again",
    "graduated": "graduated: it is just a gauge again",
}
STATES: Mapping[ObjectiveState, str] = {
    ObjectiveState.CLOSED: "closed",
    ObjectiveState.GRADUATED: "★ graduated",
    ObjectiveState.PROBATION: "◐ on probation",
    ObjectiveState.ACTIVE: "● under way",
}


def title(chapter: Chapter) -> str:
    """Name a chapter: its cycle, or that it lies in none."""
    return chapter.cycle or BETWEEN


def days(chapter: Chapter, today: date) -> str:
    """Say from when to when a chapter goes."""
    begins, ends = (formatting.day(day, today) for day in (chapter.starts_on, chapter.ends_on))
    return begins if begins == ends else f"{begins} – {ends}"


def mean(chapter: Chapter) -> str:
    """Say what a cycle's objectives scored on average; nothing while none is over."""
    if chapter.mean is None:
        return ""
    return f"mean score {formatting.score(chapter.mean)}"


def pattern(chapter: Chapter) -> str:
    """Say kindly what the scores of a cycle show as a set, where that says something."""
    scores = [each.score for each in chapter.objectives if each.score is not None]
    return closing_words.of_set(scores)


def objective(each: PastObjective) -> str:
    """Say where an objective stands: its score, and what was expected of it."""
    state = STATES.get(each.state, each.state.value)
    if each.recovery is not None:
        again = recovery_words.times(each.recovery)
        state = words.joined(recovery_words.MARKS[each.recovery.phase], again)
    if each.score is None:
        return f"{state} · {formatting.percent(each.progress)}"
    expected = "1.0 expected" if each.ambition is Ambition.COMMITTED else "0.7 is success"
    told = f"{formatting.score(each.score)} · {expected}"
    return told if each.state is ObjectiveState.CLOSED else f"{state} · {told}"


def share(each: PastObjective) -> float:
    """Give the share that the bar of an objective shows: its score once it has one."""
    return each.progress if each.score is None else each.score


def event(each: PastEvent) -> str:
    """Say what happened to a KPI, and plainly that it was not the first time."""
    said = SAID[each.what]
    if each.what != "rerouted" or each.times < 2:
        return said
    known = each.times < len(recovery_words.TIMES)
    times = f"the {recovery_words.TIMES[each.times]} time" if known else f"{each.times} times"
    return f"{said} for {times}" if known else f"{said} {times}"
