"""What importing a spreadsheet would do, in short."""

from data.exchange.importing.spreadsheet import MappedSpreadsheet
from data.exchange.spreadsheets.mapping import RemarkKind
from data.exchange.views import ImportView, NewKpi, SpreadsheetChanges
from data.kpis.fields import KpiRow, better_of


def changes_of(read: MappedSpreadsheet, view: ImportView) -> SpreadsheetChanges:
    """Sum up what importing a spreadsheet would add and change."""
    tables, known = read.mapped.tables, read.known
    here = {(kpi.team, kpi.name) for kpi in known.kpis}
    counts = {file.name: file.counts for file in view.files}.get("readings")
    days = [row.date for row in tables.readings]
    remarks = read.mapped.remarks
    return SpreadsheetChanges(
        teams=_new([row.team for row in tables.teams], known.teams),
        people=_new([row.person for row in tables.people], known.people),
        kpis=tuple(_kpi(row) for row in tables.kpis if (row.team, row.kpi) not in here),
        readings=counts["new"] if counts else 0,
        corrected=counts["changed"] if counts else 0,
        first=min(days, default=None),
        last=max(days, default=None),
        problems=len(view.problems),
        missing=sum(each.count for each in remarks if each.kind is RemarkKind.NO_NUMBER),
    )


def _new(names: list[str], here: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in here)


def _kpi(row: KpiRow) -> NewKpi:
    better = better_of(row)
    return NewKpi(row.team, row.kpi, row.unit, better, row.low, row.high, row.cadence, row.owner)
