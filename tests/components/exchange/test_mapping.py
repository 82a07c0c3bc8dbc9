"""How a spreadsheet is read as the element is told: roles, cells, questions, and what it says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from components.exchange import changes, changes_words, mapping, mapping_days, mapping_words
from data.company.fields import TeamRow
from data.exchange.spreadsheets.grid import EMPTY, Cell, CellKind, Grid, Spreadsheet
from data.exchange.spreadsheets.mapping import (
    ColumnMapping,
    Mapped,
    Mapping,
    Question,
    QuestionKind,
    Remark,
    RemarkKind,
    Role,
    SheetMapping,
)
from data.exchange.tables import Tables
from data.exchange.views import SpreadsheetChanges
from data.kpis.fields import KpiRow

FIXED = "\u00a0"
TEXT, NUMBER, SHARE = CellKind.TEXT, CellKind.NUMBER, CellKind.PERCENT
BETTER = Question(
    QuestionKind.BETTER, "KPI", "Scrap", "4", (("higher", "≥ 4"), ("lower", "≤ 4")), "lower"
)
YEAR = Question(QuestionKind.YEAR, "KPI", "", "W1", (("2025", "2024-12-30 to 2025-01-05"),))
TEAM = Question(QuestionKind.TEAM, "KPI", "", "figures", (("figures", "figures"),), "figures")


def sent(element: str, show: Callable[..., None], *of: Any, **options: Any) -> dict[str, Any]:
    """Give what an element is sent where it is shown."""
    told: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"components.exchange.{element}", lambda data, **_rest: told.update(data))
        show(*of, **options)
    return told


def grid() -> Grid:
    rows = (
        (Cell("Figures", TEXT), EMPTY, EMPTY),
        (Cell("KPI", TEXT), Cell("Target", TEXT), Cell("Jan 26", TEXT)),
        (Cell("Scrap", TEXT), Cell("4", NUMBER), Cell("94", SHARE)),
        (EMPTY, EMPTY, EMPTY),
        (Cell("Energy", TEXT), EMPTY, Cell("n/a", TEXT)),
        (Cell("Cost", TEXT), EMPTY, Cell("12,5", TEXT)),
    )
    return Grid("f.xlsx[KPI]", "KPI", rows, (1, 2, 3, 4, 5, 6), ("A", "B", "C"))


def sheet(**changed: Any) -> SheetMapping:
    columns = (
        ColumnMapping("KPI", Role.KPI),
        ColumnMapping("Target", Role.TARGET),
        ColumnMapping("Jan 26", Role.VALUE, "Jan 26"),
    )
    shape = {"is_read": True, "is_turned": False, "heading_lines": (2,), "columns": columns}
    return SheetMapping(title="KPI", **{**shape, **changed})


def shown(
    *questions: Question,
    answers: dict[str, str] | None = None,
    cadence: str = "monthly",
    **options: Any,
) -> dict[str, Any]:
    kpi = KpiRow(team="Bakery", kpi="Scrap")
    tables = Tables(teams=[TeamRow(team="Bakery")], kpis=[kpi])
    mapped = Mapped(tables, questions, (), (), is_open=False)
    read = Mapping((sheet(**options),), answers or {})
    return sent(
        "mapping._MAPPING",
        mapping.show,
        Spreadsheet("f.xlsx", (grid(),)),
        read,
        mapped,
        cadence=cadence,
        is_kept=False,
        teams=("Bakery",),
        key="mapping",
        on_correct=lambda _correction: None,
    )


def test_the_first_rows_stand_below_their_roles_as_they_are_seen() -> None:
    (shown_sheet,) = shown()["sheets"]
    assert [column["role"] for column in shown_sheet["columns"]] == ["KPI", "target", "value"]
    assert [row["line"] for row in shown_sheet["rows"]] == [3, 5, 6]
    values = [row["cells"][2] for row in shown_sheet["rows"]]
    assert values == [
        {"text": "94 %", "stands": "number"},
        {"text": "n/a", "stands": "missing"},
        {"text": "12,5", "stands": "number"},
    ]
    assert shown_sheet["place"] == "sheet “KPI”, headings in row 2"


def test_the_team_that_is_taken_is_shown() -> None:
    (shown_sheet,) = shown()["sheets"]
    assert (shown_sheet["team"], shown_sheet["has_team"]) == ("Bakery", False)
    assert shown(team="Sales")["sheets"][0]["team"] == "Sales"


def test_a_turned_sheet_is_shown_turned() -> None:
    columns = tuple(ColumnMapping(name, Role.VALUE) for name in "abcdef")
    (turned,) = shown(is_turned=True, heading_lines=(1,), columns=columns)["sheets"]
    assert turned["lines"] == [1, 2, 3]
    assert turned["rows"][0]["cells"][2]["text"] == "4"
    assert turned["place"] == "sheet “KPI”, headings in column 1"


def test_what_waits_for_an_answer_comes_first_and_marks_its_column() -> None:
    data = shown(BETTER, TEAM, YEAR, answers={TEAM.key: "Bakery"})
    first, second, third = data["questions"]
    assert (first["asked"], first["taken"], first["answered"]) == ("Which year is it?", "", False)
    reading = f"30{FIXED}Dec{FIXED}2024 to 5{FIXED}Jan{FIXED}2025"
    assert first["readings"] == [{"code": "2025", "text": reading}]
    assert (second["lead"], second["cell"]) == ("Scrap", "“4”")
    assert second["taken"] == "ideal up to 4, lower is better"
    assert (third["lead"], third["taken"], third["answered"]) == ("Team of “KPI”", "Bakery", True)
    (shown_sheet,) = data["sheets"]
    assert [column["asked"] for column in shown_sheet["columns"]] == [False, True, False]
    assert shown_sheet["has_team"]


def test_the_title_says_the_layout() -> None:
    assert shown()["title"] == "f.xlsx, read as KPIs down and months across"
    one = (ColumnMapping("KPI", Role.KPI), ColumnMapping("Value", Role.VALUE))
    assert shown(columns=one)["title"] == "f.xlsx, read as a list of KPIs for one month"
    long = (*one, ColumnMapping("Month", Role.PERIOD))
    assert shown(columns=long)["title"] == "f.xlsx, read as a list with a row for each reading"
    assert shown(is_turned=True)["title"] == "f.xlsx, read as months down and KPIs across"
    assert shown(is_read=False)["title"] == "f.xlsx, read as nothing yet"


@pytest.mark.parametrize(
    ("heading", "cadence", "named", "value"),
    [
        ("2026-01-01", "daily", f"Jan{FIXED}26", "month"),
        ("2026-01-05", "weekly", f"5{FIXED}Jan{FIXED}2026", "week"),
        ("KW 5", "weekly", "KW 5", "week"),
        ("2026-13-45", "", "2026-13-45", "period"),
        ("FY26 Q1", "fiscal quarter", "FY26 Q1", "quarter"),
    ],
)
def test_headings_name_days_as_people_do(
    heading: str, cadence: str, named: str, value: str
) -> None:
    later = heading.replace("-01-", "-02-")
    columns = (
        ColumnMapping("KPI", Role.KPI),
        *(ColumnMapping(each, Role.VALUE, each) for each in (heading, later)),
    )
    data = shown(columns=columns, cadence=cadence)
    (shown_sheet,) = data["sheets"]
    _, first, _ = shown_sheet["columns"]
    assert (first["heading"], first["value"]) == (named, value)
    assert data["title"] == f"f.xlsx, read as KPIs down and {value}s across"


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2026-01-31", "2026-02-28"), True),
        (("2026-01-01", "2026-04-01"), True),
        (("2026-01-31", "2026-02-01"), False),
        (("2026-01-01",), False),
        (("9999-12-31", "9999-11-30"), True),
        ((), False),
    ],
)
def test_first_and_last_days_stand_for_months(days: tuple[str, ...], found: bool) -> None:
    assert mapping_days.are_months(map(date.fromisoformat, days)) is found


def test_days_in_cells_are_named_too() -> None:
    rows = (
        (Cell("Metric", TEXT), Cell("Month", TEXT)),
        *((Cell("Scrap", TEXT), _day_cell(month)) for month in (1, 2)),
    )
    shown_grid = Grid("f.xlsx[KPI]", "KPI", rows, (1, 2, 3), ("A", "B"))
    columns = (ColumnMapping("Metric", Role.KPI), ColumnMapping("Month", Role.PERIOD))
    of = sheet(columns=columns, heading_lines=(1,))
    mapped = Mapped(Tables(), (), (), (), is_open=False)
    cells = [row["cells"][1]["text"] for row in mapping._sheet(of, shown_grid, mapped, "")["rows"]]
    assert cells == [f"Jan{FIXED}26", f"Feb{FIXED}26"]


def _day_cell(month: int) -> Cell:
    day = date(2026, month, 1)
    return Cell(day.isoformat(), CellKind.DAY, day)


def test_remarks_stand_on_one_line() -> None:
    told = [
        Remark(RemarkKind.TITLE_LEFT_OUT, "KPI"),
        Remark(RemarkKind.NO_NUMBER, "KPI", 2, "n/a"),
        Remark(RemarkKind.DECIMAL, "KPI", 3, ","),
    ]
    assert mapping_words.remarks(told) == (
        f"title left out{FIXED}· 2 cells without a number stay missing (“n/a”)"
        f"{FIXED}· decimals after a comma"
    )
    assert all(mapping_words.remarks([Remark(kind, "KPI")]) for kind in RemarkKind)


@pytest.mark.parametrize(
    "nonsense",
    [None, "x", {"what": "burn", "about": "", "said": ""}, {"what": "role", "about": 3}, []],
)
def test_a_correction_that_makes_no_sense_is_none(nonsense: object) -> None:
    assert mapping.correction_of(nonsense) is None


def test_a_correction_is_heard() -> None:
    sent_one = {"what": "role", "about": "KPI", "said": "unit", "column": 2}
    assert mapping.correction_of(sent_one) == mapping.Correction("role", "KPI", 2, "unit")


def summary(**changed: Any) -> SpreadsheetChanges:
    kpi = KpiRow(team="Bakery", kpi="Scrap", unit="%", high=4.5, owner="Kai")
    shape = {
        "teams": ("Bakery",),
        "people": ("Kai",),
        "kpis": (kpi,),
        "readings": 1_234,
        "corrected": 0,
        "changed": 0,
        "first": date(2025, 1, 1),
        "last": date(2026, 11, 1),
        "problems": 0,
        "missing": 2,
    }
    return SpreadsheetChanges(**{**shape, **changed})


def test_what_import_will_do_is_said_line_by_line() -> None:
    data = sent(
        "changes._CHANGES", changes.show, summary(), key="changes", on_set=lambda *_said: None
    )
    assert [(fact["what"], fact["which"]) for fact in data["facts"]] == [
        ("1 KPI is new", f"team Bakery{FIXED}· monthly"),
        ("1 of them with an ideal range", f"Scrap up to 4.5{FIXED}%"),
        ("1 team is new", "Bakery"),
        ("1 person is new", "Kai"),
        ("1\u202f234 readings are new", f"January{FIXED}2025 to November{FIXED}2026"),
        ("0 problems", "2 cells without a number stay missing"),
    ]
    assert data["kpis"][0]["high"] == "4.5"
    assert data["kpis"][0]["low"] == ""


def test_a_later_month_says_what_it_corrects() -> None:
    later = summary(kpis=(), teams=(), people=(), readings=2, corrected=1, changed=1, missing=0)
    assert [fact["what"] for fact in changes_words.facts(later)] == [
        *("1 KPI is changed", "2 readings are new", "1 reading is corrected", "0 problems")
    ]
    assert changes_words.title(later) == "What Import will do"


def test_a_file_that_is_here_already_says_so() -> None:
    same = summary(kpis=(), teams=(), people=(), readings=0)
    assert changes_words.title(same) == "Nothing new"


@pytest.mark.parametrize("nonsense", [None, {"kpi": "a", "column": "name", "said": ""}, {}])
def test_what_is_set_of_nothing_is_none(nonsense: object) -> None:
    assert changes.set_of(nonsense) is None
