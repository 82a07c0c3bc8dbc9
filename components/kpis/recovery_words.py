"""What is said of a KPI's recovery: how far it is, what its certificate rests on, what is next."""

from collections.abc import Mapping
from datetime import date

from components.ui import formatting, words
from data.kpis.views.recovery import Phase, RecoveryStep, RecoveryView
from models import Cadence

MARKS: Mapping[Phase, str] = {
    "under way": "↗ on its way back",
    "certified": "✓ certified",
    "on probation": "◐ on probation",
    "relapsed": "▼ slipped again",
    "passed": "◑ held through probation",
    "graduated": "★ graduated",
    "closed": "■ closed",
}
"""Where a recovery stands, as a shape and words."""

TIMES = ("", "", "second", "third", "fourth", "fifth")

STEPS: Mapping[Phase, str] = {
    "certified": "Confirm it is back",
    "passed": "Let it graduate",
    "relapsed": "Take it on again",
}
"""The words on the button of what a person does next with a recovery."""

REASONS: Mapping[RecoveryStep, str] = {
    "confirm": "We looked at it: it is back, and it holds.",
    "graduate": "It held through its probation.",
    "reroute": "It slipped again: we go on with it as before.",
}


def step(recovery: RecoveryView) -> RecoveryStep | None:
    """Give what a person does next with a recovery; None where it waits for nobody."""
    steps: Mapping[Phase, RecoveryStep] = {
        "certified": "confirm",
        "passed": "graduate",
        "relapsed": "reroute",
    }
    return steps.get(recovery.phase)


def times(recovery: RecoveryView) -> str:
    """Say for which time a KPI is brought back; nothing for the first."""
    count = recovery.times + (recovery.phase == "relapsed")
    if count < 2:
        return ""
    return f"{TIMES[count]} time" if count < len(TIMES) else f"{count} times"


def mark(recovery: RecoveryView) -> str:
    """Say where a recovery stands, and plainly that it is not the first."""
    return words.dotted(MARKS[recovery.phase], times(recovery))


def back(recovery: RecoveryView) -> str:
    """Say how much of the way back into its range is done."""
    share = recovery.share_back
    if recovery.is_silent:
        return "◌ no recent reading"
    if share >= 1:
        return "✓ back in range"
    return f"◌ {formatting.percent(share)} of the way back" if share else "◌ not back in range yet"


def held(recovery: RecoveryView, cadence: Cadence) -> str:
    """Count the periods held, in probation those since it was confirmed."""
    in_probation = recovery.phase in ("on probation", "passed")
    count = recovery.kept if in_probation else recovery.held
    once_more = " once more" if in_probation else ""
    periods = words.counted(recovery.periods, words.PERIOD_NAMES[cadence])
    return f"{count} of {periods} held{once_more}"


def parts(recovery: RecoveryView, cadence: Cadence) -> list[str]:
    """Say the two parts of a recovery: back in range, and periods held."""
    return [back(recovery), held(recovery, cadence)]


def certificate(recovery: RecoveryView, cadence: Cadence, unit: str) -> str:
    """Say what a certificate rests on, and what a provisional one cannot rule out."""
    if recovery.phase != "certified":
        return ""
    name = words.PERIOD_NAMES[cadence]
    if not recovery.is_provisional:
        return f"In range and steady for {words.counted(recovery.held, name)}: it is certified."
    told = f"Certified for now: {words.counted(recovery.held, 'reading')} are few."
    if recovery.left_open is not None:
        worse = formatting.value(recovery.left_open, unit, recovery.left_open)
        told += f" It may still be worse than before by {worse}."
    if recovery.half_pass is None:
        return told
    passes = formatting.percent(recovery.half_pass)
    return f"{told} Of those that come back by half, {passes} pass as well."


def awaited(recovery: RecoveryView, cadence: Cadence, unit: str) -> str:
    """Say of a recovery that waits for a person why it does."""
    said = certificate(recovery, cadence, unit)
    return said or "It held through its probation: let it graduate."


def short(recovery: RecoveryView, cadence: Cadence) -> str:
    """Say in few words how a recovery stands while it goes on."""
    if recovery.phase in ("graduated", "closed"):
        return ""
    if recovery.phase in ("under way", "on probation"):
        return held(recovery, cadence)
    if recovery.phase == "certified":
        return "certified, to be confirmed"
    said = MARKS[recovery.phase].partition(" ")[2]
    return words.dotted(said, times(recovery)) if recovery.phase == "relapsed" else said


def line(recovery: RecoveryView, cadence: Cadence, today: date) -> str:
    """Say in one line where a recovery stands."""
    if recovery.phase in ("graduated", "closed"):
        return mark(recovery)
    since = _since(recovery, cadence, today)
    return words.dotted(mark(recovery), since, *parts(recovery, cadence))


def _since(recovery: RecoveryView, cadence: Cadence, today: date) -> str:
    """Say since when it stands so; of one that is certified, what went before."""
    is_certified = recovery.phase == "certified"
    if recovery.relapsed_on is not None:
        verb = "slipped" if is_certified else "since"
        return f"{verb} {formatting.began(cadence, recovery.relapsed_on, today)}"
    if recovery.confirmed_on is not None:
        return f"confirmed {formatting.day(recovery.confirmed_on, today)}"
    verb = "rerouted" if is_certified else "since"
    return f"{verb} {formatting.day(recovery.since, today)}"


def what_next(recovery: RecoveryView) -> str:
    """Say what is to be done about a recovery, or what it waits for."""
    if recovery.is_silent and recovery.phase in ("under way", "on probation"):
        return "Nothing counts as held without a recent reading: enter the one that is due."
    return {
        "under way": "It is certified once it is back and holds.",
        "certified": "Does it look right to you? A person has to confirm it.",
        "on probation": "It is watched for as long once more.",
        "relapsed": "It waits to be taken on again, as before or otherwise, or to be decided.",
        "passed": "Let it graduate: it is just a gauge again.",
        "graduated": "It held, and is just a gauge again.",
        "closed": "It is over.",
    }[recovery.phase]
