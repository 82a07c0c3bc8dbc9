"""What an objective says: its state and whose it is, where it ends, what does not hold."""

from typing import NamedTuple

from components.kpis import recovery_words
from components.ui import formatting
from data.kpis.views.recovery import RecoveryView
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


def facts(objective: ObjectiveView, team: str) -> str:
    """Say what kind of objective it is, whose and where it ends; the team looked at goes unsaid.

    One that is not under way says so first.
    """
    other = "" if objective.team == team else objective.team
    recovery = objective.recovery
    state = STATES.get(objective.state, "") if recovery is None else _recovers(recovery)
    known = (state, objective.ambition.value, other, objective.owner, ends_near(objective))
    return " · ".join(fact for fact in known if fact)


def _recovers(recovery: RecoveryView) -> str:
    """Say where a recovery stands, and plainly that it is not the first."""
    again = recovery_words.times(recovery)
    mark = recovery_words.MARKS[recovery.phase]
    return f"{mark} · {again}" if again else mark


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


def guardrails(objective: ObjectiveView) -> tuple[Breach, ...]:
    """Name the guardrails that are broken, silent or drift."""
    return tuple(
        Breach(rail.kpi_id, rail.name, f"{matter} while this objective runs")
        for rail in objective.guardrails
        if (matter := _matter(rail))
    )


def _matter(rail: GuardrailView) -> str:
    drifts = rail.signal is Signal.DRIFTING and rail.health is not Health.NO_DATA
    matters = (_BREACHES.get(rail.health, ""), "is drifting" if drifts else "")
    return " and ".join(matter for matter in matters if matter)


def unvalued(objective: ObjectiveView) -> str:
    """Name the key results that count as nothing yet."""
    return f"counts as 0: {', '.join(objective.unvalued)}" if objective.unvalued else ""
