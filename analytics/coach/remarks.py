"""All remarks on a plan: the most useful first, at most two a row, none against another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from analytics.coach.activity import activity, milestones_only
from analytics.coach.counts import key_results, kpis, objectives
from analytics.coach.distance import no_distance, within_wobble
from analytics.coach.draft import DraftObjective, DraftTeam, KpiFacts
from analytics.coach.guardrails import guarded_elsewhere, no_guardrail
from analytics.coach.history import limits
from analytics.coach.kinds import one_kind
from analytics.coach.ranges import easy_range, hard_range
from analytics.coach.remark import About, Kind, Remark
from analytics.coach.sharing import duplicate, pulled_two_ways
from analytics.coach.stretch import End, ends, no_stretch, out_of_reach
from analytics.coach.together import together
from analytics.coach.unfinished import many_ownerless, ownerless, unfinished
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
    """Return what the coach says about a team's plan: at most two remarks a row, best first.

    Drafts are looked at as a whole; what is under way hears of nothing but what can still be
    acted on: no owner, no guardrail, targets that are against each other.
    """
    found = sorted(_all(team), key=lambda remark: USEFUL[remark.kind])
    said: dict[About, set[Kind]] = {}
    for remark in found:
        said.setdefault(remark.about, set()).add(remark.kind)
    heard = [remark for remark in found if not _is_silenced(remark, said[remark.about])]
    kept: list[Remark] = []
    rows: Counter[About] = Counter()
    for remark in together(team, heard):
        if rows[remark.about] < MOST_A_ROW:
            rows[remark.about] += 1
            kept.append(remark)
    return kept


def _is_silenced(remark: Remark, said: set[Kind]) -> bool:
    return any(remark.kind in SILENCES.get(kind, ()) for kind in said)


def _all(team: DraftTeam) -> Iterator[Remark]:
    unowned = many_ownerless(team)
    rows = [*_on_objectives(team, with_owner=unowned is None), *_on_kpis(team)]
    found = [unowned, objectives(team), kpis(team), *rows]
    yield from (remark for remark in found if remark is not None)


def _on_objectives(team: DraftTeam, *, with_owner: bool) -> Iterator[Remark | None]:
    ahead = _ends(team)
    for at, objective in enumerate(team.objectives):
        about = About(at)
        if objective.is_draft:
            for judge in (task, figures, long, slogan, key_results, milestones_only, one_kind):
                yield judge(objective, about)
        yield no_guardrail(objective, about)
        for index, key_result in enumerate(objective.key_results):
            place = About(at, index)
            yield pulled_two_ways(team, key_result, place)
            yield guarded_elsewhere(team, key_result, place)
            if objective.is_draft:
                yield unfinished(key_result, place, with_owner=with_owner)
                yield from _on_draft(team, objective, place, ahead)
            elif with_owner:
                yield ownerless(key_result, place)


def _on_draft(
    team: DraftTeam, objective: DraftObjective, about: About, ahead: Mapping[int, End | None]
) -> Iterator[Remark | None]:
    at = about.key_result or 0
    key_result = objective.key_results[at]
    end = ahead.get(key_result.kpi.id) if key_result.kpi else None
    for judge in (activity, no_distance, within_wobble):
        yield judge(key_result, about)
    yield no_stretch(key_result, end, about)
    yield out_of_reach(key_result, end, about)
    yield duplicate(team, key_result, about)
    yield one_weight(objective, at, about)


def _ends(team: DraftTeam) -> Mapping[int, End | None]:
    """Return where the KPIs that feed drafts are by the cycle's end, by key."""
    drafts = tuple(objective for objective in team.objectives if objective.is_draft)
    feeding = {kpi.id: kpi for kpi in _feeding(drafts)}
    return dict(zip(feeding, ends(list(feeding.values())), strict=True))


def _on_kpis(team: DraftTeam) -> Iterator[Remark | None]:
    """Judge the ranges; one that a key result is about to reach is on its way already."""
    pursued = {kpi.id for kpi in _feeding(team.objectives + team.others)}
    for kpi, normal in zip(team.kpis, limits(team.kpis), strict=True):
        yield easy_range(kpi, normal)
        if kpi.id not in pursued:
            yield hard_range(kpi, normal)


def _feeding(objectives: tuple[DraftObjective, ...]) -> Iterator[KpiFacts]:
    for objective in objectives:
        for key_result in objective.key_results:
            if key_result.kpi is not None:
                yield key_result.kpi
