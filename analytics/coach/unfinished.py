"""What a key result still lacks before anybody can say where it stands."""

from __future__ import annotations

from analytics.coach.draft import DraftKeyResult, DraftTeam
from analytics.coach.remark import About, Kind, Remark
from analytics.coach.together import MANY

FEWEST_STEPS = 2
STEPS, SECOND_STEP = "steps", "a second step"
AN_OWNER = "an owner"

WHY = {
    "a start": "without it nobody sees how far you have come",
    "a target": "without it nobody knows when you have arrived",
    "a unit": "without it a number can mean anything",
    AN_OWNER: "what belongs to everybody is looked after by nobody",
    "a KPI": "there is nothing yet that could be held",
    "a number of periods": "without it nobody knows when it has been held for long enough",
    STEPS: "without them it is done or not, and nothing shows on the way",
    SECOND_STEP: "with only one it is done or not, and nothing shows on the way",
}


def unfinished(
    key_result: DraftKeyResult, about: About, *, with_owner: bool = True
) -> Remark | None:
    """Remark on what is missing: from, to, unit, owner; for a hold KPI and periods; steps."""
    missing = _missing(key_result)
    return _remark([thing for thing in missing if with_owner or thing != AN_OWNER], about)


def ownerless(key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on a missing owner, which it is never too late to find."""
    return _remark([] if _has_owner(key_result) else [AN_OWNER], about)


def many_ownerless(team: DraftTeam) -> Remark | None:
    """Remark once on many key results without an owner, instead of beside each."""
    owned = [_has_owner(each) for objective in team.objectives for each in objective.key_results]
    count = owned.count(False)
    if count < MANY:
        return None
    reason = f"{count} key results have no owner yet: {WHY[AN_OWNER]}."
    return Remark(Kind.UNFINISHED, About(), reason)


def _remark(missing: list[str], about: About) -> Remark | None:
    if not missing:
        return None
    named = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
    needs = f"{named}: {WHY[missing[0]]}."
    return Remark(
        Kind.UNFINISHED,
        about,
        f"This still needs {needs}",
        of_many=f"key results still need {needs}",
    )


def _missing(key_result: DraftKeyResult) -> list[str]:
    """Name what is missing; a KPI lends its unit to the key result that it feeds."""
    unit = key_result.unit or (key_result.kpi.unit if key_result.kpi else "")
    needed: dict[str, dict[str, bool]] = {
        "metric": {
            "a start": key_result.start is not None,
            "a target": key_result.target is not None,
            "a unit": bool(unit),
        },
        "hold": {
            "a KPI": key_result.kpi is not None,
            "a number of periods": bool(key_result.hold_periods),
        },
        "milestone": {
            SECOND_STEP if key_result.steps else STEPS: len(key_result.steps) >= FEWEST_STEPS
        },
    }
    given = needed.get(key_result.kind, {}) | {AN_OWNER: _has_owner(key_result)}
    return [thing for thing, is_there in given.items() if not is_there]


def _has_owner(key_result: DraftKeyResult) -> bool:
    return bool(key_result.owner.strip())
