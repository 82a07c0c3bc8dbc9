"""What is said about the change of a KPI: what else moved then, and what it is made of."""

from datetime import date
from math import floor, log10

from components.kpis import kpi_words, signal_explanation
from components.ui import formatting, words
from data.kpis.views.kpi import KpiView
from data.kpis.views.why import Around, MovedKpi, Split, Why

NOTHING = "Nothing stands out: it neither drifts nor did it ever change its level or trend."
TOO_FEW = "Too few readings to tell."
NO_DRIVERS = "No drivers yet: Settings › KPIs says how it is computed."
RARE = 0.1
"""So seldom would chance give as many hits that they are worth a look."""
UNEXPLAINED = 0.02
"""A smaller share of the change is the rounding of what people typed."""
TIES = {"fed": "fed by this KPI", "guarded": "guarded by this KPI", "team": "of the same team"}


def moved_heading(around: Around | None) -> str:
    """Count what moved, and name what chance alone would give."""
    if around is None:
        return ""
    by_chance = "hardly any" if around.by_chance < 1 else f"about {round(around.by_chance)}"
    moved = f"{len(around.moved)} of {around.compared} other KPIs moved too"
    return f"{moved}; luck alone would move {by_chance}"


def moved_lead(view: KpiView, why: Why, today: date) -> str:
    """Say around which change things are looked at, and how much chance would give."""
    if why.change is None or why.around is None:
        return _nothing(view)
    when = words.during(view.cadence, why.change, today)
    what = "when the drift set in" if why.drifts else "its last change"
    return f"Around {when}, {what}. {_surprise(why.around)}"


def _nothing(view: KpiView) -> str:
    return TOO_FEW if kpi_words.counting(view) < signal_explanation.FEWEST else NOTHING


def _surprise(around: Around) -> str:
    reach = ""
    if around.branch:
        reach = f" These are the nearest in the tree of teams; there are {around.others} in all."
    if not around.compared:
        return "No other KPI has readings on both sides of it."
    if not around.moved:
        return f"No other KPI changed near it.{reach}"
    if around.chance > RARE:
        return f"Chance alone would often give as many.{reach}"
    return f"Chance alone seldom gives as many; it does not say what caused what.{reach}"


def lag(days: int) -> str:
    """Say how much earlier or later something was."""
    if days == 0:
        return "at the same time"
    return f"{words.span(abs(days))} {'earlier' if days < 0 else 'later'}"


def strength(moved: MovedKpi) -> str:
    """Say which way a KPI moved, and by how many times its usual ups and downs."""
    if moved.strength is None:
        return "◆ changed"
    arrow = "▲" if moved.strength > 0 else "▼"
    times = formatting.number(float(f"{abs(moved.strength):.2g}"))
    return f"{arrow} {times}{formatting.FIXED}× usual"


def split_lead(view: KpiView, why: Why, today: date) -> str:
    """Say what was compared, or why the change cannot be split."""
    if why.change is None:
        return _nothing(view)
    if why.split is None:
        return NO_DRIVERS
    if problem := _unsplit(why.split):
        return problem
    since = why.split.since or why.change
    begins, changed = (words.during(view.cadence, day, today) for day in (since, why.change))
    return f"The mean since {changed}, against that from {begins} until then."


def _unsplit(split: Split) -> str:
    def named(names: tuple[str, ...]) -> str:
        return ", ".join(f"“{name}”" for name in names)

    if split.unreadable:
        return f"Its drivers cannot be read: {split.unreadable}."
    if split.ambiguous:
        return f"{named(split.ambiguous)} could mean more than one KPI: write it as Team / KPI."
    if split.unknown:
        return f"No KPI here is called {named(split.unknown)}: correct the name in driven_by."
    if split.silent:
        return f"No readings both before and after the change: {named(split.silent)}."
    return ""


def split_sum(view: KpiView, split: Split) -> str:
    """Hold what the drivers add up to against what the KPI's own readings changed by."""
    if split.own is None or split.whole is None:
        return ""
    own, left = split.own, split.own - split.whole
    if abs(left) <= UNEXPLAINED * max(abs(own), abs(split.whole)):
        return "That is what its own readings changed by."
    return (
        f"Its own readings changed by {difference(own, view.unit)}: "
        f"{difference(left, view.unit, beside=own)} is not explained."
    )


def difference(amount: float, unit: str, *, beside: float | None = None) -> str:
    """Write a change with its sign; one between percentages is in points.

    It is as exact as three digits of itself, or of the largest that it stands `beside`; what is
    smaller still is no nothing.
    """
    largest = abs(amount if beside is None else beside)
    places = 2 - floor(log10(largest)) if largest else 0
    shown = round(amount, places)
    if not shown and not formatting.is_same(largest + amount, largest):
        shown = float(f"{amount:.1g}")
    return formatting.with_unit(formatting.change(shown), "points" if unit == "%" else unit)
