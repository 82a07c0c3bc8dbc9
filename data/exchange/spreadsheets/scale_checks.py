"""Whether readings are of the size of the others: hundredths of percentages, a wrong unit."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

import numpy as np

from analytics.plausibility import TIMES, implausibility
from data.core.cell_formatting import number
from data.exchange.spreadsheets.grid import CellKind
from data.exchange.spreadsheets.interview import (
    AS_IT_STANDS,
    DIVIDED_BY_100,
    DIVIDED_BY_1000,
    LEFT_OUT,
    TIMES_100,
    TIMES_1000,
    Interview,
)
from data.exchange.spreadsheets.kpi_series import Series, Value
from data.exchange.spreadsheets.mapping import EACH_KPI, Question, QuestionKind
from data.exchange.spreadsheets.range_text import clear_range

SHARE_GAP = 10.0
"""Percentages of which the smaller are so many times smaller may be shares of one."""

SCALES = {
    TIMES_100: Decimal(100),
    TIMES_1000: Decimal(1000),
    DIVIDED_BY_100: Decimal("0.01"),
    DIVIDED_BY_1000: Decimal("0.001"),
}


def hundredfold(value: float) -> float:
    """Give a hundred times a value as it is written, without the dust of computing."""
    return scaled(value, SCALES[TIMES_100])


def scaled(value: float, by: Decimal) -> float:
    """Give a value so many times as large, exactly as it is written."""
    return float(Decimal(repr(value)) * by)


def check_hundredths(all_series: Sequence[Series], interview: Interview) -> None:
    """Ask whether percentages, or numbers without a unit, within 0 and 1 are shares of one.

    It is asked once of a sheet, but KPI by KPI where not all of its percentages are so small.
    """
    for title in dict.fromkeys(series.sheet.title for series in all_series):
        own = [series for series in all_series if series.sheet.title == title and series.values]
        found = [series for series in own if _may_be_shares(series)]
        is_one = len(found) == sum(series.unit == "%" for series in own)
        if found and is_one and len(set(map(_scale_told, found))) == 1:
            _ask_hundredths(found, "", interview)
        for series in own:
            differs = not is_one or len(set(map(_scale_told, found))) > 1
            if (differs and _is_in(series, found)) or _may_be_a_rate(series):
                _ask_hundredths([series], series.name, interview)


def _ask_hundredths(found: Sequence[Series], about: str, interview: Interview) -> None:
    series, value = found[0], found[0].values[-1]
    unit = f" {series.unit}".rstrip()
    readings: tuple[tuple[str, str], ...] = (
        (TIMES_100, f"{number(hundredfold(value.value))} %"),
        (AS_IT_STANDS, f"{number(value.value)}{unit}"),
    )
    names = tuple(dict.fromkeys(each.name for each in found))
    if not about and len(names) > 1:
        readings = (*readings, (EACH_KPI, ", ".join(names)))
    proposed = _proposed_hundredths(found)
    text, title = value.entry.cell.text, series.sheet.title
    answer = interview.ask(
        Question(QuestionKind.HUNDREDTHS, title, about, text, readings, proposed, names)
    )
    for each in found:
        if answer == EACH_KPI:
            _ask_hundredths([each], each.name, interview)
        elif answer == TIMES_100:
            _scale(each.values, SCALES[TIMES_100])
            each.unit, each.is_in_shares = "%", True


def check_sizes(all_series: Sequence[Series], interview: Interview) -> None:
    """Ask about readings that are a hundredth or a hundredfold of their neighbours or the known."""
    for series in all_series:
        if doubtful := _doubtful(series):
            _ask_factor(series, doubtful, interview)


def _may_be_shares(series: Series) -> bool:
    sizes = [abs(value.value) for value in series.values]
    if series.unit != "%" or not sizes or not 0 < max(sizes) <= 1:
        return False
    return not any(
        value.number.unit == "%" or value.entry.cell.kind == CellKind.PERCENT
        for value in series.values
    )


def _may_be_a_rate(series: Series) -> bool:
    """Tell whether values and targets without a unit are all within 0 and 1, and not just these."""
    sizes = [value.value for value in series.values]
    if series.unit or (series.known and series.known.latest):
        return False
    ends = [
        number.value(".")
        for _, _, cell in series.targets()
        if (target := clear_range(cell))
        for number in target.numbers
        if not number.could_be_two
    ]
    are_rates = all(0 <= each <= 1 for each in (*sizes, *ends))
    return bool(ends) and are_rates and not set(sizes) <= {0, 1}


def _is_in(series: Series, found: Sequence[Series]) -> bool:
    return any(each is series for each in found)


def _proposed_hundredths(found: Sequence[Series]) -> str:
    """Propose what the targets and the known readings say, else what stands there."""
    said = set(filter(None, map(_scale_told, found)))
    if len(said) == 1:
        return said.pop()
    has_formats = all(series.sheet.original.has_formats for series in found)
    return AS_IT_STANDS if has_formats and not said else ""


def _scale_told(series: Series) -> str:
    if series.known and series.known.latest:
        usual = median(map(abs, series.known.latest))
        return TIMES_100 if usual > 1 else AS_IT_STANDS
    if any(cell.kind == CellKind.PERCENT or "%" in cell.text for _, _, cell in series.targets()):
        return TIMES_100
    return ""


def _doubtful(series: Series) -> list[Value]:
    """Give the readings of another size than the known ones, else than most of their own."""
    known = series.known.latest if series.known else ()
    if known and series.values:
        usual = float(np.median([value.value for value in series.values]))
        if _is_doubtful(usual, known, series.unit):
            return series.values
        return [each for each in series.values if _is_doubtful(each.value, known, series.unit)]
    return _apart(series)


def _is_doubtful(value: float, known: Sequence[float], unit: str) -> bool:
    return implausibility(value, known, unit=unit) in ("share", "scale")


def _apart(series: Series) -> list[Value]:
    """Give the fewer of two groups of readings between which there is a gap in size."""
    ordered = sorted((each for each in series.values if each.value), key=lambda e: abs(e.value))
    sizes = [abs(each.value) for each in ordered]
    steps = [other / one for one, other in pairwise(sizes)]
    if not steps:
        return []
    at = int(np.argmax(steps)) + 1
    below, above = ordered[:at], ordered[at:]
    is_share = series.unit == "%" and steps[at - 1] > SHARE_GAP and _is_share(sizes, at)
    if not is_share and steps[at - 1] <= TIMES:
        return []
    return below if is_share or len(below) < len(above) else above


def _is_share(sizes: Sequence[float], at: int) -> bool:
    """Tell whether the sizes up to there are about a hundredth of those from there on."""
    usual = median(sizes[:at]) * 100
    return sizes[at - 1] <= 1 and sizes[at] / 2 <= usual <= sizes[-1] * 2


def _ask_factor(series: Series, doubtful: Sequence[Value], interview: Interview) -> None:
    example = doubtful[0]
    usual = _usual(series, doubtful)
    change = _change(example.value, usual)
    readings = [(AS_IT_STANDS, number(example.value))]
    if change:
        readings.insert(0, (change, number(scaled(example.value, SCALES[change]))))
    readings.append((LEFT_OUT, ""))
    text = example.entry.cell.text
    title, name = series.sheet.title, series.name
    question = Question(QuestionKind.FACTOR, title, name, text, tuple(readings), of=(name,))
    answer = interview.ask(question)
    if answer == LEFT_OUT:
        series.values = [each for each in series.values if not _is_one(each, doubtful)]
    elif answer in SCALES:
        _scale(doubtful, SCALES[answer])


def _usual(series: Series, doubtful: Sequence[Value]) -> float:
    if series.known and series.known.latest:
        return float(median(map(abs, series.known.latest)))
    return float(median(abs(e.value) for e in series.values if not _is_one(e, doubtful)))


def _change(value: float, usual: float) -> str:
    """Give by how much a value has to change to be nearest to the usual size."""
    if not value or not usual:
        return ""
    away = {code: abs(value) * float(by) / usual for code, by in SCALES.items()}
    return min(away, key=lambda code: abs(float(np.log10(away[code]))))


def _is_one(value: Value, of: Sequence[Value]) -> bool:
    return any(each is value for each in of)


def _scale(values: Sequence[Value], by: Decimal) -> None:
    for each in values:
        each.value = scaled(each.value, by)
