"""What a lane and its objective say: the way, what is ahead, the confidence."""

from datetime import date
from math import floor, log10
from typing import Literal

from components.ui import formatting, words
from data.okrs.views.key_results import GuardrailView, KeyResultView, ObjectiveView
from models import Confidence, Health, KeyResultKind, Signal

CONFIDENCES = {
    Confidence.SURE: "●●●● sure",
    Confidence.LIKELY: "●●●○ likely",
    Confidence.UNSURE: "●●○○ unsure",
    Confidence.DOUBTFUL: "●○○○ doubtful",
}

Promise = Literal["in time", "late", "unknown", ""]

EVEN = 0.5
FEWEST = 4
"""From fewer check-ins, and before that week for steps, no day of arrival is told at once."""

NO_RANGE = "its KPI has no ideal range"

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


def phrase(lane: KeyResultView, today: date, on: date) -> str:
    """Say in one phrase whether a key result arrives, as it was on a day."""
    if lane.standing == "silent":
        return f"no news for {words.span(lane.silent_for)}"
    if lane.standing in ("done", "no value") or _has_nothing_ahead(lane, on):
        return pace(lane)
    if lane.chance is None:
        return NO_RANGE if lane.lacks_range else "too early to say"
    if lane.chance >= EVEN or _is_young(lane):
        return f"{likely(lane.chance)} by{formatting.FIXED}{_day(lane.ends_on, today)}"
    if lane.arrives_on is not None:
        return f"arrives {_day(lane.arrives_on, today)}"
    return "no arrival in sight"


def promise(lane: KeyResultView, on: date) -> Promise:
    """Tell what a lane's phrase promises; nothing where it tells the standing instead.

    Little that is known does not make a key result late.
    """
    if lane.standing in ("done", "silent", "no value") or _has_nothing_ahead(lane, on):
        return ""
    if lane.chance is None:
        return "unknown"
    if lane.chance >= EVEN:
        return "in time"
    return "unknown" if _is_young(lane) else "late"


def lag(lane: KeyResultView, on: date) -> str:
    """Say how far a lane is behind where its phrase tells what is ahead."""
    if lane.standing != "behind pace" or _has_nothing_ahead(lane, on):
        return ""
    return f"{_points(lane)} behind"


def rests_on(lane: KeyResultView, on: date) -> str:
    """Say what the chance of a lane rests on; its steps are counted anyhow."""
    told = lane.chance is not None and promise(lane, on) != ""
    return _rests_on(lane) if told and lane.kind is not KeyResultKind.MILESTONE else ""


def likely(chance: float) -> str:
    """Say a chance in percent; one that is not certain is never 0 or 100."""
    percent = round(chance * 100)
    if 1 <= percent <= 99:
        return formatting.percent(chance)
    return f"{'under' if percent < 1 else 'over'} {1 if percent < 1 else 99}{formatting.FIXED}%"


def prospect(lane: KeyResultView, today: date, on: date) -> str:
    """Say all that is expected of a lane: its chance, its arrival, where it is likely to end."""
    if lane.chance is None and promise(lane, on) == "unknown":
        if lane.lacks_range:
            return f"{NO_RANGE}: nothing says when it is held"
        return f"too early to say: a forecast needs {_NEEDS[_source(lane)]}"
    if lane.chance is None or lane.span is None:
        return ""
    by = _day(lane.ends_on, today)
    arrival = "no arrival in sight"
    if lane.arrives_on is not None:
        arrival = f"even chance from {_day(lane.arrives_on, today)}"
    chance = f"{likely(lane.chance)} likely by {by}"
    expected = f"expected {_ends(lane, lane.span)} by {by}, 80{formatting.FIXED}% sure"
    basis = lane.rests_on
    rests_on = f"{_rests_on(lane)}, week {basis.week} of {basis.weeks}" if basis else ""
    return " · ".join(filter(None, (chance, arrival, expected, rests_on)))


def count(lane: KeyResultView) -> str:
    """Count the steps done or the periods held, of a lane that has them."""
    if lane.kind is KeyResultKind.HOLD and lane.hold_periods is not None:
        return f"{lane.held} of {words.counted(lane.hold_periods, _period(lane))} held"
    if lane.kind is KeyResultKind.MILESTONE and lane.steps:
        reached = sum(step.done_on is not None for step in lane.steps)
        return f"{reached} of {words.counted(len(lane.steps), 'step')}"
    return ""


def way(lane: KeyResultView) -> str:
    """Say where a key result comes from and where it goes, or what of it is counted."""
    if lane.kind is not KeyResultKind.METRIC:
        return count(lane)
    if lane.start is None or lane.target is None:
        return ""
    return formatting.way(lane.start, lane.target, lane.unit)


def since_check_in(lane: KeyResultView) -> str:
    """Say how a key result's value moved since the check-in before."""
    if lane.change is None:
        return ""
    return "unchanged" if abs(lane.change) < formatting.NOISE else formatting.change(lane.change)


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
    return formatting.decimals(share, 2)


def ends_near(objective: ObjectiveView) -> str:
    """Say what an objective's progress is expected to be at the cycle's end."""
    under_way = any(lane.standing != "done" for lane in objective.lanes)
    if objective.expected is None or not under_way:
        return ""
    return f"ends near{formatting.FIXED}{progress(objective.expected)}"


def guardrails(objective: ObjectiveView) -> tuple[tuple[int, str, str], ...]:
    """Name the guardrails that are broken, silent or drift: the KPI, its name, what is wrong."""
    return tuple(
        (rail.kpi_id, rail.name, f"{matter} while this objective runs")
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


def pace(lane: KeyResultView) -> str:
    """Say how far a lane is from where it should be."""
    if lane.goes_nowhere and lane.value is not None and lane.standing != "silent":
        return "start and target are the same"
    phrases = {
        "done": "done",
        "on pace": "on pace",
        "no value": "no value yet",
        "ahead": f"{_points(lane)} ahead",
        "behind pace": f"{_points(lane)} behind pace",
    }
    return phrases[lane.standing]


_BREACHES = {Health.OUT_OF_RANGE: "is out of range", Health.NO_DATA: "has no data"}

_NEEDS = {
    "steps": "a first step or check-in",
    "readings": "4 readings",
    "check-ins": "a first check-in",
}

_YEARLESS_DAYS = 300


def _has_nothing_ahead(lane: KeyResultView, on: date) -> bool:
    """Tell whether a lane is over or its cycle is, or it goes nowhere."""
    return lane.is_over or lane.ends_on < on or lane.goes_nowhere


def _is_young(lane: KeyResultView) -> bool:
    """Tell whether a chance rests on so little that a day of arrival would say too much."""
    basis = lane.rests_on
    if basis is None:
        return False
    return (basis.week if lane.kind is KeyResultKind.MILESTONE else basis.count) < FEWEST


def _source(lane: KeyResultView) -> str:
    if lane.kind is KeyResultKind.MILESTONE:
        return "steps"
    return "readings" if lane.fed_by else "check-ins"


def _rests_on(lane: KeyResultView) -> str:
    if lane.rests_on is None:
        return ""
    if lane.kind is KeyResultKind.MILESTONE:
        return f"from {count(lane)}"
    return f"from {words.counted(lane.rests_on.count, _source(lane).removesuffix('s'))}"


def _points(lane: KeyResultView) -> str:
    return words.counted(max(1, round(abs(lane.progress - lane.pace) * 100)), "point")


def _period(lane: KeyResultView) -> str:
    return words.PERIOD_NAMES[lane.cadence] if lane.cadence else "period"


def _day(when: date, today: date) -> str:
    """Name a day that is less than a year away: it needs no year."""
    return formatting.day(when, when if abs(when - today).days < _YEARLESS_DAYS else today)


def _ends(lane: KeyResultView, span: tuple[float, float]) -> str:
    """Say the ends of a span in what the lane counts, no finer than a tenth of its way."""
    if lane.kind is KeyResultKind.MILESTONE:
        ends = [float(round(share * 100)) for share in span]
        unit = f"{formatting.FIXED}% of the way"
    elif lane.kind is KeyResultKind.HOLD:
        ends = [float(round(share * (lane.hold_periods or 0))) for share in span]
        unit = f" {_period(lane)}s held"
    else:
        start, way = lane.start or 0.0, (lane.target or 0.0) - (lane.start or 0.0)
        places = 1 - floor(log10(abs(way)))
        ends = sorted(round(start + share * way, places) for share in span)
        unit = formatting.with_unit("", lane.unit)
    low, high = (formatting.number(end) for end in ends)
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"
