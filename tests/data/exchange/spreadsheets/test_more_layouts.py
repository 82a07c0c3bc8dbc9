"""Layouts beyond the plain ones: targets below actual values, years across, a sheet a KPI."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.exchange.spreadsheets.corrections import with_answer
from data.exchange.spreadsheets.grid import NO_RESULT, Spreadsheet
from data.exchange.spreadsheets.mapped_tables import map_tables
from data.exchange.spreadsheets.mapping import (
    EACH_KPI,
    Known,
    KnownKpi,
    Mapped,
    Question,
    QuestionKind,
    RemarkKind,
    Role,
)
from data.exchange.spreadsheets.proposal import propose
from models import Better
from tests.data.exchange.spreadsheets.grids import grid_of, sheets_of, spreadsheet_of
from tests.data.exchange.spreadsheets.real_looking import TODAY

WORKS = Known(teams=("Works",))
MONTHS = ("Jan 26", "Feb 26", "Mar 26", "Apr 26")


def mapped(spreadsheet: Spreadsheet, known: Known = WORKS, **answers: str) -> Mapped:
    mapping = propose(spreadsheet, known, today=TODAY)
    return map_tables(spreadsheet, replace(mapping, answers=answers), known, today=TODAY)


def read(rows: list[list[Any]], known: Known = WORKS, **said: Any) -> Mapped:
    return mapped(spreadsheet_of(rows, **said), known)


def series(result: Mapped) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for row in result.tables.readings:
        found.setdefault(row.kpi, []).append((f"{row.date:%Y-%m}", row.value))
    return found


def ranges(result: Mapped) -> dict[str, tuple[float | None, float | None]]:
    return {row.kpi: (row.low, row.high) for row in result.tables.kpis}


def question(result: Mapped, kind: QuestionKind) -> Question:
    (found,) = [each for each in result.questions if each.kind is kind]
    return found


def test_targets_in_rows_of_their_own_give_the_range() -> None:
    rows: list[list[Any]] = [["Kennzahl", "", *MONTHS]]
    rows += [["Umsatz", "Ist", 410, 425, 398], ["", "Soll", 400, 400, 420, 500]]
    rows += [["", "Vorjahr", 380, 390, 385, 400]]
    rows += [["Ausschuss", "Soll", 3, 3, 3, 3], ["", "Ist", 2.1, 2.4, 1.9, 2]]
    result = read(rows)
    assert result.problems == ()
    assert [value for _, value in series(result)["Umsatz"]] == [410, 425, 398]
    assert [value for _, value in series(result)["Ausschuss"]] == [2.1, 2.4, 1.9, 2]
    assert ranges(result) == {"Umsatz": (420, None), "Ausschuss": (None, 3)}
    assert question(result, QuestionKind.TARGET).cell == "420"
    left_out = [each for each in result.remarks if each.kind is RemarkKind.ROWS_LEFT_OUT]
    assert [(each.count, each.example) for each in left_out] == [(1, "Vorjahr")]


def test_a_list_that_says_which_rows_are_targets() -> None:
    rows: list[list[Any]] = [["Month", "KPI", "Scenario", "Amount"]]
    for month, actual, goal in zip(MONTHS, (100, 103, 106, 102), (105, 105, 106, 106), strict=True):
        rows += [[month, "Orders", "Actual", actual], [month, "Orders", "Target", goal]]
        rows += [[month, "Orders", "Forecast", 999], [month, "Orders", "Budget", 998]]
    result = read(rows)
    assert result.problems == ()
    assert [value for _, value in series(result)["Orders"]] == [100, 103, 106, 102]
    assert ranges(result) == {"Orders": (106, None)}
    assert [each.count for each in result.remarks if each.kind is RemarkKind.ROWS_LEFT_OUT] == [8]


def test_years_across_and_months_down_are_one_kpi() -> None:
    rows: list[list[Any]] = [["Energy use (MWh)"], [], ["Month", 2025, 2026]]
    rows += [["January", 150, 156], ["February", 145.5, 151], ["March", 141, ""], ["Total", 436.5]]
    spreadsheet = spreadsheet_of(rows)
    asked = question(mapped(spreadsheet), QuestionKind.KPI)
    assert (asked.proposed, asked.readings[0][0]) == ("", "Energy use (MWh)")
    result = mapped(spreadsheet, **{asked.key: "Energy use (MWh)"})
    assert (result.problems, result.tables.kpis[0].unit) == ((), "MWh")
    assert series(result) == {
        "Energy use": [
            ("2025-01", 150),
            ("2025-02", 145.5),
            ("2025-03", 141),
            ("2026-01", 156),
            ("2026-02", 151),
        ]
    }


def test_years_down_and_quarters_across_are_one_kpi() -> None:
    rows = [["Year", "Q1", "Q2", "Total"], ["2025", 101, 99, 200], ["2026", 105, 103, 208]]
    asked = question(read(rows), QuestionKind.KPI)
    result = mapped(spreadsheet_of(rows), **{asked.key: "Sales"})
    days = [(str(row.date), row.value) for row in result.tables.readings]
    quarters = ["2025-01-01", "2025-04-01", "2026-01-01", "2026-04-01"]
    assert days == list(zip(quarters, (101, 99, 105, 103), strict=True))


def of_sheets(*titles: str, heading: str = "Value") -> Spreadsheet:
    rows = [["Week", heading], ["2026-W20", 4], ["2026-W21", 2], ["2026-W22", 3]]
    file = "quality_2026.xlsx"
    return sheets_of(*(grid_of(rows, title=each, file=f"{file}[{each}]") for each in titles))


def test_a_sheet_a_kpi_is_asked_once_for_its_team() -> None:
    spreadsheet = of_sheets("Uptime", "Open bugs")
    first = mapped(spreadsheet, Known())
    team = question(first, QuestionKind.TEAM)
    assert (team.proposed, first.is_open) == ("", True)
    mapping = propose(spreadsheet, Known(), today=TODAY)
    result = map_tables(
        spreadsheet, with_answer(mapping, team.key, "Platform"), Known(), today=TODAY
    )
    assert not result.is_open
    assert [(row.team, row.kpi) for row in result.tables.kpis] == [
        ("Platform", "Uptime"),
        ("Platform", "Open bugs"),
    ]


@pytest.mark.parametrize(
    ("title", "teams", "proposed"),
    [
        ("Sheet1", (), ""),
        ("Sheet1", ("North", "South"), ""),
        ("quality_2026", ("North", "South"), ""),
        ("Bakery", ("North", "South"), "Bakery"),
        ("South", ("North", "South"), "South"),
    ],
)
def test_only_a_name_like_that_of_a_team_is_proposed(
    title: str, teams: tuple[str, ...], proposed: str
) -> None:
    asked = question(
        mapped(of_sheets(title, heading="Scrap rate"), Known(teams=teams)), QuestionKind.TEAM
    )
    assert asked.proposed == proposed
    named = {"Bakery": ["Bakery"], "South": [], "quality_2026": ["quality 2026"]}
    options = [code for code, _ in asked.readings if code not in teams]
    assert options == named.get(title, ["quality"])


def test_the_one_team_of_the_company_is_taken() -> None:
    result = mapped(of_sheets("Sheet1", heading="Scrap rate"))
    assert (result.questions, {row.team for row in result.tables.kpis}) == ((), {"Works"})


def test_a_kpi_without_a_name_may_be_called_as_its_file() -> None:
    asked = question(mapped(of_sheets("Sheet1")), QuestionKind.KPI)
    assert (asked.proposed, asked.readings) == ("", (("quality", "quality"),))


KNOWN_KPI = KnownKpi(
    team="Works", kpi="Delivery", unit="%", better=Better.HIGHER, low=90, high=99, owner="Ana"
)
KNOWN_COMPANY = replace(WORKS, people=("Ana", "Ben"), kpis=(KNOWN_KPI,))


def test_what_is_blank_leaves_the_known_as_it_is() -> None:
    rows = [["KPI", "Unit", "Owner", "Target", *MONTHS], ["Delivery", "", "", 95, 93, 94, 95, 96]]
    rows += [["Scrap", "%", "Ben", "< 4", 3, 3, 3.5, 3]]
    result = read(rows, KNOWN_COMPANY)
    row = next(row for row in result.tables.kpis if row.kpi == "Delivery")
    assert (row.owner, row.unit, row.low, row.high) == ("Ana", "%", 95, 99)
    assert "owner" in result.tables.given["kpis"]


def test_a_blank_end_of_a_range_leaves_the_known_one() -> None:
    rows = [["KPI", "Min", "Max", *MONTHS], ["Delivery", 92, "", 93, 94, 95, 96]]
    (row,) = read(rows, KNOWN_COMPANY).tables.kpis
    assert (row.low, row.high) == (92, 99)


@pytest.mark.parametrize(
    ("dates", "proposed"),
    [
        (["01/01/2026", "01/02/2026", "01/03/2026"], "day first"),
        (["01/01/2026", "02/01/2026", "03/01/2026"], "month first"),
        (["05/01/2026", "12/01/2026", "02/02/2026"], ""),
        (["01/02/2026", "02/02/2026", "03/02/2026"], ""),
        (["05/11/2025", "05/12/2025", "05/01/2026"], "day first"),
    ],
)
def test_the_rhythm_of_dates_proposes_their_order(dates: list[str], proposed: str) -> None:
    rows = [["Date", "Actual"], *([day, at] for at, day in enumerate(dates))]
    asked = question(read(rows, title="Scrap"), QuestionKind.DAY_ORDER)
    assert asked.proposed == proposed


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("90%+", 90, None),
        ("90+ %", 90, None),
        ("90+", 90, None),
        ("≥ 90 %", 90, None),
        ("90 % or more", 90, None),
        ("90以上", 90, None),
        ("99 oder weniger", None, 99),
        ("60 +/- 5", 55, 65),
    ],
)
def test_ranges_as_people_write_them(written: str, low: float | None, high: float | None) -> None:
    rows = [["KPI", "Unit", "Target", *MONTHS], ["Delivery", "%", written, 91, 92, 93, 94]]
    assert ranges(read(rows)) == {"Delivery": (low, high)}


def test_shares_are_asked_about_kpi_by_kpi_where_others_are_percentages() -> None:
    rows: list[list[Any]] = [["KPI", "Unit", *MONTHS], ["Delivery", "%", 94, 93, 96, 95]]
    rows += [["Rework", "%", 0.4, 0.5, 0.3, 0.6], ["Uptime", "%", 0.97, 0.98, 0.96, 0.99]]
    asked = read(rows, has_formats=False).questions
    assert [(each.kind, each.about) for each in asked] == [
        (QuestionKind.HUNDREDTHS, "Rework"),
        (QuestionKind.HUNDREDTHS, "Uptime"),
    ]


def test_a_rate_without_a_unit_is_asked_about() -> None:
    rows = [["KPI", "Target", *MONTHS], ["On-time delivery", 0.95, 0.925, 0.944, 0.927, 0.93]]
    spreadsheet = spreadsheet_of(rows)
    first = mapped(spreadsheet)
    asked = question(first, QuestionKind.HUNDREDTHS)
    assert (asked.about, asked.proposed, first.is_open) == (
        "On-time delivery",
        "as it stands",
        False,
    )
    result = mapped(spreadsheet, **{asked.key: "times 100"})
    (row,) = result.tables.kpis
    assert (row.unit, row.low) == ("%", 95)
    assert [value for _, value in series(result)[row.kpi]] == [92.5, 94.4, 92.7, 93]


def test_a_word_within_another_tells_nothing() -> None:
    result = read([["KPI", *MONTHS], ["New customers", 12, 15, 11, 18]])
    assert [row.better for row in result.tables.kpis] == ["higher"]


@pytest.mark.parametrize(
    ("headings", "first"),
    [
        (["leden 2026", "únor 2026", "březen 2026"], date(2026, 1, 1)),
        (["2026年4月", "2026年5月", "２０２６年６月"], date(2026, 4, 1)),
        (["Marts 2026", "April 2026", "Maj 2026"], date(2026, 3, 1)),
        (["maaliskuu 2026", "huhtikuu 2026", "toukokuu 2026"], date(2026, 3, 1)),
        (["2026. 03. 01.", "2026.04.01.", "2026.05.01."], date(2026, 3, 1)),
        (["Mar 2026", "Apr 2026", "May 2026"], date(2026, 3, 1)),
    ],
)
def test_months_of_more_languages(headings: list[str], first: date) -> None:
    result = read([["KPI", *headings], ["Delivery", 94, 95, 96]])
    assert result.tables.readings[0].date == first
    assert len(result.tables.readings) == 3


def test_an_amount_may_leave_out_its_currency() -> None:
    rows = [["KPI", "Ziel", *MONTHS], ["Umsatz", "> 3,2 Mio €", *["3,4 Mio", "3,1 Mio"] * 2]]
    result = read(rows)
    assert (result.questions, ranges(result)) == ((), {"Umsatz": (3.2, None)})


def test_a_column_of_scenarios_is_told_apart() -> None:
    rows: list[list[Any]] = [["KPI", "Type", *MONTHS], ["Sales", "Actual", 1, 2, 3, 4]]
    rows += [["Sales", "Plan", 2, 2, 2, 2]]
    (sheet,) = propose(spreadsheet_of(rows), WORKS, today=TODAY).sheets
    assert [column.role for column in sheet.columns][:2] == [Role.KPI, Role.SCENARIO]


def test_shares_and_small_percentages_in_one_sheet_are_told_apart_one_by_one() -> None:
    rows: list[list[Any]] = [["KPI", "Unit", *MONTHS], ["Rework", "%", 0.4, 0.5, 0.3, 0.6]]
    rows += [["Uptime", "%", 0.97, 0.98, 0.96, 0.99]]
    spreadsheet = spreadsheet_of(rows, has_formats=False)
    asked = question(mapped(spreadsheet), QuestionKind.HUNDREDTHS)
    assert asked.of == ("Rework", "Uptime")
    keys = {name: f"hundredths/Sheet1/{name}" for name in asked.of}
    answers = {asked.key: EACH_KPI, keys["Rework"]: "as it stands", keys["Uptime"]: "times 100"}
    result = mapped(spreadsheet, **answers)
    assert not result.is_open
    assert [value for _, value in series(result)["Rework"]] == [0.4, 0.5, 0.3, 0.6]
    assert [value for _, value in series(result)["Uptime"]] == [97, 98, 96, 99]


def test_a_name_without_a_result_is_refused_by_its_cell() -> None:
    result = read([["KPI", *MONTHS], [NO_RESULT, 1, 2, 3, 4], ["Scrap", 1, 2, 3, 4]])
    (problem,) = result.problems
    assert (problem.line, problem.what) == (2, "B2 is a formula without a stored result")


def test_a_file_without_a_table_says_so_sheet_by_sheet() -> None:
    result = read([["Dear all"], ["regards"]], title="Letter")
    (problem,) = result.problems
    assert problem.what == "no table was found in “Letter”"


def test_what_is_known_of_a_kpi_stays_with_its_numbers() -> None:
    scrap = KnownKpi(team="Works", kpi="Scrap", unit="%", better=Better.LOWER, high=4.5)
    known = Known(("Works",), (), (scrap,))
    result = read([["KPI", *MONTHS], ["Scrap", 1, 2, 3, 4]], known)
    assert result.tables.kpis == []
    assert [(row.kpi, row.unit, row.high) for row in result.kpis] == [("Scrap", "%", 4.5)]
