"""What a lane and its objective say: the way, the standing, the confidence."""

from components import words
from data.views import Lane, ObjectiveView
from models import Confidence, Health, KeyResultKind

CONFIDENCES = {
    Confidence.SURE: "●●●● sure",
    Confidence.LIKELY: "●●●○ likely",
    Confidence.UNSURE: "●●○○ unsure",
    Confidence.DOUBTFUL: "●○○○ doubtful",
}

NO_OBJECTIVES = (
    "No objectives here yet. Add them to objectives.csv and key_results.csv "
    "and run `python -m data import FOLDER`."
)


def standing(lane: Lane) -> str:
    """Say where a key result stands, in one phrase."""
    if lane.standing == "silent":
        return f"no news for {words.span(lane.silent_for)}"
    if lane.standing == "done":
        return "done"
    if lane.kind is KeyResultKind.HOLD and lane.hold_periods is not None:
        name = words.PERIOD_NAMES[lane.cadence] if lane.cadence else "period"
        return f"{lane.held} of {words.counted(lane.hold_periods, name)} held"
    if lane.kind is KeyResultKind.MILESTONE and lane.steps:
        reached = sum(step.done_on is not None for step in lane.steps)
        return f"{reached} of {words.counted(len(lane.steps), 'step')}"
    return pace(lane)


def way(lane: Lane) -> str:
    """Say where a key result comes from and where it goes."""
    if lane.start is None or lane.target is None:
        return ""
    return f"{words.number(lane.start)} → {words.value(lane.target, lane.unit)}"


def since_check_in(lane: Lane) -> str:
    """Say how a key result's value moved since the check-in before."""
    if lane.change is None:
        return ""
    return "unchanged" if abs(lane.change) < words.NOISE else words.change(lane.change)


def confidence(given: Confidence | None) -> str:
    """Say a confidence; one that nobody gave is not invented."""
    return "no confidence given" if given is None else CONFIDENCES[given]


def objective_facts(objective: ObjectiveView, team: str) -> str:
    """Say what kind of objective it is and whose; the team that is looked at goes unsaid."""
    other = "" if objective.team == team else objective.team
    facts = (objective.ambition.value, other, objective.owner)
    return " · ".join(fact for fact in facts if fact)


def progress(share: float) -> str:
    """Write progress as a share of the way."""
    return f"{share:.2f}".replace("-", "−")


def guardrails(objective: ObjectiveView) -> tuple[tuple[int, str, str], ...]:
    """Name the guardrails that are broken or silent: the KPI, its name, what is the matter."""
    return tuple(
        (rail.kpi_id, rail.name, f"{_BREACHES[rail.health]} while this objective runs")
        for rail in objective.guardrails
        if rail.health in _BREACHES
    )


def unvalued(objective: ObjectiveView) -> str:
    """Name the key results that count as nothing yet."""
    return f"counts as 0: {', '.join(objective.unvalued)}" if objective.unvalued else ""


_BREACHES = {Health.OUT_OF_RANGE: "is out of range", Health.NO_DATA: "has no data"}


def pace(lane: Lane) -> str:
    """Say how far a lane is from where it should be."""
    points = words.counted(max(1, round(abs(lane.progress - lane.pace) * 100)), "point")
    phrases = {
        "done": "done",
        "on pace": "on pace",
        "no value": "no value yet",
        "ahead": f"{points} ahead",
        "behind pace": f"{points} behind pace",
    }
    return phrases[lane.standing]
