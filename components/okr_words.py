"""What the page of objectives and key results says."""

from components import words
from data.views import OkrKeyResult, OkrObjective, Okrs
from models import Ambition, KeyResultKind, ObjectiveState, Scope

STATES = {
    ObjectiveState.DRAFT: "◌ draft",
    ObjectiveState.ACTIVE: "● active",
    ObjectiveState.PROBATION: "◐ on probation",
    ObjectiveState.GRADUATED: "★ graduated",
    ObjectiveState.CLOSED: "■ closed",
}
"""Each state as a shape and a word."""

OVER = {ObjectiveState.CLOSED, ObjectiveState.GRADUATED}

STEPS = {
    ObjectiveState.DRAFT: (("start", "Start"),),
    ObjectiveState.ACTIVE: (("close", "Close"),),
    ObjectiveState.PROBATION: (("close", "Close"),),
    ObjectiveState.GRADUATED: (("reopen", "Reopen"),),
    ObjectiveState.CLOSED: (("reopen", "Reopen"),),
}
"""What can be done next in each state, and the word on its button."""

AMBITIONS = tuple((ambition.value, ambition.value) for ambition in reversed(Ambition))
SCOPES = tuple((scope.value, scope.value) for scope in Scope)
KINDS = tuple((kind.value, kind.value) for kind in KeyResultKind)

NO_CYCLE = (
    "There is no cycle yet. Add the first one in Settings, under Cycles: a quarter, for example, "
    "with the day it starts and the day it ends."
)
NOTHING_THEN = "There were no objectives here on that day."


def empty(view: Okrs, *, editable: bool) -> str:
    """Say what to do first where there is nothing; nothing where there is something."""
    if view.cycle is None:
        return NO_CYCLE
    if view.objectives:
        return ""
    if not editable:
        return NOTHING_THEN
    return (
        f"{view.team.name} has no objectives in {view.cycle.name} yet. Type the first one below: "
        "what will be different at the end? Enter saves it and takes you to its key results. "
        "Or begin from an example, or with what another cycle left."
    )


def objective_now(row: OkrObjective) -> str:
    """Say an objective's state, and how far it is where it is under way."""
    state = STATES[row.state]
    if row.state is ObjectiveState.DRAFT:
        return state
    return f"{state} · {percent(row.progress)}"


def key_result_now(row: OkrKeyResult) -> str:
    """Say where a key result is."""
    if row.progress is None:
        return "no value yet"
    share = percent(row.progress)
    if row.value is None:
        return share
    return f"{words.value(row.value, row.unit)} · {share}"


def percent(share: float) -> str:
    """Write a share as a percentage."""
    return f"{words.number(round(share * 100))}{words.FIXED}%"


def plain(value: float | None) -> str:
    """Write a number as one would type it."""
    return "" if value is None else f"{value:.12g}"
