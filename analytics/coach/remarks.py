"""All remarks on a draft: the most useful first, at most two a row, none against another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from analytics.coach.activity import activity, milestones_only
from analytics.coach.counts import key_results, kpis, objectives
from analytics.coach.distance import no_distance, within_wobble
from analytics.coach.draft import DraftObjective, DraftTeam
from analytics.coach.guardrails import guarded_elsewhere, no_guardrail
from analytics.coach.kinds import one_kind
from analytics.coach.ranges import easy_range, hard_range
from analytics.coach.remark import About, Kind, Remark
from analytics.coach.sharing import duplicate, pulled_two_ways
from analytics.coach.stretch import End, ends, no_stretch, out_of_reach
from analytics.coach.unfinished import unfinished
from analytics.coach.weights import one_weight
from analytics.coach.wording import figures, long, slogan, task

MOST_A_ROW = 2
USEFUL = {kind: place for place, kind in enumerate(Kind)}

SILENCES = {
    # What should not be a key result needs no better numbers.
    Kind.ACTIVITY: {
        Kind.UNFINISHED,
        Kind.NO_DISTANCE,
        Kind.WITHIN_WOBBLE,
        Kind.NO_STRETCH,
        Kind.OUT_OF_REACH,
    },
    # Which of two targets holds comes before how far away it is.
    Kind.PULLED_TWO_WAYS: {Kind.WITHIN_WOBBLE, Kind.NO_STRETCH, Kind.OUT_OF_REACH},
    Kind.GUARDED_ELSEWHERE: {Kind.WITHIN_WOBBLE, Kind.NO_STRETCH, Kind.OUT_OF_REACH},
    # “Aim further” is said once.
    Kind.NO_STRETCH: {Kind.WITHIN_WOBBLE},
    # An objective that says something else tomorrow needs no shorter words today.
    Kind.TASK: {Kind.LONG, Kind.FIGURES},
    Kind.SLOGAN: {Kind.LONG, Kind.FIGURES},
}
"""Which remarks another one on the same row makes needless, or would be against."""


def remarks(team: DraftTeam) -> list[Remark]:
    """Return what the coach says about a draft: at most two remarks a row, best first."""
    found = sorted(_all(team), key=lambda remark: USEFUL[remark.kind])
    kept: list[Remark] = []
    rows: Counter[About] = Counter()
    for remark in found:
        said = {other.kind for other in found if other.about == remark.about}
        silenced = any(remark.kind in SILENCES.get(kind, ()) for kind in said)
        if not silenced and rows[remark.about] < MOST_A_ROW:
            rows[remark.about] += 1
            kept.append(remark)
    return kept


def _all(team: DraftTeam) -> Iterator[Remark]:
    found = [objectives(team), kpis(team), *_on_objectives(team), *_on_kpis(team)]
    yield from (remark for remark in found if remark is not None)


def _on_objectives(team: DraftTeam) -> Iterator[Remark | None]:
    fed = [key_result.kpi for each in team.objectives for key_result in each.key_results]
    found = iter(ends([kpi for kpi in fed if kpi is not None]))
    for at, objective in enumerate(team.objectives):
        about = About(at)
        for judge in (task, figures, long, slogan, key_results, milestones_only, one_kind):
            yield judge(objective, about)
        yield no_guardrail(objective, about)
        for index, key_result in enumerate(objective.key_results):
            end = None if key_result.kpi is None else next(found)
            yield from _on_key_result(team, objective, About(at, index), end)


def _on_key_result(
    team: DraftTeam, objective: DraftObjective, about: About, end: End | None
) -> Iterator[Remark | None]:
    at = about.key_result or 0
    key_result = objective.key_results[at]
    for judge in (activity, unfinished, no_distance, within_wobble):
        yield judge(key_result, about)
    yield no_stretch(key_result, end, about)
    yield out_of_reach(key_result, end, about)
    yield pulled_two_ways(team, key_result, about)
    yield guarded_elsewhere(team, key_result, about)
    yield duplicate(team, key_result, about)
    yield one_weight(objective, at, about)


def _on_kpis(team: DraftTeam) -> Iterator[Remark | None]:
    """Judge the ranges; one that a key result is about to reach is on its way already."""
    pursued = {
        key_result.kpi.name
        for objective in team.objectives
        for key_result in objective.key_results
        if key_result.kpi is not None
    }
    for kpi in team.kpis:
        yield easy_range(kpi)
        if kpi.name not in pursued:
            yield hard_range(kpi)
