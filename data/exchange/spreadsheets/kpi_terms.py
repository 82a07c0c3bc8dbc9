"""What a spreadsheet says of a KPI beside its readings: range, which way is good, cadence."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from analytics.periods import ordinal
from analytics.plausibility import implausibility
from data.core.cell_formatting import number
from data.core.problems import ParseError
from data.exchange.spreadsheets.interview import (
    AS_IT_STANDS,
    LATEST,
    NO_RANGE,
    TIMES_100,
    Interview,
)
from data.exchange.spreadsheets.kpi_series import Findings, Series, number_of
from data.exchange.spreadsheets.mapping import Question, QuestionKind, Role
from data.exchange.spreadsheets.range_text import Bounds, RangeText, range_of
from data.exchange.spreadsheets.scale_checks import hundredfold
from data.exchange.spreadsheets.units import same_unit
from data.exchange.spreadsheets.words import folded, words
from models import Better, Cadence

COARSEST_FIRST = (Cadence.QUARTERLY, Cadence.MONTHLY, Cadence.WEEKLY, Cadence.WEEKDAYS)
TELLING = 3
"""So many days tell a rhythm."""


def bounds_of(
    series: Series, decimal: str | None, interview: Interview, findings: Findings
) -> Bounds:
    """Give a KPI's range or bare target, the newest where they change."""
    found: dict[Bounds, str] = {}
    for row, column, cell in series.targets():
        try:
            number_of(cell) if cell.kind.value in ("error", "no result") else None
            target = range_of(cell)
            if target is not None and _is_other_unit(series, target):
                raise ParseError(f"is in {target.unit}", "write it in the unit of the values")
            if target is not None and not _is_open(target, decimal):
                found.setdefault(target.bounds(decimal), cell.text)
        except ParseError as unfit:
            if cell.kind.value in ("error", "no result"):
                findings.blame(series.sheet, row, column, unfit)
            else:
                interview.ask(_unclear(series, cell.text))
    bounds = _chosen(series, found, interview) if found else Bounds()
    low, high = (_limit(series, role, decimal, findings) for role in (Role.LOW, Role.HIGH))
    if low is None and high is None:
        return bounds
    return Bounds(bounds.low if low is None else low, bounds.high if high is None else high)


@lru_cache(maxsize=10_000)
def guessed_better(name: str) -> Better | None:
    """Give which way is good by the words of a KPI's name, None where they do not tell."""
    said = folded(name)
    for kind, better in (
        ("surely_higher", Better.HIGHER),
        ("lower", Better.LOWER),
        ("higher", Better.HIGHER),
    ):
        if any(_stands_in(stem, said) for stem in words().better[kind]):
            return better
    return None


def said_better(text: str) -> Better | None:
    """Give which way a cell says is good."""
    said = folded(text)
    found = [kind for kind, phrases in words().better_said.items() if said in phrases]
    return Better(found[0]) if said and found else None


def cadence_of(series: Series, days: Iterable[date], interview: Interview) -> Cadence:
    """Give how often a KPI is read, by its periods; `days` are those of its whole sheet."""
    length = min((value.span.last - value.span.first).days for value in series.values)
    if length:
        return Cadence.WEEKLY if length == 6 else _of_months(length)
    own = {value.span.first for value in series.values}
    telling = set(days) if series.sheet.is_across or len(own) < TELLING else own
    cadence = rhythm(telling)
    if len(telling) >= TELLING:
        return cadence
    guess = cadence if len(telling) > 1 else Cadence.MONTHLY
    readings = tuple((each.value, each.value) for each in Cadence)
    text = series.values[0].entry.period
    question = Question(QuestionKind.CADENCE, series.sheet.title, "", text, readings, guess.value)
    return Cadence(interview.ask(question) or guess)


def rhythm(days: Iterable[date]) -> Cadence:
    """Give the longest rhythm in which no two days fall into one period."""
    distinct = set(days)
    for cadence in COARSEST_FIRST:
        if cadence is Cadence.WEEKDAYS and any(day.weekday() > 4 for day in distinct):
            continue
        if len({ordinal(day, cadence) for day in distinct}) == len(distinct):
            return cadence
    return Cadence.DAILY


def _of_months(length: int) -> Cadence:
    return Cadence.MONTHLY if length < 31 else Cadence.QUARTERLY


def _stands_in(stem: str, said: str) -> bool:
    """Tell whether a stem stands in a name; a short one begins or ends a word of it."""
    if len(stem) > 4:
        return stem in said
    return any(word.startswith(stem) or word.endswith(stem) for word in said.split())


def _is_other_unit(series: Series, target: RangeText) -> bool:
    return bool(target.unit and series.unit and not same_unit(target.unit, series.unit))


def _is_open(target: RangeText, decimal: str | None) -> bool:
    return decimal is None and any(number.could_be_two for number in target.numbers)


def _chosen(series: Series, found: dict[Bounds, str], interview: Interview) -> Bounds:
    """Choose among a KPI's targets, and ask whether one that seems a share of one is meant so."""
    (bounds, text), *others = found.items()
    if others:
        readings = ((LATEST, text), (NO_RANGE, ""))
        question = _target_question(series, text, readings, LATEST)
        if interview.ask(question) == NO_RANGE:
            return Bounds()
    return _in_percent(series, bounds, text, interview)


def _in_percent(series: Series, bounds: Bounds, text: str, interview: Interview) -> Bounds:
    ends = [end for end in (bounds.low, bounds.high, bounds.target) if end is not None]
    values = [value.value for value in series.values]
    may_be_shares = all(abs(end) <= 1 for end in ends)
    if series.is_in_shares and "%" not in text and may_be_shares:
        return _hundredfold(bounds)
    if not may_be_shares or not any(
        implausibility(end, values, unit=series.unit) == "share" for end in ends
    ):
        return bounds
    meant = ", ".join(number(hundredfold(end)) for end in ends)
    readings = ((TIMES_100, f"{meant} %"), (AS_IT_STANDS, text))
    if interview.ask(_target_question(series, text, readings, TIMES_100)) == AS_IT_STANDS:
        return bounds
    return _hundredfold(bounds)


def _hundredfold(bounds: Bounds) -> Bounds:
    low, high, target = (
        None if end is None else hundredfold(end)
        for end in (bounds.low, bounds.high, bounds.target)
    )
    return Bounds(low, high, target)


def _unclear(series: Series, text: str) -> Question:
    return _target_question(series, text, ((NO_RANGE, ""),), NO_RANGE)


def _target_question(
    series: Series, text: str, readings: Sequence[tuple[str, str]], proposed: str
) -> Question:
    title = series.sheet.title
    return Question(QuestionKind.TARGET, title, series.name, text, tuple(readings), proposed)


def _limit(series: Series, role: Role, decimal: str | None, findings: Findings) -> float | None:
    """Give the end of the range that has a column of its own."""
    for at in series.sheet.places(role):
        for row in series.rows:
            cell = series.sheet.grid.rows[row][at]
            try:
                written = number_of(cell) if cell.text else None
                if written and not (decimal is None and written.could_be_two):
                    return written.value(decimal)
            except ParseError as unfit:
                findings.blame(series.sheet, row, at, unfit)
    return None
