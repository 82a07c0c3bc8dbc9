"""What is taken along can be brought in again, and no text in it is a formula."""

from datetime import date

from data.company.fields import TeamRow
from data.exchange.tables import Tables
from data.exchange.upload import read_uploads
from data.exchange.views import ProblemView
from data.exchange.write import fits_a_sheet, problems_csv, table_csv, workbook
from data.kpis.fields import KpiRow, ReadingRow

TABLES = Tables(
    teams=[TeamRow(team="=HYPERLINK(1)"), TeamRow(team="Zürich")],
    kpis=[KpiRow(team="Zürich", kpi="+1", low=-2.5)],
    readings=[ReadingRow(team="Zürich", kpi="+1", date=date(2026, 5, 18), value=-3.5)],
)


def test_a_table_and_everything_are_read_back() -> None:
    assert read_uploads([("all.xlsx", workbook(TABLES))]).tables == TABLES
    files = [(f"{name}.csv", table_csv(TABLES, name)) for name in ("teams", "kpis", "readings")]
    assert read_uploads(files).tables == TABLES


def test_no_text_is_a_formula() -> None:
    assert table_csv(TABLES, "teams").decode("utf-8-sig").splitlines()[1] == (
        "'=HYPERLINK(1),,Monday,"
    )
    problem = ProblemView("teams", "=x.xlsx[teams]", 2, "+1 is wrong", "write it")
    assert problems_csv([problem]).decode("utf-8-sig").splitlines()[1] == (
        "'=x.xlsx[teams],2,'+1 is wrong,write it"
    )


def test_a_sheet_holds_so_many_rows() -> None:
    assert fits_a_sheet(1_048_575)
    assert not fits_a_sheet(1_048_576)
