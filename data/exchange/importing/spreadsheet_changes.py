"""What importing a spreadsheet would do, in short."""

from datetime import date

from data.exchange.importing.spreadsheet import MappedSpreadsheet
from data.exchange.spreadsheets.mapping import RemarkKind
from data.exchange.tables import Tables
from data.exchange.views import FileView, ImportView, SpreadsheetChanges


def changes_of(read: MappedSpreadsheet, view: ImportView) -> SpreadsheetChanges:
    """Sum up what importing a spreadsheet would add and change."""
    tables, known = read.mapped.tables, read.known
    here = {(kpi.team, kpi.name) for kpi in known.kpis}
    files = {file.name: file for file in view.files}
    kpis, readings = files.get("kpis"), files.get("readings")
    days = _new_days(tables, readings)
    remarks = read.mapped.remarks
    return SpreadsheetChanges(
        teams=_new([row.team for row in tables.teams], known.teams),
        people=_new([row.person for row in tables.people], known.people),
        kpis=tuple(row for row in tables.kpis if (row.team, row.kpi) not in here),
        readings=readings.counts["new"] if readings else 0,
        corrected=readings.counts["changed"] if readings else 0,
        changed=kpis.counts["changed"] if kpis else 0,
        first=min(days, default=None),
        last=max(days, default=None),
        problems=len(view.problems),
        missing=sum(each.count for each in remarks if each.kind is RemarkKind.NO_NUMBER),
    )


def _new_days(tables: Tables, readings: FileView | None) -> list[date]:
    """Give the days of the readings that are new; none where only the first of them are known."""
    count = readings.counts["new"] if readings else 0
    if readings is None or count == len(tables.readings):
        return [row.date for row in tables.readings]
    known = readings.rows["new"]
    return [tables.readings[row.line - 1].date for row in known] if len(known) == count else []


def _new(names: list[str], here: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in here)
