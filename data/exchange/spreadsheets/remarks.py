"""What was done with a spreadsheet that a person should know of, counted."""

from collections.abc import Iterator, Sequence

from data.exchange.spreadsheets.grid import Spreadsheet
from data.exchange.spreadsheets.headings import is_total
from data.exchange.spreadsheets.kpi_collection import Collection
from data.exchange.spreadsheets.mapping import Mapping, Remark, RemarkKind, Role
from data.exchange.spreadsheets.sheet_reading import ROW_REMARKS, Sheet


def remarks_of(
    spreadsheet: Spreadsheet, mapping: Mapping, sheets: Sequence[Sheet], collection: Collection
) -> tuple[Remark, ...]:
    """Give what is to be said of a spreadsheet, sheet by sheet, then of its cells and names."""
    return (
        *_of_file(spreadsheet, mapping),
        *(
            remark
            for sheet in sheets
            for remark in _of_sheet(sheet)
            if remark.kind is not RemarkKind.GROUP_ROWS or sheet.title not in collection.grouped
        ),
        *_of_cells(collection),
    )


def _of_file(spreadsheet: Spreadsheet, mapping: Mapping) -> Iterator[Remark]:
    for title in spreadsheet.hidden:
        yield Remark(RemarkKind.HIDDEN_LEFT_OUT, title, example=title)
    for sheet in mapping.sheets:
        if not sheet.is_read:
            yield Remark(RemarkKind.SHEET_LEFT_OUT, sheet.title, example=sheet.title)


def _of_sheet(sheet: Sheet) -> Iterator[Remark]:
    title = sheet.title
    if sheet.grid.is_turned:
        yield Remark(RemarkKind.TURNED, title)
    if hidden := sheet.original.hidden_rows + sheet.original.hidden_columns:
        yield Remark(RemarkKind.HIDDEN_LEFT_OUT, title, hidden)
    for kind, remark in ROW_REMARKS.items():
        count, example = sheet.counted(kind)
        if count:
            yield Remark(remark, title, count, example)
    columns = [column for column in sheet.columns if column.role is Role.LEAVE_OUT]
    headings = [column.heading for column in columns if column.heading]
    totals = [heading for heading in headings if is_total(heading)]
    others = [heading for heading in headings if heading not in totals]
    for remark, found in (
        (RemarkKind.TOTALS_LEFT_OUT, totals),
        (RemarkKind.COLUMN_LEFT_OUT, others),
    ):
        if found:
            yield Remark(remark, title, len(found), found[0])


def _of_cells(collection: Collection) -> Iterator[Remark]:
    findings = collection.findings
    commas = [title for title, decimal in collection.decimals.items() if decimal == ","]
    names = {**collection.teams.look_alikes}
    for each in collection.kpis.values():
        names |= each.look_alikes
    for title in commas:
        yield Remark(RemarkKind.DECIMAL, title, example=",")
    for kind, found in (
        (RemarkKind.NO_NUMBER, findings.missing),
        (RemarkKind.AHEAD, findings.ahead),
        (RemarkKind.SAME_NAME, list(names.values())),
    ):
        if found:
            yield Remark(kind, "", len(found), found[0])
