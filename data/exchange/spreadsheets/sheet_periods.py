"""The days of each period of a sheet: day or month first, and of which year."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from data.core.problems import ParseError, shown
from data.exchange.days import Order, could_be_two, either_way, order_of
from data.exchange.spreadsheets.interview import Interview
from data.exchange.spreadsheets.mapping import Question, QuestionKind, Role
from data.exchange.spreadsheets.period_labels import (
    Label,
    Span,
    candidates,
    label_of,
    long_year,
    newest_first,
    with_years,
    years_in,
)
from data.exchange.spreadsheets.sheet_reading import Sheet

RECENT = timedelta(days=62)
"""A file without a year whose last period ended so lately is of the present one."""

DAY_FIRST: Order = "day first"
MONTH_FIRST: Order = "month first"
ORDERS = (DAY_FIRST, MONTH_FIRST)

FEWEST = 3
"""So many days tell a series."""

MOST_YEARS = 4
"""So much later a KPI may begin than the first of its sheet, where no year is written."""

Line = Sequence[tuple[str, Label | None]]
"""Periods in their order, as they are written and as they are read."""


def spans_of(
    sheet: Sheet, interview: Interview, fiscal_year_starts: int, today: date
) -> list[Span | ParseError]:
    """Give the days of each entry's period, then of each target's, or what is wrong with it."""
    order = _order(sheet, interview, today)
    entries = (*sheet.entries, *sheet.target_entries)
    is_of_columns = sheet.is_across and not sheet.places(Role.PERIOD)
    if is_of_columns:
        # A KPI that begins later has the years of the headings, not some of its own.
        lines = [sheet.places(Role.VALUE)]
        texts = {at: sheet.columns[at].period for at in lines[0]}
    else:
        lines, texts = _lines(sheet), {at: entry.period for at, entry in enumerate(entries)}
    labels = {text: _label(text, order, fiscal_year_starts) for text in set(texts.values())}
    written = [[(texts[at], labels[texts[at]]) for at in line] for line in lines]
    first = _first_year(sheet, interview, written, today)
    spans: dict[int, Span | ParseError] = {}
    for line, dated in zip(lines, _all_dated(written, first), strict=True):
        spans |= {at: _span(*each) for at, each in zip(line, dated, strict=True)}
    return [spans[entry.column if is_of_columns else at] for at, entry in enumerate(entries)]


def is_ahead(written: Span, today: date) -> bool:
    """Tell whether a period has not begun."""
    return written.first > today


def _label(text: str, order: Order | None, fiscal_year_starts: int) -> Label | None:
    return label_of(text, DAY_FIRST if "." in text else order, fiscal_year_starts)


def _lines(sheet: Sheet) -> list[list[int]]:
    """Give which entries are of one KPI, in their order: across its row, down a list."""
    lines: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, entry in enumerate((*sheet.entries, *sheet.target_entries)):
        is_target = at >= len(sheet.entries)
        key = (entry.row,) if sheet.is_across else (is_target, entry.column, entry.kpi, entry.team)
        lines[key].append(at)
    return list(lines.values())


def _span(text: str, label: Label | None) -> Span | ParseError:
    if label is None or (label.year is None and not text):
        remedy = "write it like 2026-05-18, 2026-W21, May 2026 or Q2 2026"
        return ParseError(f"“{shown(text)}” is no period" if text else "has no period", remedy)
    try:
        return label.span()
    except ParseError as unfit:
        return ParseError(f"“{shown(text)}” {unfit.what}", unfit.remedy)


def _order(sheet: Sheet, interview: Interview, today: date) -> Order | None:
    """Say whether the day or the month comes first, where dates can be read both ways."""
    texts = list(dict.fromkeys(long_year(entry.period) for entry in sheet.entries))
    slashed = [text for text in texts if "." not in text]
    order = order_of(slashed)
    two = next(((text, days) for text in slashed if (days := could_be_two(text))), None)
    if order is not None or two is None:
        return order
    text, (day_first, month_first) = two
    readings = ((DAY_FIRST, str(day_first)), (MONTH_FIRST, str(month_first)))
    proposed = _rhythmic_order(slashed, today)
    question = Question(QuestionKind.DAY_ORDER, sheet.title, "", text, readings, proposed)
    answer = interview.ask(question)
    if answer is None:
        return None
    return DAY_FIRST if answer == DAY_FIRST else MONTH_FIRST


def _rhythmic_order(texts: Iterable[str], today: date) -> str:
    """Propose the order in which the dates are a series, above all one of first days of months."""
    dates = list(filter(None, map(either_way, texts)))
    days = {order: sorted({day[at] for day in dates}) for at, order in enumerate(ORDERS)}
    likely = [order for order in ORDERS if days[order][-1] <= today and _is_series(days[order])]
    monthly = [order for order in likely if {day.day for day in days[order]} == {1}]
    found = monthly or likely
    return found[0] if len(found) == 1 else ""


def _is_series(days: Sequence[date]) -> bool:
    """Tell whether days follow each other month by month, week by week or day by day."""
    months = {
        (other.year - one.year) * 12 + other.month - one.month for one, other in pairwise(days)
    }
    steps = {(other - one).days for one, other in pairwise(days)}
    if len(days) < FEWEST:
        return False
    return (months == {1} and len({day.day for day in days}) == 1) or steps in ({1}, {7})


def _first_year(
    sheet: Sheet,
    interview: Interview,
    lines: Sequence[Line],
    today: date,
) -> int | None:
    """Say of which year the first period is, where none of a line has one."""
    without = [
        line
        for line in lines
        if any(label for _, label in line) and not any(label and label.year for _, label in line)
    ]
    if not without:
        return None
    line = max(without, key=len)
    labels = [label for _, label in line]
    crosses = len({label.year for label in with_years(labels, 2000) if label}) > 1
    told = set(years_told(sheet))
    if len(told) == 1 and not crosses:
        return told.pop()
    return _asked_year(sheet, interview, line, today, told)


def years_told(sheet: Sheet) -> Iterable[int]:
    """Give the years that the sheet's name, else its title rows, else its file name tell."""
    above = " ".join(cell.text for cell in sheet.above)
    titles = [years_in(text) for text in (sheet.title, above, sheet.original.file)]
    return next(filter(None, titles), [])


def _asked_year(
    sheet: Sheet,
    interview: Interview,
    line: Line,
    today: date,
    told: Iterable[int],
) -> int | None:
    """Ask for the year of the first period; one by which the last is of now is proposed."""
    years = sorted({*candidates(today), *told, *(year - 1 for year in told)}, reverse=True)
    readings, fitting = [], []
    for year in years:
        spans = [_span(text, label) for text, label in _dated(line, year)]
        days = [span for span in spans if isinstance(span, Span)]
        if not days:
            continue
        newest, oldest = max(span.last for span in days), min(span.first for span in days)
        readings.append((str(year), f"{oldest} to {newest}"))
        if today - RECENT <= newest and not any(is_ahead(span, today) for span in days):
            fitting.append(str(year))
    proposed = fitting[0] if len(fitting) == 1 else ""
    text = next(text for text, label in line if label)
    question = Question(QuestionKind.YEAR, sheet.title, "", text, tuple(readings), proposed)
    answer = interview.ask(question)
    return int(answer) if answer else None


def _all_dated(lines: Sequence[Line], first: int | None) -> list[Line]:
    """Give all lines their years, and the order and years of the longest to those with gaps."""
    if not lines:
        return []
    longest = max(lines, key=len)
    falls = newest_first([label for _, label in longest])
    if first is None:
        return [_dated(line, None, falls=falls) for line in lines]
    told = set(_dated(longest, first, falls=falls))

    def years_of(line: Line) -> Line:
        years = range(first, first + MOST_YEARS)
        ways = [_dated(line, year, falls=falls) for year in years]
        return max(ways, key=lambda dated: sum(each in told for each in dated))

    return [years_of(line) for line in lines]


def _dated(line: Line, year: int | None, *, falls: bool | None = None) -> Line:
    dated = with_years([label for _, label in line], year, falls=falls)
    return [(text, label) for (text, _), label in zip(line, dated, strict=True)]
