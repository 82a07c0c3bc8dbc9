"""A spreadsheet under its mapping, as the rows of the exchange format that an import takes."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from datetime import date
from functools import lru_cache

from analytics.periods import ordinal
from data.company.fields import PersonRow, TeamRow
from data.core.limits import MOST_KPIS
from data.core.look_alikes import look
from data.core.problems import ParseError, Problem, shown
from data.exchange.spreadsheets.grid import Grid, Spreadsheet
from data.exchange.spreadsheets.interview import Interview
from data.exchange.spreadsheets.kpi_collection import Collection, collect
from data.exchange.spreadsheets.kpi_rows import kpi_rows
from data.exchange.spreadsheets.kpi_series import Series, Value
from data.exchange.spreadsheets.mapping import Known, Mapped, Mapping, Role, SheetMapping
from data.exchange.spreadsheets.remarks import remarks_of
from data.exchange.spreadsheets.scale_checks import check_hundredths, check_sizes
from data.exchange.spreadsheets.sheet_reading import Sheet
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow

ALWAYS_GIVEN = frozenset({"team", "kpi", "unit", "better", "low", "high", "cadence"})


def map_tables(spreadsheet: Spreadsheet, mapping: Mapping, known: Known, *, today: date) -> Mapped:
    """Return the rows of a spreadsheet as its mapping reads it, with what must be asked first.

    A sheet that names very many KPIs is told of, and then there are no rows.
    """
    if too_many := tuple(_too_many_kpis(spreadsheet, mapping)):
        return Mapped(Tables(), (), (), too_many, False)
    interview = Interview(mapping.answers)
    collection = Collection(known, mapping, interview, today)
    sheets = list(_sheets(spreadsheet, mapping))
    found = collect(sheets, collection)
    check_hundredths(found, interview)
    check_sizes(found, interview)
    filled = [series for series in found if series.values]
    kpis = kpi_rows(filled, collection)
    readings = _readings(filled, kpis, collection)
    tables = Tables() if interview.is_open else _tables(filled, kpis, readings, collection)
    return Mapped(
        tables,
        tuple(interview.questions.values()),
        remarks_of(spreadsheet, mapping, sheets, collection),
        _problems(spreadsheet, sheets, collection),
        interview.is_open,
        () if interview.is_open else tuple(kpis.values()),
    )


def _problems(
    spreadsheet: Spreadsheet, sheets: Sequence[Sheet], collection: Collection
) -> tuple[Problem, ...]:
    """Give what is wrong, sheet by sheet and line by line; that none can be read is wrong, too."""
    found = sorted(collection.findings.problems, key=lambda each: (each.file, each.line))
    return tuple(found) if sheets else tuple(map(_no_table, spreadsheet.grids))


def _no_table(grid: Grid) -> Problem:
    remedy = "head its columns with the periods, or name a column of them, such as Month"
    return Problem(grid.file, grid.lines[0], f"no table was found in “{shown(grid.title)}”", remedy)


def _sheets(spreadsheet: Spreadsheet, mapping: Mapping) -> Iterator[Sheet]:
    return (Sheet(grid, sheet) for grid, sheet in _read_sheets(spreadsheet, mapping))


def _read_sheets(spreadsheet: Spreadsheet, mapping: Mapping) -> Iterator[tuple[Grid, SheetMapping]]:
    by_title = {sheet.title: sheet for sheet in mapping.sheets if sheet.is_read}
    for grid in spreadsheet.grids:
        if grid.title in by_title:
            yield grid, by_title[grid.title]


def _too_many_kpis(spreadsheet: Spreadsheet, mapping: Mapping) -> Iterator[Problem]:
    for grid, sheet in _read_sheets(spreadsheet, mapping):
        count = 0 if sheet.is_turned else len(_names_down(grid, sheet))
        if count > MOST_KPIS:
            what = f"names {count:,} KPIs, more than the {MOST_KPIS:,} that can be read at once"
            remedy = "choose another column for the KPI, or split the sheet"
            yield Problem(grid.file, 1, what, remedy)


def _names_down(grid: Grid, sheet: SheetMapping) -> set[tuple[str, ...]]:
    """Give what stands in the columns of teams and KPIs below the headings."""
    named = (Role.TEAM, Role.KPI)
    places = [at for at, column in enumerate(sheet.columns) if column.role in named]
    last = max(sheet.heading_lines, default=0)
    rows = (row for line, row in zip(grid.lines, grid.rows, strict=True) if line > last)
    return {tuple(row[at].text for at in places) for row in rows}


def _readings(
    found: Sequence[Series], kpis: AnyMapping[tuple[str, str], KpiRow], collection: Collection
) -> list[ReadingRow]:
    """Give the readings; one value a period, wherever else it stands once more."""
    number = lru_cache(maxsize=None)(ordinal)
    seen: dict[tuple[str, str, int], tuple[float, str]] = {}
    rows: list[ReadingRow] = []
    for series in found:
        cadence = kpis[series.team, series.name].cadence
        for value in series.values:
            place = (value.entry.row, value.entry.column)
            period = number(value.span.first, cadence)
            this = (value.value, series.sheet.name(*place))
            before = seen.setdefault((series.team, series.name, period), this)
            if number(value.span.last, cadence) != period:
                collection.findings.blame(series.sheet, *place, _longer(series, cadence))
            elif before[0] != value.value:
                collection.findings.blame(series.sheet, *place, _second(series, before[1]))
            elif before is this:
                rows.append(_reading(series, value))
    return rows


def _reading(series: Series, value: Value) -> ReadingRow:
    entry = value.entry
    return ReadingRow(
        line=series.sheet.line(entry.row, entry.column),
        team=series.team,
        kpi=series.name,
        date=value.span.first,
        value=value.value,
        note=" ".join(entry.note.split()),
    )


def _longer(series: Series, cadence: str) -> ParseError:
    what = f"is of more than one period: {shown(series.name)} is read {cadence}"
    return ParseError(what, "write a value for each period")


def _second(series: Series, first: str) -> ParseError:
    what = f"is a second value of {shown(series.name)} for the period of {first}"
    return ParseError(what, "keep one of them, or say what tells them apart in the name")


def _tables(
    found: Sequence[Series],
    kpis: AnyMapping[tuple[str, str], KpiRow],
    readings: list[ReadingRow],
    collection: Collection,
) -> Tables:
    known = collection.known
    told = [row for key, row in kpis.items() if _tells(row, collection)]
    owners = dict.fromkeys(row.owner for row in told if row.owner)
    people = {look(person) for person in known.people}
    given = {
        "teams": frozenset({"team"}),
        "people": frozenset({"person"}),
        "kpis": ALWAYS_GIVEN | ({"owner"} if owners else set()),
        "readings": frozenset(
            {"team", "kpi", "date", "value"}
            | ({"note"} if any(row.note for row in readings) else set())
        ),
    }
    return Tables(
        teams=[
            TeamRow(team=team)
            for team in dict.fromkeys(s.team for s in found)
            if team not in known.teams
        ],
        people=[PersonRow(person=owner) for owner in owners if owner not in people],
        kpis=told,
        readings=readings,
        given=given,
    )


def _tells(row: KpiRow, collection: Collection) -> bool:
    """Tell whether a KPI is new, or the file says something else of it than is known."""
    known = collection.known_kpis.get((row.team, row.kpi))
    names = ("unit", "better", "low", "high", "cadence", "owner")
    return known is None or any(getattr(row, each) != getattr(known, each) for each in names)
