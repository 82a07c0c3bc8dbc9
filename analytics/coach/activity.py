"""Outcome or activity: what a key result measures."""

from __future__ import annotations

from analytics.coach import english
from analytics.coach.draft import DraftKeyResult, DraftObjective
from analytics.coach.remark import About, Kind, Remark


def activity(key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on a metric that counts effort: workshops held, posts published, an app launched.

    What goes down is no effort, a leading KPI may well count what people do, and what follows
    “that” or “who” is what the effort leads to.
    """
    if key_result.kind != "metric" or _falls(key_result) or _is_leading(key_result):
        return None
    if not (_is_project(key_result) or (not _is_share(key_result) and _is_effort(key_result))):
        return None
    reason = (
        "This counts what you do, and it can be done without any effect. "
        "What should change because of it? That is the key result; this is a step on the way."
    )
    return Remark(Kind.ACTIVITY, about, reason)


def milestones_only(objective: DraftObjective, about: About) -> Remark | None:
    """Remark on an objective of which all key results are milestones."""
    kinds = [key_result.kind for key_result in objective.key_results]
    if len(kinds) < 2 or set(kinds) != {"milestone"}:
        return None
    reason = (
        "All steps can be done and nobody may be better off. "
        "Turn one of them into a number that moves when the steps have worked."
    )
    return Remark(Kind.MILESTONES_ONLY, about, reason)


def _falls(key_result: DraftKeyResult) -> bool:
    start, target = key_result.start, key_result.target
    return start is not None and target is not None and target < start


def _is_leading(key_result: DraftKeyResult) -> bool:
    return key_result.kpi is not None and key_result.kpi.kind == "leading"


def _is_share(key_result: DraftKeyResult) -> bool:
    return "%" in key_result.unit


def _is_project(key_result: DraftKeyResult) -> bool:
    name = key_result.name
    asks = english.asks(name) or english.names_a_project(name)
    return asks and not english.QUALITIES.intersection(english.words(name))


def _is_effort(key_result: DraftKeyResult) -> bool:
    if english.asks_often(key_result.name):
        return True
    said = english.words(key_result.name)
    if english.CLAUSES.intersection(said):
        return False
    named = english.ACTIVITIES.intersection(said)
    return _counts_activities(said) or (not named and key_result.unit.lower() in english.ACTIVITIES)


def _counts_activities(said: list[str]) -> bool:
    """Tell whether a name is about activities, with nothing said of what they lead to."""
    known = english.ACTIVITIES | english.ONLY_IF_DONE
    places = [at for at, word in enumerate(english.head(said)) if word in known]
    if not places:
        return False
    activity, follows = said[places[-1]], said[places[-1] + 1 :]
    if follows[:1] and follows[0] in english.DONE:
        return True
    if activity in english.ONLY_IF_DONE:
        return False
    in_time = follows[:1] == ["in"] and english.TIMES.intersection(follows)
    return not follows or bool(in_time) or follows[0] in english.THEN_STILL_EFFORT
