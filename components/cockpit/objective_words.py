"""What an objective says: its state and whose it is, where it ends, what does not hold."""

from datetime import date
from typing import NamedTuple

from components.kpis import guardrail_words, recovery_words
from components.ui import formatting, words
from data.okrs.views.key_results import GuardrailView, ObjectiveView
from models import Health, ObjectiveState, Signal

STATES = {
    ObjectiveState.CLOSED: "■ closed",
    ObjectiveState.GRADUATED: "★ graduated",
    ObjectiveState.PROBATION: "◐ on probation",
}
"""What stands beside an objective that is not simply under way."""

UNDER_WAY = (ObjectiveState.ACTIVE, ObjectiveState.PROBATION)

_BREACHES = {Health.OUT_OF_RANGE: "is out of range", Health.NO_DATA: "has no data"}

NO_OBJECTIVES = (
    "No objectives here yet. Write the first one on the page OKRs, or bring yours in on the "
    "page Import."
)


def empty(drafts: int) -> str:
    """Say what to do first where no objective is under way."""
    if not drafts:
        return NO_OBJECTIVES
    waiting = "1 draft waits" if drafts == 1 else f"{drafts} drafts wait"
    return f"{waiting} on the page OKRs: start {'it' if drafts == 1 else 'them'} there."


def facts(objective: ObjectiveView, team: str) -> str:
    """Say what kind of objective it is, whose and where it ends; the team looked at goes unsaid.

    One that is not under way says so first.
    """
    other = "" if objective.team == team else objective.team
    recovery = objective.recovery
    state = STATES.get(objective.state, "") if recovery is None else recovery_words.mark(recovery)
    score = "" if objective.score is None else f"score {formatting.score(objective.score)}"
    owner, ends = objective.owner or "", ends_near(objective)
    return words.dotted(state, score, objective.ambition.value, other, owner, ends)


def ends_near(objective: ObjectiveView) -> str:
    """Say what an objective's progress is expected to be at the cycle's end."""
    under_way = any(key_result.standing != "done" for key_result in objective.key_results)
    if objective.expected is None or not under_way:
        return ""
    return f"likely {formatting.percent(objective.expected)} at the end"


class Breach(NamedTuple):
    """A guardrail that does not hold: its KPI and what is wrong."""

    id: int
    name: str
    matter: str


def guardrails(objective: ObjectiveView, today: date) -> tuple[Breach, ...]:
    """Name the guardrails that broke, are silent or drift; of what is over, those that broke."""
    says = _fared if objective.state in UNDER_WAY else _broke
    return tuple(
        Breach(rail.kpi_id, rail.name, matter)
        for rail in objective.guardrails
        if (matter := says(rail, today))
    )


def _broke(rail: GuardrailView, today: date) -> str:
    return guardrail_words.broke(rail.breach, today) if rail.breach else ""


def _fared(rail: GuardrailView, today: date) -> str:
    """Say what is the matter with a guardrail, and since when it is broken."""
    matter, breach = _matter(rail), rail.breach
    if breach is None or breach.mended_on is not None:
        return f"{matter} while this objective runs" if matter else ""
    if not matter:
        return f"{guardrail_words.broke(breach, today)} and is not steady yet"
    return f"{matter} · {guardrail_words.since(breach, today)}"


def _matter(rail: GuardrailView) -> str:
    drifts = rail.signal is Signal.DRIFTING and rail.health is not Health.NO_DATA
    matters = (_BREACHES.get(rail.health, ""), "is drifting" if drifts else "")
    return " and ".join(matter for matter in matters if matter)


def unvalued(objective: ObjectiveView) -> str:
    """Name the key results that count as nothing yet."""
    return f"counts as 0: {', '.join(objective.unvalued)}" if objective.unvalued else ""
