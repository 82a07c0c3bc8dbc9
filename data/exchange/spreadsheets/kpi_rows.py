"""The row of each KPI: what the file says of it, what is known of it, what a person set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.core.cell_formatting import number
from data.core.cell_parsing import parse_cells
from data.core.errors import CommandRejected
from data.core.problems import ParseError
from data.exchange.spreadsheets.interview import NO_RANGE
from data.exchange.spreadsheets.kpi_collection import Collection
from data.exchange.spreadsheets.kpi_names import Names
from data.exchange.spreadsheets.kpi_series import Series
from data.exchange.spreadsheets.kpi_terms import bounds_of, cadence_of, guessed_better, said_better
from data.exchange.spreadsheets.mapping import Question, QuestionKind, Role
from data.exchange.spreadsheets.range_text import Bounds
from data.kpis.fields import KpiRow
from models import Better, Cadence

Key = tuple[str, str]
Days = Mapping[str, set[date]]

SETTABLE = ("unit", "better", "low", "high", "cadence", "owner")


@dataclass(slots=True)
class _Terms:
    """What a KPI's row is made of, before anybody is asked which way is good."""

    series: Series
    bounds: Bounds
    better: Better | None
    cadence: Cadence
    owner: str


def kpi_rows(found: Sequence[Series], collection: Collection) -> dict[Key, KpiRow]:
    """Give each KPI's row; where sheets say different things of it, the last one's."""
    people = Names.of(collection.known.people)
    terms: dict[Key, _Terms] = {}
    days: defaultdict[str, set[date]] = defaultdict(set)
    for series in found:
        days[series.sheet.title].update(value.span.first for value in series.values)
    for series in found:
        terms[series.team, series.name] = _terms(series, days, people, collection)
    better = _asked_together(list(terms.values()), collection)
    return {key: _row(each, better.get(key), collection) for key, each in terms.items()}


def _terms(series: Series, days: Days, people: Names, collection: Collection) -> _Terms:
    decimal = collection.decimals[series.sheet.title]
    bounds = bounds_of(series, decimal, collection.interview, collection.findings)
    owner = _owner(series, people, collection)
    cadence = _cadence(series, days, collection)
    return _Terms(series, bounds, _better(series, bounds), cadence, owner)


def _owner(series: Series, people: Names, collection: Collection) -> str:
    written = series.said(Role.OWNER)
    if not any(map(str.isalpha, written)):
        return series.known.owner if series.known else ""
    try:
        return people.name(written, series.sheet.title)
    except ParseError as unfit:
        column = series.sheet.places(Role.OWNER)[0]
        collection.findings.blame(series.sheet, series.rows[0], column, unfit)
        return ""


def _cadence(series: Series, days: Days, collection: Collection) -> Cadence:
    if series.known:
        return series.known.cadence
    if set_one := collection.mapping.kpis.get(series.name, {}).get("cadence"):
        return Cadence(set_one)
    return cadence_of(series, days[series.sheet.title], collection.interview)


def _better(series: Series, bounds: Bounds) -> Better | None:
    """Give which way is good, None where a bare target needs somebody to say it."""
    if said := said_better(series.said(Role.BETTER)):
        return said
    if bounds.low is not None or bounds.high is not None:
        both = bounds.low is not None and bounds.high is not None
        return Better.WITHIN if both else Better.HIGHER if bounds.high is None else Better.LOWER
    if series.known:
        return series.known.better
    return guessed_better(series.name) if bounds.target is None else None


def _asked_together(terms: Sequence[_Terms], collection: Collection) -> dict[Key, str]:
    """Ask which way is good for the KPIs with a bare target; once for all that no word tells."""
    asked: dict[Key, str] = {}
    untold: list[_Terms] = []
    for each in terms:
        if each.better is not None or each.bounds.target is None or _is_set(each, collection):
            continue
        guess = guessed_better(each.series.name)
        if guess is None:
            untold.append(each)
        else:
            answer = collection.interview.ask(_question([each], guess.value))
            asked[each.series.team, each.series.name] = answer or ""
    if untold:
        answer = collection.interview.ask(_question(untold, "")) or ""
        asked |= {(each.series.team, each.series.name): answer for each in untold}
    return asked


def _is_set(terms: _Terms, collection: Collection) -> bool:
    return "better" in collection.mapping.kpis.get(terms.series.name, {})


def _question(terms: Sequence[_Terms], proposed: str) -> Question:
    """Ask about a KPI's bare target, or about several at once: then each is told by its name."""
    series = terms[0].series
    target = number(terms[0].bounds.target or 0.0)
    shown = f"{target} {series.unit}".strip()
    about = series.name if len(terms) == 1 else ""
    cell = shown if about else ", ".join(each.series.name for each in terms)
    readings = (
        (Better.HIGHER.value, f"≥ {shown}"),
        (Better.LOWER.value, f"≤ {shown}"),
        (NO_RANGE, ""),
    )
    return Question(QuestionKind.BETTER, series.sheet.title, about, cell, readings, proposed)


def _row(terms: _Terms, asked: str | None, collection: Collection) -> KpiRow:
    series, bounds = terms.series, terms.bounds
    better = terms.better
    if better is None and asked in (Better.HIGHER, Better.LOWER):
        better = Better(asked)
    set_by_person = collection.mapping.kpis.get(series.name, {})
    if better is None and set_by_person.get("better") in tuple(Better):
        better = Better(set_by_person["better"])
    low, high = _ends(series, bounds, better)
    row = KpiRow(
        line=series.sheet.line(series.rows[0], 0) if series.rows else 0,
        team=series.team,
        kpi=series.name,
        unit=series.unit,
        better=better,
        low=low,
        high=high,
        cadence=terms.cadence,
        owner=terms.owner,
    )
    return _as_set(row, series, collection)


def _ends(
    series: Series, bounds: Bounds, better: Better | None
) -> tuple[float | None, float | None]:
    """Give the range: a bare target is the end towards which it is not good to go.

    What the file does not say of it stays as it is known.
    """
    low, high = bounds.low, bounds.high
    if low is None and high is None:
        low = bounds.target if better is Better.HIGHER else None
        high = bounds.target if better is Better.LOWER else None
    elif not (series.sheet.places(Role.LOW) or series.sheet.places(Role.HIGH)):
        return low, high  # A range in one cell says all of it.
    if series.known is None:
        return low, high
    whole_low = series.known.low if low is None else low
    whole_high = series.known.high if high is None else high
    is_range = whole_low is None or whole_high is None or whole_low <= whole_high
    return (whole_low, whole_high) if is_range else (low, high)


def _as_set(row: KpiRow, series: Series, collection: Collection) -> KpiRow:
    """Put what a person set of a KPI in the place of what was found."""
    said = collection.mapping.kpis.get(row.kpi, {})
    cells = {name: text for name, text in said.items() if name in SETTABLE}
    try:
        values: dict[str, Any] = parse_cells(KpiRow, cells, name="KPI", unit=row.unit)
        changed = replace(row, **values)
        for unfit in changed.problems():
            raise unfit
    except (CommandRejected, ParseError) as wrong:
        message = wrong.message if isinstance(wrong, CommandRejected) else wrong.what
        place = (series.rows[0] if series.rows else 0, 0)
        collection.findings.blame(
            series.sheet, *place, ParseError(f"({row.kpi}): {message}", "correct what is set of it")
        )
        return row
    return changed
