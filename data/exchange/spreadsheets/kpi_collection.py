"""The cells of the sheets, put together KPI by KPI: whose, of which period, how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.core.problems import ParseError
from data.exchange.number_formats import decimal_of, two_numbers
from data.exchange.spreadsheets.cell_numbers import ExactNumber, WrittenNumber
from data.exchange.spreadsheets.interview import Interview
from data.exchange.spreadsheets.kpi_names import Names
from data.exchange.spreadsheets.kpi_series import (
    Findings,
    Series,
    Value,
    check_readable,
    number_of,
    parted,
    unit_of,
)
from data.exchange.spreadsheets.mapping import (
    EACH_GROUP,
    Known,
    KnownKpi,
    Mapping,
    Question,
    QuestionKind,
    Role,
)
from data.exchange.spreadsheets.period_labels import Span
from data.exchange.spreadsheets.range_text import clear_range
from data.exchange.spreadsheets.sheet_periods import is_ahead, spans_of
from data.exchange.spreadsheets.sheet_reading import Entry, Sheet
from data.exchange.spreadsheets.sheet_teams import kpi_of, team_of
from data.exchange.spreadsheets.units import is_unit, same_unit


@dataclass
class Collection:
    """What is known while a spreadsheet is read."""

    known: Known
    mapping: Mapping
    interview: Interview
    today: date
    findings: Findings = field(default_factory=Findings)
    decimals: dict[str, str | None] = field(default_factory=dict)
    grouped: set[str] = field(default_factory=set)
    """The sheets in which each group of rows is a team."""
    teams: Names = field(default_factory=Names)
    kpis: dict[str, Names] = field(default_factory=dict)
    series: dict[tuple[str, str, str], Series] = field(default_factory=dict)
    known_kpis: dict[tuple[str, str], KnownKpi] = field(default_factory=dict)
    known_names: set[str] = field(default_factory=set)
    _names_of: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.teams = Names.of(self.known.teams)
        self.known_kpis = {kpi.place: kpi for kpi in self.known.kpis}
        for team, name in self.known_kpis:
            self._names_of.setdefault(team, []).append(name)
            self.known_names.add(name)

    def names(self, team: str) -> Names:
        """Give the names of a team's KPIs."""
        if team not in self.kpis:
            self.kpis[team] = Names.of(self._names_of.get(team, ()))
        return self.kpis[team]


def collect(sheets: Sequence[Sheet], collection: Collection) -> list[Series]:
    """Give the KPIs of all sheets with the readings that can be read."""
    for sheet in sheets:
        team = team_of(sheet, sheets, collection.known, collection.interview)
        if team == EACH_GROUP:
            collection.grouped.add(sheet.title)
        spans = spans_of(
            sheet, collection.interview, collection.known.fiscal_year_starts, collection.today
        )
        _read_entries(sheet, team, spans, collection)
    found = list(collection.series.values())
    for sheet in sheets:
        own = [series for series in found if series.sheet is sheet]
        collection.decimals[sheet.title] = _decimal(sheet, own, collection.interview)
    for series in found:
        _settle_unit(series, collection)
        _read_numbers(series, collection)
    return found


def _read_entries(
    sheet: Sheet, team: str | None, spans: Sequence[Span | ParseError], collection: Collection
) -> None:
    periods_open = collection.interview.is_open
    by_name: dict[tuple[str, str], Series | None] = {}
    for entry, span in zip(sheet.entries, spans, strict=False):
        key = (_team(sheet, entry, team), entry.kpi)
        if key not in by_name:
            by_name[key] = _series(sheet, entry, key[0], collection)
        series = by_name[key]
        if series is None:
            continue
        if not series.rows or series.rows[-1] != entry.row:
            series.rows.append(entry.row)
        _read_entry(series, entry, span, collection, blame_periods=not periods_open)
    of_targets = spans[len(sheet.entries) :]
    for entry, span in zip(sheet.target_entries, of_targets, strict=True):
        series = by_name.get((_team(sheet, entry, team), entry.kpi))
        if series is not None and isinstance(span, Span):
            series.target_entries.append((span.first, entry))


def _team(sheet: Sheet, entry: Entry, team: str | None) -> str:
    if entry.team:
        return entry.team
    return sheet.groups.get(entry.row, "") if team == EACH_GROUP else team or ""


def _series(sheet: Sheet, entry: Entry, team: str, collection: Collection) -> Series | None:
    """Find the KPI of an entry, or begin it; None where its name is open or cannot be kept."""
    written = kpi_of(sheet, entry, collection.known, collection.interview)
    if written is None:
        return None
    try:
        check_readable(sheet.cell(entry.row, Role.KPI))
        check_readable(sheet.cell(entry.row, Role.TEAM))
        team = collection.teams.name(team, sheet.title)
        names = collection.names(team)
        whole, unit = parted(written, collection.known_names)
        name = names.name(whole, sheet.title, collection.interview)
    except ParseError as unfit:
        collection.findings.blame(sheet, entry.row, entry.column, unfit)
        return None
    key = (sheet.title, team, name)
    if key not in collection.series:
        begun = Series(sheet, team, name, unit, written)
        begun.known = collection.known_kpis.get((team, name))
        collection.series[key] = begun
    return collection.series[key]


def _read_entry(
    series: Series,
    entry: Entry,
    span: Span | ParseError,
    collection: Collection,
    *,
    blame_periods: bool,
) -> None:
    findings = collection.findings
    try:
        number = number_of(entry.cell)
    except ParseError as unfit:
        findings.blame(series.sheet, entry.row, entry.column, unfit)
        return
    if number is None:
        findings.missing.append(entry.cell.text)
    elif isinstance(span, ParseError):
        if blame_periods:
            findings.blame(series.sheet, entry.row, _period_column(series.sheet, entry), span)
    elif is_ahead(span, collection.today):
        findings.ahead.append(entry.period)
    else:
        series.values.append(Value(entry, number, span))


def _period_column(sheet: Sheet, entry: Entry) -> int:
    places = [] if sheet.is_across else sheet.places(Role.PERIOD)
    return places[0] if places else entry.column


def _decimal(sheet: Sheet, own: Iterable[Series], interview: Interview) -> str | None:
    """Say which sign stands before the decimals of a sheet, by all its numbers together."""
    written = [number for series in own for number in _written_numbers(series)]
    texts = [number.digits for number in written if not isinstance(number, ExactNumber)]
    decimal = decimal_of(texts)
    doubtful = next((number.digits for number in written if number.could_be_two), "")
    if decimal is not None or not doubtful:
        return decimal
    whole, broken = two_numbers(doubtful)
    sign, other = (",", ".") if "," in doubtful else (".", ",")
    readings = ((sign, broken), (other, whole))
    return interview.ask(Question(QuestionKind.DECIMAL, sheet.title, "", doubtful, readings))


def _written_numbers(series: Series) -> Iterable[WrittenNumber]:
    yield from (value.number for value in series.values)
    for _, _, cell in series.targets():
        if found := clear_range(cell):
            yield from found.numbers


def _settle_unit(series: Series, collection: Collection) -> None:
    """Give a KPI its unit: that of its column, of its name, of its cells, or the known one."""
    set_unit = collection.mapping.kpis.get(series.name, {}).get("unit", "")
    column = series.said(Role.UNIT)
    targets = (clear_range(cell) for _, _, cell in series.targets())
    known = series.known.unit if series.known else ""
    beside = next((target.unit for target in targets if target and target.unit), "")
    of_all = _unit_of_names(series.sheet)
    series.unit = set_unit or column or series.unit or unit_of(series) or known or beside or of_all


def _unit_of_names(sheet: Sheet) -> str:
    """Give the unit of all KPIs, where it stands above their names: in T€."""
    headings = (sheet.columns[at].heading for at in sheet.places(Role.KPI))
    said = (heading.removeprefix("in ") for heading in headings if heading.startswith("in "))
    return next(filter(is_unit, said), "")


def _read_numbers(series: Series, collection: Collection) -> None:
    """Read the numbers, and blame those of another unit."""
    decimal = collection.decimals[series.sheet.title]
    kept = []
    for value in series.values:
        entry = value.entry
        try:
            if value.number.unit and not same_unit(value.number.unit, series.unit):
                what = f"is in {value.number.unit}, the others are in {series.unit or 'no unit'}"
                raise ParseError(what, "write all of a KPI's values in one unit")
            if decimal is None and value.number.could_be_two:
                continue
            value.value = value.number.value(decimal)
            kept.append(value)
        except ParseError as unfit:
            collection.findings.blame(series.sheet, entry.row, entry.column, unfit)
    series.values = kept
