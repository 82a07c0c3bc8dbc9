"""What is said as a cycle is closed."""

from collections.abc import Sequence
from datetime import date

from components.cockpit import key_result_words
from components.kpis import guardrail_words
from components.okrs import okr_words
from components.ui import formatting, words
from data.okrs.views.closing import Closing, ClosingKeyResult, ClosingObjective
from data.okrs.views.drafts import OkrObjective
from models import Ambition, KeyResultKind, NextStep

NOT_PAY = "Scores are for learning. They are not pay, and they rank nobody."
FEWEST = 2
"""Of fewer objectives that are over nothing is said of them all."""

NEXT: dict[NextStep | None, str] = {
    None: "not decided",
    NextStep.KEEP: "keep doing it",
    NextStep.CARRY_OVER: "carry it over",
    NextStep.DROP: "drop it",
    NextStep.GRADUATE: "make it a KPI",
}
EXPECTED = {
    Ambition.COMMITTED: "committed: 1.0 is expected",
    Ambition.ASPIRATIONAL: "aspirational: 0.7 is success",
}
GOES_ON = "It still recovers: it is closed here with its score, and goes on in the next cycle."
STAYS = "It is on probation, and stays in this cycle until that is over."
NO_NEXT = "There is no next cycle yet. Add it, and what you carry over begins there as drafts."
NO_CYCLE = "There is no cycle yet to close. Add the first one in Settings, under Cycles."
CLOSED, SAVED = "Closed with what you learned.", "Saved."
GONE_ON = "Closed here with what you learned. It goes on in the next cycle."


def nothing(view: Closing, team: str) -> str:
    """Say why there is nothing to close; nothing where there is something."""
    if view.cycle is None:
        return NO_CYCLE
    return "" if view.objectives else f"{team} has nothing to close in {view.cycle.name}."


def pattern(view: Closing) -> str:
    """Say kindly what the scores of those that are over show as a set."""
    scores = [each.score for each in view.objectives if each.row.state in okr_words.OVER]
    return of_set([score for score in scores if score is not None])


def of_set(scores: Sequence[float]) -> str:
    """Say kindly what scores show as a set; nothing of few, or where they are as they should.

    All at 1.0 was too safe; most under 0.4 was too much at once.
    """
    if len(scores) < FEWEST:
        return ""
    if all(score >= 1 for score in scores):
        return "All of it got there: next time you can aim a little higher."
    if sum(score < 0.4 for score in scores) * 2 > len(scores):
        return "Most of it was too much for one cycle: fewer next time, and each of them whole."
    return ""


def objective(each: ClosingObjective) -> str:
    """Say an objective's state, its score and what was expected of it."""
    state = okr_words.state_now(each.row)
    return f"{state} · {okr_words.scored(each.score)} · {EXPECTED[each.row.ambition]}"


def broke(each: ClosingObjective, day: date) -> str:
    """Say which guardrails broke on the way."""
    row = each.row
    return guardrail_words.at_closing(row.breaches, each.score or 0.0, row.ambition, day)


def key_result(each: ClosingKeyResult) -> str:
    """Say where a key result stands or ended, and whether that lasts."""
    row = each.row
    value = formatting.value(row.value, row.unit, row.start, row.target)
    way = formatting.way(row.start, row.target, row.unit) if row.target is not None else ""
    if row.kind is KeyResultKind.HOLD and row.hold_periods:
        way = f"{round((row.progress or 0.0) * row.hold_periods)} of {row.hold_periods} held"
    lasts = key_result_words.LASTING[row.lasting] if row.lasting else ""
    ended = "no value" if row.value is None and row.progress is None else ""
    ended = ended or (formatting.percent(row.progress or 0.0) if row.value is None else value)
    told = (f"at {ended}" if ended != "no value" else ended, way, lasts)
    return words.dotted(*told)


def recovering(each: ClosingObjective) -> str:
    """Say what becomes of a recovery, which goes its own way; nothing of other objectives."""
    if not each.row.recovers:
        return ""
    return GOES_ON if _goes_on(each.row) else STAYS


def _goes_on(row: OkrObjective) -> bool:
    """Tell whether an objective is a recovery that goes on in the next cycle."""
    return row.recovers and row.recovery is not None and row.recovery.is_open


def _holds(each: ClosingObjective, key_result: ClosingKeyResult) -> bool:
    """Tell whether a key result holds what goes on."""
    return _goes_on(each.row) and key_result.row.recovery is not None


def next_steps(each: ClosingObjective, key_result: ClosingKeyResult) -> tuple[NextStep | None, ...]:
    """Give what may be made of a key result; what still recovers is carried over."""
    return (NextStep.CARRY_OVER,) if _holds(each, key_result) else (None, *NextStep)


def next_step(each: ClosingObjective, key_result: ClosingKeyResult) -> NextStep | None:
    """Give what is to become of a key result, as somebody said or as a recovery goes on."""
    is_left = _goes_on(each.row) and (key_result.row.progress or 0.0) < 1
    if _holds(each, key_result) or (is_left and key_result.next_step is None):
        return NextStep.CARRY_OVER
    return key_result.next_step


def computed(each: ClosingKeyResult) -> str:
    """Name the field of the score, with the one that follows from how far a key result came."""
    return (
        "Score" if each.computed is None else f"Score, computed {formatting.score(each.computed)}"
    )


def graduates(each: ClosingKeyResult) -> str:
    """Say with which range a key result would become a KPI."""
    if not each.range_reason:
        return ""
    ideal = words.ideal(*each.range, each.row.unit)
    if each.range == (None, None):
        return f"As a KPI it would have no range yet. {each.range_reason}"
    return f"As a KPI: {ideal}. {each.range_reason}"


def submit(each: ClosingObjective) -> str:
    """Name the button: an objective under way is closed, all else is saved."""
    return "Close it with this" if is_open(each.row) else "Save"


def is_open(row: OkrObjective) -> bool:
    """Tell whether an objective may be closed: not one that is over, or on probation."""
    return row.state in okr_words.UNDER_WAY and (not row.recovers or _goes_on(row))


def kept(each: ClosingObjective) -> str:
    """Say what became of what was made of an objective."""
    if not is_open(each.row):
        return SAVED
    return GONE_ON if _goes_on(each.row) else CLOSED
