"""A remark: what it is about, and the reason in one or two sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from analytics.number_text import number, whole

MOST_PLACES = 15


class Kind(StrEnum):
    """What a remark says, the most useful first: what blurs a goal before what only polishes it."""

    PULLED_TWO_WAYS = "pulled two ways"
    GUARDED_ELSEWHERE = "guarded elsewhere"
    NO_DISTANCE = "no distance"
    ACTIVITY = "activity"
    TASK = "task"
    SLOGAN = "slogan"
    UNFINISHED = "unfinished"
    MILESTONES_ONLY = "milestones only"
    DUPLICATE = "duplicate"
    NO_STRETCH = "no stretch"
    OUT_OF_REACH = "out of reach"
    WITHIN_WOBBLE = "within wobble"
    NO_GUARDRAIL = "no guardrail"
    ONE_KIND = "one kind"
    ONE_WEIGHT = "one weight"
    HARD_RANGE = "hard range"
    EASY_RANGE = "easy range"
    MANY_KEY_RESULTS = "many key results"
    FEW_KEY_RESULTS = "few key results"
    FIGURES = "figures"
    LONG = "long"
    MANY_KPIS = "many kpis"
    MANY_OBJECTIVES = "many objectives"
    FEW_OBJECTIVES = "few objectives"


@dataclass(frozen=True, slots=True)
class About:
    """The row that a remark stands beside: an objective, its key result, a KPI; else the team."""

    objective: int | None = None
    key_result: int | None = None
    kpi: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark: it says why and what would help, and never stops anybody.

    `of_many` is the reason as it follows a number of rows, where it has words for that.
    """

    kind: Kind
    about: About
    reason: str
    of_many: str = ""


def amount(value: float, unit: str = "", *beside: float) -> str:
    """Write a computed number to three digits, more to tell it from others, with its unit."""
    exact = value if shown(value) in map(shown, beside) else shown(value)
    return f"{number(exact, *beside)} {unit}".strip()


def shown(value: float) -> float:
    """Return a computed number as it is written."""
    return round(value, _places(value)) if math.isfinite(value) else value


def rough(value: float, *, whole: bool) -> float:
    """Return a number to two digits; one of things that are counted whole from 1 on."""
    if not math.isfinite(value) or not value:
        return value
    places = 1 - math.floor(math.log10(abs(value)))
    return round(value, min(places, 0) if whole and abs(value) >= 1 else places)


def change(value: float, unit: str = "") -> str:
    """Write a computed difference; one of percentages is in percentage points."""
    if unit != "%":
        return amount(value, unit)
    points = amount(value)
    return f"{points} percentage point{'' if points in {'1', '−1'} else 's'}"


def typed(value: float, unit: str = "") -> str:
    """Write a number as somebody typed it, with its unit."""
    return f"{whole(value)} {unit}".strip()


def _places(value: float) -> int:
    size = abs(value)
    places = 2 - math.floor(math.log10(size)) if math.isfinite(size) and size else 0
    return min(max(places, 0), MOST_PLACES)
