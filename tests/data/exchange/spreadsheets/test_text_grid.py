"""Separated text as a grid, with whichever separator and letters it was saved."""

import pytest

from data.core.problems import ParseError
from data.exchange.spreadsheets.grid import EMPTY, Cell, CellKind
from data.exchange.spreadsheets.reading import as_one, read_spreadsheet, read_text
from tests.data.exchange.spreadsheets.books import grid_of, texts

TABLE = [["KPI", "Jan"], ["Umsatz, netto", "12,5"], ["Größe", "1.120"]]


def joined(separator: str, quote: str = '"') -> str:
    lines = (separator.join(f"{quote}{cell}{quote}" for cell in row) for row in TABLE)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_with_quotation_marks(separator: str) -> None:
    assert texts(grid_of(joined(separator).encode(), "numbers.csv")) == TABLE


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_commas_in_cells_separate_nothing(separator: str) -> None:
    assert texts(read_text(joined(separator, "")).grids[0]) == TABLE


@pytest.mark.parametrize("named", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_line_that_names_the_separator_is_skipped(named: str) -> None:
    grid = grid_of(f"{named}\r\nKPI;a,b,c\r\nSales;12,5\r\n".encode(), "numbers.csv")
    assert texts(grid) == [["KPI", "a,b,c"], ["Sales", "12,5"]]
    assert grid.lines == (2, 3)


def test_the_named_separator_may_be_any_sign() -> None:
    assert texts(read_text("sep=^\nKPI^1;2").grids[0]) == [["KPI", "1;2"]]


def test_a_title_does_not_hide_the_separator() -> None:
    text = "Figures of 2026, all teams\n\nKPI;Jan;Feb\nSales;1,5;2,5\nVisits;3,5;4,5\n"
    grid = read_text(text).grids[0]
    assert texts(grid)[2:] == [
        ["KPI", "Jan", "Feb"],
        ["Sales", "1,5", "2,5"],
        ["Visits", "3,5", "4,5"],
    ]
    assert texts(grid)[0] == ["Figures of 2026, all teams", "", ""]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_letters_of_any_encoding(encoding: str) -> None:
    assert texts(grid_of(joined(";").encode(encoding), "numbers.csv")) == TABLE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Jakość dostaw;zł", "cp1250"),
        ("Míra zmetků;%", "cp1250"),
        ("Příjmy;tis. Kč", "cp1250"),
        ("Eladások nőttek, fűtés;%", "cp1250"),
        ("Umsatz je m³ für Größe;€", "cp1252"),
        ("Taux d’échec à l’arrivée;%", "cp1252"),
        ("Añadido según;€", "cp1252"),
        ("Spørgsmål på åben;kr", "cp1252"),
        ("Satisfação não medida;%", "cp1252"),
    ],
)
def test_central_and_western_letters_of_windows(text: str, encoding: str) -> None:
    assert texts(grid_of(text.encode(encoding), "numbers.csv")) == [text.split(";")]


def test_cells_stand_as_they_were_typed() -> None:
    grid = read_text("\ufeffKPI\tJan\nSales\t> 120 \n\n\t\nVisits").grids[0]
    assert grid.rows == (
        (Cell("KPI", CellKind.TEXT), Cell("Jan", CellKind.TEXT)),
        (Cell("Sales", CellKind.TEXT), Cell("> 120 ", CellKind.TEXT)),
        (EMPTY, EMPTY),
        (EMPTY, EMPTY),
        (Cell("Visits", CellKind.TEXT), EMPTY),
    )
    assert (grid.file, grid.title, grid.lines) == ("pasted table", "pasted table", (1, 2, 3, 4, 5))


def test_blank_lines_and_columns_at_the_end_are_trimmed() -> None:
    grid = grid_of(b"KPI,Jan,,,\nSales,1,,,\n,,,,\n,,,,\n", "numbers.csv")
    assert texts(grid) == [["KPI", "Jan"], ["Sales", "1"]]
    assert (grid.file, grid.title, grid.columns) == ("numbers.csv", "numbers", ("A", "B"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "holds nothing that can be seen"),
        (b"KPI,Jan\nSa\0les,1\n", "has a NUL character"),
        ("KPI,Jan\nSa\0les,1\n".encode("utf-16"), "has a NUL character"),
        (b'KPI,Jan\n"Sales,1\n', "a quotation mark is not closed"),
        (b"\xef\xbb\xbfKPI,\xff", "has letters that nobody can tell"),
        (b",".join([b"x"] * 17_000), "has 1 rows and 17,000 columns"),
    ],
)
def test_what_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(ParseError, match=told):
        read_spreadsheet("numbers.csv", data)


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(ParseError, match="cannot be read"):
        read_spreadsheet("numbers.pdf", b"")


def test_several_files_are_the_sheets_of_one() -> None:
    read = [
        read_spreadsheet("Jan.csv", b"KPI,Actual\nScrap,4\n"),
        read_spreadsheet("Feb.csv", b"KPI,Actual\nScrap,5\n"),
    ]
    assert as_one(read[:1]) is read[0]
    both = as_one([*read, read[0]])
    assert both.file == "Jan.csv and 2 more"
    assert [grid.title for grid in both.grids] == ["Jan", "Feb", "Jan (2)"]
    assert [grid.file for grid in both.grids] == ["Jan.csv", "Feb.csv", "Jan.csv"]
