"""The blank workbook: it explains every column, and is read as nothing yet."""

import io

from openpyxl import load_workbook

from data.core.fields import columns
from data.exchange.import_template import blank_workbook, explanations
from data.exchange.read import GUIDE
from data.exchange.tables import FILES, Tables
from data.exchange.upload import read_uploads


def test_it_is_read_as_nothing_yet_without_a_remark() -> None:
    loaded = read_uploads([("blank.xlsx", blank_workbook())])
    assert (loaded.tables, loaded.warnings) == (Tables(), ())


def test_every_column_is_explained_and_the_needed_ones_are_marked() -> None:
    told = {(sheet, column): (needed, says) for sheet, column, needed, _, says in explanations()}
    for name, row_class in FILES.items():
        for column in columns(row_class):
            needed, says = told[name, column.name]
            assert needed.startswith("needed") == column.needed
            assert len(says) > 3


def test_the_sheets_have_the_headings_the_words_and_the_notes() -> None:
    book = load_workbook(io.BytesIO(blank_workbook()))
    assert book.sheetnames == [GUIDE, *FILES]
    sheet = book["kpis"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in columns(FILES["kpis"])]
    assert (sheet["B1"].font.bold, sheet["C1"].font.bold) == (True, False)
    assert sheet["B1"].comment.text.startswith("Needed. The name of the KPI.")
    offered = [each.formula1 for each in sheet.data_validations.dataValidation]
    assert '"daily,weekdays,weekly,monthly,quarterly"' in offered
    guide = [[cell.value for cell in row] for row in book[GUIDE].iter_rows()]
    assert [
        "kpis",
        "kpi",
        "needed",
        "text of up to 200 characters",
        "The name of the KPI.",
    ] in guide
