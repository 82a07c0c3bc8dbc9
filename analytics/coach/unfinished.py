"""What a key result still lacks before anybody can say where it stands."""

from __future__ import annotations

from analytics.coach.draft import DraftKeyResult
from analytics.coach.remark import About, Kind, Remark

FEWEST_STEPS = 2

WHY = {
    "a start": "without it nobody sees how far you have come",
    "a target": "without it nobody knows when you have arrived",
    "a unit": "without it a number can mean anything",
    "an owner": "what belongs to everybody is looked after by nobody",
    "a KPI": "there is nothing yet that could be held",
    "a number of periods": "without it nobody knows when it has been held for long enough",
    "steps": "without them it is done or not, and nothing shows on the way",
}


def unfinished(key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on what is missing: from, to, unit, owner; for a hold KPI and periods; steps."""
    missing = _missing(key_result)
    if not missing:
        return None
    named = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
    reason = f"This still needs {named}: {WHY[missing[0]]}."
    return Remark(Kind.UNFINISHED, about, reason)


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
        "milestone": {"steps": len(key_result.steps) >= FEWEST_STEPS},
    }
    given = needed.get(key_result.kind, {}) | {"an owner": bool(key_result.owner.strip())}
    return [thing for thing, is_there in given.items() if not is_there]
