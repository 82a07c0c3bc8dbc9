"""A spreadsheet of any layout on the import page: read, corrected, seen, imported, kept."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.exchange.mapping import Correction
from data.exchange.spreadsheets.kept_mappings import kept_mappings
from pages.import_data import mapping_card
from tests.data.builders import exported
from tests.elements import all_sent, sent_to

PAGE = str(Path(__file__).parents[2] / "app.py")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = "KPI\tUnit\tTarget\tOwner\tJan 26\tFeb 26\tMar 26\n"
TODAY = date(2026, 11, 22)
Cells = list[list[Any]]

WIDE: Cells = [
    ["Bakery figures", None, None, None, None, None],
    [],
    ["KPI", "Unit", "Target", "Owner", "Jan 26", "Feb 26"],
    ["Scrap rate", "%", "< 4.5", "Kai", 4.1, 4],
    ["Revenue", "k€", "> 120", "Anna", 118.4, "n/a"],
]


@pytest.fixture
def engine(new_company: Engine) -> Engine:
    return new_company


@pytest.fixture
def open_page(engine: Engine) -> Callable[[], AppTest]:
    def open_page() -> AppTest:
        app = AppTest.from_file(PAGE, default_timeout=30)
        app.session_state["person"] = "Amara Osei"
        return app.run().switch_page("pages/import_data/page.py").run()

    return open_page


def drop(app: AppTest, cells: Cells, name: str = "figures.xlsx") -> AppTest:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "KPI"
    for row in cells:
        sheet.append(row)
    book.save(file)
    app.file_uploader[0].set_value([(name, file.getvalue(), XLSX)]).run()
    assert not app.exception
    return app


def correct(app: AppTest, what: str, about: str, said: str, column: int = 0) -> AppTest:
    """Correct the mapping as the element would."""
    looked = app.session_state["preview_job"].result()
    correction = Correction(what, about, column, said)
    corrected = mapping_card._corrected(looked.read, correction, TODAY)
    app.session_state["mapping"] = (app.session_state["given"].about, corrected)
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def facts(app: AppTest) -> dict[str, str]:
    return {fact["what"]: fact["which"] for fact in sent_to(app, "changes")["facts"]}


def with_team(app: AppTest, team: str = "Bakery") -> AppTest:
    return correct(app, "team", "KPI", team)


def test_a_wide_workbook_is_read_seen_and_imported_as_one_step(
    engine: Engine, open_page: Callable[[], AppTest]
) -> None:
    app = with_team(drop(open_page(), WIDE))
    card = sent_to(app, "mapping")
    assert card["title"] == "figures.xlsx, read as KPIs down and months across"
    (sheet,) = card["sheets"]
    roles = [column["role"] for column in sheet["columns"]]
    assert roles == ["KPI", "unit", "target", "owner", "value", "value"]
    assert [cell["text"] for cell in sheet["rows"][1]["cells"]][:4] == [
        *("Revenue", "k€", "> 120", "Anna")
    ]
    assert sheet["rows"][1]["cells"][5] == {"text": "n/a", "stands": "missing"}
    assert facts(app)["2 KPIs are new"] == "team Bakery\u00a0· monthly"
    assert facts(app)["3 readings are new"] == "January\u00a02026 to February\u00a02026"
    assert exported(engine).kpis == []
    press(app, "Import")
    brought = exported(engine)
    assert {(row.kpi, row.unit, row.low, row.high, row.owner) for row in brought.kpis} == {
        ("Scrap rate", "%", None, 4.5, "Kai"),
        ("Revenue", "k€", 120, None, "Anna"),
    }
    assert sorted((row.kpi, row.date.month, row.value) for row in brought.readings) == [
        ("Revenue", 1, 118.4),
        ("Scrap rate", 1, 4.1),
        ("Scrap rate", 2, 4),
    ]
    assert len(kept_mappings(engine)) == 1
    press(app, "Take the import back")
    assert exported(engine).kpis == []
    assert kept_mappings(engine) == ()


def test_the_next_month_is_one_drop(engine: Engine, open_page: Callable[[], AppTest]) -> None:
    app = press(with_team(drop(open_page(), WIDE)), "Import")
    later = [
        *WIDE[:2],
        *([*row, more] for row, more in zip(WIDE[2:], ["Mar 26", 3.9, 121], strict=True)),
    ]
    app = drop(app, later)
    assert sent_to(app, "mapping")["folded"]
    assert facts(app)["2 readings are new"]
    press(app, "Import")
    assert len(exported(engine).readings) == 5


def test_a_column_is_left_out_by_its_role(engine: Engine, open_page: Callable[[], AppTest]) -> None:
    app = with_team(drop(open_page(), WIDE))
    correct(app, "role", "KPI", "leave out", column=5)
    assert "2 readings are new" in facts(app)
    correct(app, "role", "KPI", "value", column=5)
    assert "3 readings are new" in facts(app)


def test_a_new_kpi_is_set_before_it_comes_in(
    engine: Engine, open_page: Callable[[], AppTest]
) -> None:
    app = with_team(drop(open_page(), WIDE))
    looked, given = app.session_state["preview_job"].result(), app.session_state["given"]
    with pytest.MonkeyPatch.context() as patch:
        state: dict[str, Any] = {}
        patch.setattr("pages.import_data.mapping_card.st.session_state", _State(state))
        mapping_card._set(given, looked.read.mapping, "Scrap rate", "high", "5,25")
        app.session_state["mapping"] = state["mapping"]
        mapping_card._set(given, looked.read.mapping, "Scrap rate", "high", "many")
    assert "not a number" in state["told"].message
    app.run()
    press(app, "Import")
    (scrap,) = [row for row in exported(engine).kpis if row.kpi == "Scrap rate"]
    assert scrap.high == 5.25


class _State(dict[str, Any]):
    """A session's state that is none."""

    def __init__(self, kept: dict[str, Any]) -> None:
        super().__init__()
        self.__dict__ = kept


def test_nothing_is_offered_before_an_open_question_is_answered(
    engine: Engine, open_page: Callable[[], AppTest]
) -> None:
    app = open_page()
    app.text_area[0].set_value("Date\tScrap\n03/04/2026\t4.1\n05/06/2026\t4.2").run()
    assert not app.exception
    asked = [each for each in sent_to(app, "mapping")["questions"] if not each["taken"]]
    unanswered = {each["key"].split("/")[0]: each for each in asked}
    assert unanswered.keys() == {"day order", "team"}
    question = unanswered["day order"]
    days = [reading["text"] for reading in question["readings"]]
    assert days == ["3\u00a0Apr\u00a02026", "4\u00a0Mar\u00a02026"]
    assert all_sent(app, "changes") == []
    assert not any(button.label == "Import" for button in app.button)
    assert any("2 questions to answer first" in info.value for info in app.info)
    correct(app, "answer", question["key"], "day first")
    correct(app, "answer", unanswered["team"]["key"], "Bakery")
    press(app, "Import")
    assert [str(row.date) for row in exported(engine).readings] == ["2026-04-01", "2026-06-01"]


def test_a_file_without_a_table_says_what_to_do(open_page: Callable[[], AppTest]) -> None:
    letter = [["Dear all,"], ["please see below."], ["Month", "Scrap"], ["soon", "less"]]
    app = drop(open_page(), letter)
    (info,) = app.info
    assert info.value.startswith("No table of numbers was found in it.")
    assert "← Bring in something else" in [button.label for button in app.button]
    app = correct(app, "read", "KPI", "yes")
    (sheet,) = sent_to(app, "mapping")["sheets"]
    assert sheet["read"]
    assert sheet["lines"] == [1, 2, 3, 4]
    correct(app, "heading", "KPI", "3")


def test_a_formula_without_its_result_is_refused_by_its_cell(
    open_page: Callable[[], AppTest],
) -> None:
    cells = [*WIDE[:3], ["Scrap rate", "%", "< 4.5", "Kai", "=A1", 4.0]]
    app = with_team(drop(open_page(), cells))
    said = " ".join(each.value for each in app.markdown)
    assert "E4 is a formula without a stored result" in said
    assert not any(button.label == "Import" for button in app.button)


def test_what_is_pasted_is_read_like_a_file(
    engine: Engine, open_page: Callable[[], AppTest]
) -> None:
    app = open_page()
    app.text_area[0].set_value(TABS + "Scrap rate\t%\t< 4.5\tKai\t4.1\t4.0\t3.9").run()
    title = sent_to(app, "mapping")["sheets"][0]["title"]
    app = correct(app, "team", title, "Bakery")
    press(app, "Import")
    assert [row.value for row in exported(engine).readings] == [4.1, 4.0, 3.9]


def test_a_file_that_cannot_be_read_says_why(
    engine: Engine, open_page: Callable[[], AppTest]
) -> None:
    app = open_page()
    app.file_uploader[0].set_value([("figures.xlsx", b"no workbook", XLSX)]).run()
    assert not app.exception
    assert any("1 problem to put right" in header.value for header in app.header)
    assert not any(button.label.startswith("Import") for button in app.button)


@pytest.mark.parametrize(
    ("what", "about", "said"),
    [("role", "KPI", "goal"), ("role", "Nothing", "KPI"), ("heading", "KPI", "x")],
)
def test_a_correction_that_makes_no_sense_changes_nothing(
    engine: Engine, open_page: Callable[[], AppTest], what: str, about: str, said: str
) -> None:
    app = with_team(drop(open_page(), WIDE))
    before = sent_to(app, "mapping")
    correct(app, what, about, said)
    assert sent_to(app, "mapping") == before
