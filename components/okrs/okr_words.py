"""What the page of objectives and key results says."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from components.cockpit import key_result_words, objective_words
from components.kpis import action_words, guardrail_words, recovery_words
from components.kpis.decision_form import LONGEST_AHEAD, Kind
from components.ui import formatting, words
from components.ui.payloads import shaped
from data.okrs.views.drafts import OkrKeyResult, OkrNode, OkrObjective, Okrs
from data.okrs.views.key_results import Standing
from models import Ambition, Cadence, KeyResultKind, ObjectiveState

STATES = {
    ObjectiveState.DRAFT: "◌ draft",
    ObjectiveState.ACTIVE: "● active",
    **objective_words.STATES,
}
"""Each state as a shape and a word."""

PACES: Mapping[Standing, str] = {
    "done": "✓ done",
    "ahead": "▲ {} ahead",
    "on pace": "● on pace",
    "behind pace": "▼ {} behind",
    "silent": "◌ no news",
    "no value": "◌ no value yet",
}
"""How an objective is against where it should be, as a shape and words."""

OVER = {ObjectiveState.CLOSED, ObjectiveState.GRADUATED}
UNDER_WAY = {ObjectiveState.ACTIVE, ObjectiveState.PROBATION}

STEPS = {
    ObjectiveState.DRAFT: (("start", "Start"),),
    ObjectiveState.ACTIVE: (("close", "Close"),),
    ObjectiveState.PROBATION: (("close", "Close"),),
    ObjectiveState.GRADUATED: (("reopen", "Reopen"),),
    ObjectiveState.CLOSED: (("reopen", "Reopen"),),
}
"""What can be done next in each state, and the word on its button."""

DONE = {"start": "Started.", "reopen": "Reopened.", "back to draft": "A draft again."}
"""What is told of a step that was taken; a closing tells its score."""

BACK = ("back to draft", "Back to draft")

SUCCESS = {
    Ambition.COMMITTED: "Committed: 1.0 is expected.",
    Ambition.ASPIRATIONAL: "Aspirational: 0.7 is success.",
}
"""What a score is held against."""

ACT = Kind("Act", "Add action", "Who does what by when?", "What", "ask three growers about it")
"""The form in which one agrees on an action."""

START = "Start the cycle with these"
STARTED = "The cycle has started."
CLOSE = "Close the cycle"

AMBITIONS = tuple((ambition.value, ambition.value) for ambition in reversed(Ambition))

NO_CYCLE = (
    "There is no cycle yet. Add the first one in Settings, under Cycles: a quarter, for example, "
    "with the day it starts and the day it ends."
)
NOTHING_THEN = "There were no objectives here on that day."


def empty(view: Okrs, *, editable: bool) -> str:
    """Say what to do first where there is nothing; nothing where there is something."""
    if view.cycle is None:
        return NO_CYCLE
    if any(row.state not in OVER for row in view.objectives):
        return ""
    if closed := closed_count(view):
        return over(closed)
    if not editable:
        return NOTHING_THEN
    return (
        f"{view.team.name} has no objectives in {view.cycle.name} yet. Type the first one below: "
        "what will be different at the end? Enter saves it and takes you to its key results. "
        "Or use an example, or what another cycle left."
    )


def closed_count(view: Okrs) -> int:
    """Count the objectives that are over, whether they were read or not."""
    return view.hidden + sum(row.state in OVER for row in view.objectives)


def over(hidden: int) -> str:
    """Say that there are objectives, and all of them are over."""
    if hidden == 1:
        return "The one objective here is closed, and none is under way."
    return f"All {hidden} objectives here are closed, and none is under way."


def state_now(row: OkrObjective) -> str:
    """Say the state of an objective; of a recovery that goes on, where that stands."""
    if row.recovery is None or not row.recovers:
        return STATES[row.state]
    return recovery_words.mark(row.recovery)


def objective_now(row: OkrObjective, day: date) -> str:
    """Say an objective's state, how far it is where it is under way, and what broke on it."""
    state = state_now(row)
    broken = guardrail_words.marks(row.breaches, day)
    if row.state in OVER:
        return words.dotted(state, scored(row.score), broken)
    share = "" if row.state is ObjectiveState.DRAFT else formatting.percent(row.progress)
    return words.dotted(state, share, broken, _to_do(row))


def acting(today: date) -> dict[str, Any]:
    """Write what the form of an action needs; its day is the usual one of a weekly check-in."""
    return {
        "kinds": {"act": asdict(ACT)},
        "today": today.isoformat(),
        "latest": (today + timedelta(days=LONGEST_AHEAD)).isoformat(),
        "due": action_words.usual_day(Cadence.WEEKLY, today).isoformat(),
    }


def agreed(due: date) -> str:
    """Say that it was agreed that something is done by a day."""
    return f"Agreed: to be done by {formatting.day(due, due)}."


def _to_do(row: OkrObjective | OkrKeyResult) -> str:
    return f"{len(row.actions)} to do" if row.actions else ""


def standing(row: OkrNode) -> dict[str, str]:
    """Say an objective's state as a mark; of one under way, how it is against its pace."""
    is_active = row.state is ObjectiveState.ACTIVE
    mark = STATES[row.state]
    if row.state in OVER:
        mark += f" · score {formatting.score(min(row.progress, 1.0))}"
    if is_active:
        points = max(round(abs(row.progress - row.pace) * 100), 1)
        mark = PACES[row.standing].format(words.counted(points, "point"))
    kind = row.standing.replace(" ", "-") if is_active else row.state.value
    return {"kind": kind, **shaped(mark)}


def ends_near(row: OkrNode) -> str:
    """Say where an objective is likely to end; nothing where it is there or nobody can tell."""
    if row.expected is None or row.standing == "done" or row.state not in UNDER_WAY:
        return ""
    return f"ends near{formatting.FIXED}{formatting.percent(row.expected)}"


def scored(share: float | None) -> str:
    """Say a score; one without key results has none, which is not 0."""
    return "no score" if share is None else f"score {formatting.score(share)}"


def closed(*scores: float | None) -> str:
    """Say what objectives were closed with."""
    if len(scores) == 1:
        share = scores[0]
        with_what = (
            "without a score" if share is None else f"with a score of {formatting.score(share)}"
        )
        return f"Closed {with_what}."
    return f"Closed {len(scores)} objectives, each with its score."


class Question(NamedTuple):
    """What is asked before something is done, and the words on its two buttons."""

    question: str
    yes: str
    no: str


ARCHIVING = Question("Archive it? It leaves the table; History keeps it.", "Archive", "Keep it")


def closing(row: OkrObjective, day: date) -> Question:
    """Ask whether an objective is to be closed with its score."""
    if row.score is None:
        return Question("Close without a score? It has no key results.", "Close it", "Keep it open")
    said = formatting.score(row.score)
    asked = (f"Close with a score of {said}?", SUCCESS[row.ambition], _broke(row, day))
    return Question(
        " ".join(filter(None, asked)),
        f"Close with {said}",
        "Keep it open",
    )


def _broke(row: OkrObjective, day: date) -> str:
    return guardrail_words.at_closing(row.breaches, row.score or 0.0, row.ambition, day)


def archiving(row: OkrObjective, day: date) -> Question:
    """Ask whether an objective is to be put away; one with check-ins is closed instead."""
    if not row.checked_in:
        return ARCHIVING
    asked = closing(row, day)
    return asked._replace(question=f"It has check-ins, which are kept. {asked.question}")


def steps(row: OkrObjective) -> tuple[tuple[str, str], ...]:
    """Give what can be done next, with the words on its buttons; a recovery goes its own way."""
    return () if row.recovers else STEPS[row.state]


def steps_aside(row: OkrObjective) -> tuple[tuple[str, str], ...]:
    """Give what is seldom done next, with the words on its buttons."""
    is_new = row.state is ObjectiveState.ACTIVE and not row.checked_in
    return (BACK,) if is_new and not row.recovers else ()


def start(view: Okrs) -> str:
    """Say what can be done with the drafts; nothing where there is none."""
    return START if any(row.state is ObjectiveState.DRAFT for row in view.objectives) else ""


def ending(view: Okrs) -> dict[str, Any] | None:
    """Ask whether to close what is still under way when the cycle is over; None before."""
    rows = [row for row in view.objectives if row.state in UNDER_WAY and not _rests(row)]
    if view.cycle is None or view.cycle.ends_on >= view.day or not rows:
        return None
    ended = formatting.day(view.cycle.ends_on, view.day)
    question = Question(
        f"{view.cycle.name} ended on {ended}. Close {_these(rows)}?",
        "Close it" if len(rows) == 1 else f"Close all {len(rows)}",
        "Keep it open" if len(rows) == 1 else "Keep them open",
    )
    return {
        "button": CLOSE,
        "ids": [row.id for row in rows],
        "rows": [_scored(row, view.day) for row in rows],
        **question._asdict(),
    }


def _rests(row: OkrObjective) -> bool:
    """Tell whether a recovery stays in its cycle until its probation is over."""
    return row.recovery is not None and row.recovery.phase in ("on probation", "passed")


def _scored(row: OkrObjective, day: date) -> str:
    told = "goes on in the next cycle" if row.recovers else SUCCESS[row.ambition]
    return words.dotted(row.name, scored(row.score), told, _broke(row, day))


def _these(rows: Sequence[OkrObjective]) -> str:
    return "this with its score" if len(rows) == 1 else "each of these with its score"


def key_result_now(row: OkrKeyResult, day: date) -> str:
    """Say where a key result is; without a target nobody knows how far that is."""
    value = formatting.value(row.value, row.unit, row.start, row.target)
    if row.recovery is not None:
        held = f"{row.recovery.held} of {row.recovery.periods} held"
        known = "" if row.value is None else value
        return words.dotted(known, recovery_words.back(row.recovery), held, _to_do(row))
    if row.progress is None:
        return words.dotted("no value yet" if row.value is None else value, _to_do(row))
    share = formatting.percent(row.progress)
    lasts = key_result_words.LASTING[row.lasting] if row.lasting else ""
    step = row.on_the_way
    way = key_result_words.on_the_way(step, row.unit, row.target, day) if step else ""
    return words.dotted("" if row.value is None else value, share, way, lasts, _to_do(row))


def still(row: OkrKeyResult, day: date) -> str:
    """Say what of a key result is still to be done."""
    if row.kind is KeyResultKind.MILESTONE:
        return key_result_now(row, day)
    if row.kind is KeyResultKind.HOLD:
        return f"held for {row.hold_periods or 0} periods in the end"
    since = row.start if row.value is None else row.value
    return formatting.way(since, row.target, row.unit)
