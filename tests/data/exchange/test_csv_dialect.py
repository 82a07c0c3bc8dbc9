"""CSV as spreadsheets of other countries save it, spelled as the format has it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core.problems import ParseError
from data.exchange import csv_folder
from data.exchange.csv_dialect import CsvLines

HEADINGS = "team;kpi;date;value"


def silent(_share: float) -> None:
    pass


class Read:
    """A file that was read to its end."""

    def __init__(self, name: str, data: bytes) -> None:
        self.file = CsvLines(name, data)
        self.lines = [(line, list(cells)) for line, cells in self.file.lines(silent)]
        self.doubtful = self.file.problems.told()


def readings(*rows: str, headings: str = HEADINGS) -> Read:
    return Read("readings", "\n".join([headings, *rows, ""]).encode())


def cells(of: Read) -> list[list[str]]:
    return [cells[2:4] for _, cells in of.lines][1:]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("A;K;31.12.2025;4,5", ["2025-12-31", "4.5"]),
        ("A;K;1.2.2026;1.234,5", ["2026-02-01", "1234.5"]),
        ("A;K;2026-02-01;1 234,5", ["2026-02-01", "1234.5"]),
        ("A;K;31/12/2025;−0,5", ["2025-12-31", "-0.5"]),
        ("A;K;18 May 2026;12", ["2026-05-18", "12"]),
        ("A;K;May 2026;n/a", ["May 2026", "n/a"]),
        ("A;K;31.13.2026;", ["31.13.2026", ""]),
        ("A;K;12/31/2025;1e3", ["2025-12-31", "1e3"]),
    ],
)
def test_what_can_mean_one_thing_is_spelled_anew(row: str, cell: list[str]) -> None:
    found = readings(row)
    assert (cells(found), found.doubtful) == ([cell], [])


def test_what_the_other_cells_prove_is_no_longer_doubtful() -> None:
    found = readings("A;K;05/10/2026;1.234", "A;K;31/10/2026;0,5", "A;K;31.10.2026;1,234")
    assert cells(found) == [["2026-10-05", "1234"], ["2026-10-31", "0.5"], ["2026-10-31", "1.234"]]
    assert found.doubtful == []


def test_a_dotted_date_proves_nothing_of_one_with_slashes() -> None:
    found = readings("A;K;05/10/2026;1", "A;K;31.10.2026;1")
    assert [problem.what for problem in found.doubtful] == ["date 05/10/2026 could be two days"]


@pytest.mark.parametrize("value", ["1.234", "1,234", "-12.000"])
def test_a_number_that_could_be_two_names_both(value: str) -> None:
    (problem,) = readings(f"A;K;2026-10-05;{value}").doubtful
    whole, point = value.replace(".", "").replace(",", ""), value.replace(",", ".")
    assert (problem.file, problem.line) == ("readings.csv", 2)
    assert problem.what == f"value {value} could be two numbers"
    assert problem.remedy == f"write {whole} or {point}0, whichever is meant"
    for remedy in (whole, f"{point}0"):
        again = readings(f"A;K;2026-10-05;{remedy}")
        assert [float(value) for _, value in cells(again)] == [float(remedy)]
        assert again.doubtful == []


def test_a_file_of_the_format_stays_as_it_is() -> None:
    found = Read("readings", b"team,kpi,date,value\r\nA,K,2026-10-05,1.234\r\n")
    assert found.lines[1:] == [(2, ["A", "K", "2026-10-05", "1.234"])]
    assert (found.doubtful, found.file.warnings()) == ([], [])


def test_between_commas_a_point_is_the_format_s_own_unless_it_is_denied() -> None:
    headings = HEADINGS.replace(";", ",")
    plain = readings('A,K,2026-10-05,"1,234"', headings=headings)
    assert [problem.what for problem in plain.doubtful] == ["value 1,234 could be two numbers"]
    mixed = readings('A,K,2026-10-05,"4,5"', "A,K,2026-10-06,1.234", headings=headings)
    assert [problem.line for problem in mixed.doubtful] == [3]


def test_lists_and_texts_keep_their_signs_and_their_lines() -> None:
    data = b'team;kpi;low;pinned\n\nA;"K\n1,5";1,5;"A; B"\n\n;;x;\n'
    assert Read("kpis", data).lines == [
        (1, ["team", "kpi", "low", "pinned"]),
        (3, ["A", "K\n1,5", "1.5", "A; B"]),
        (6, ["", "", "x", ""]),
    ]


def test_tabs_and_letters_of_windows_are_said() -> None:
    found = Read("teams", "team\tparent\nZürich\t\n".encode("cp1252"))
    assert found.lines == [(1, ["team", "parent"]), (2, ["Zürich", ""])]
    (warning,) = found.file.warnings()
    assert str(warning).startswith(
        "teams.csv:1: read with Windows-1252 letters and tabs between cells: look at a row"
    )


@pytest.mark.parametrize("data", [b"team\nA\x81\n", "te\0am\n".encode("utf-16"), b"te\0am\n"])
def test_what_cannot_be_decoded_is_left_to_the_strict_reader(data: bytes) -> None:
    with pytest.raises(ParseError) as unfit:
        Read("teams", data)
    with pytest.raises(ParseError) as strict:
        list(csv_folder.lines(lambda: data, silent))
    assert str(unfit.value) == str(strict.value)


def test_the_line_that_names_the_separator_is_skipped() -> None:
    found = Read("readings", b"sep=;\nteam;kpi;date;value\nA;K;2026-10-31;12,5\n")
    assert found.lines == [
        (2, ["team", "kpi", "date", "value"]),
        (3, ["A", "K", "2026-10-31", "12.5"]),
    ]


def test_utf_16_is_read_and_said() -> None:
    found = Read("teams", "team\tparent\nZürich\t\n".encode("utf-16"))
    assert found.lines == [(1, ["team", "parent"]), (2, ["Zürich", ""])]
    assert found.file.said == ["UTF-16 letters", "tabs between cells"]


def test_an_open_quotation_mark_is_told_where_it_is() -> None:
    with pytest.raises(ParseError) as unfit:
        Read("teams", b'team;parent\nA;\n"B;\n')
    assert unfit.value.line == 3


@given(
    st.lists(
        st.tuples(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(-(10**9), 10**9)),
        min_size=1,
    )
)
def test_what_a_spreadsheet_writes_with_commas_and_points_comes_back(
    rows: list[tuple[date, int]],
) -> None:
    written = [
        f"A;K;{day.day:02}.{day.month:02}.{day.year};{f'{number / 100:.2f}'.replace('.', ',')}"
        for day, number in rows
    ]
    found = cells(readings(*written))
    assert [(date.fromisoformat(day), float(value)) for day, value in found] == [
        (day, number / 100) for day, number in rows
    ]
