"""What a grid means: what is asked, what is said, and what a kept mapping takes over."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.exchange.spreadsheets import mapped_tables
from data.exchange.spreadsheets.grid import NO_RESULT, Cell, CellKind, Spreadsheet
from data.exchange.spreadsheets.mapped_tables import map_tables
from data.exchange.spreadsheets.mapping import (
    Known,
    KnownKpi,
    Mapped,
    QuestionKind,
    RemarkKind,
    Role,
)
from data.exchange.spreadsheets.proposal import propose
from models import Better
from tests.data.exchange.spreadsheets.grids import percent, spreadsheet_of
from tests.data.exchange.spreadsheets.real_looking import TODAY

KNOWN = Known(teams=("Works",))
MONTHS = ("Jan 26", "Feb 26", "Mar 26", "Apr 26")


def read(rows: list[list[Any]], known: Known = KNOWN, **said: Any) -> Mapped:
    return mapped(spreadsheet_of(rows, **said), known)


def mapped(spreadsheet: Spreadsheet, known: Known = KNOWN, **answers: str) -> Mapped:
    mapping = propose(spreadsheet, known, today=TODAY)
    return map_tables(spreadsheet, replace(mapping, answers=answers), known, today=TODAY)


def values(result: Mapped) -> list[float]:
    return [row.value for row in result.tables.readings]


def asked(result: Mapped) -> set[QuestionKind]:
    return {question.kind for question in result.questions if not question.proposed}


def test_the_value_is_not_the_first_numeric_column() -> None:
    rows = [["id", "date", "value"]] + [
        [101 + at, date(2026, 1 + at, 1), 5007 + 7 * at] for at in range(6)
    ]
    assert values(read(rows, title="Output")) == [5007, 5014, 5021, 5028, 5035, 5042]


def test_a_sheet_that_names_very_many_kpis_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Team", "KPI", *MONTHS]] + [
        [f"Team {at % 2}", f"Figure {at // 2}", 1, 2, 3, 4] for at in range(9)
    ]
    monkeypatch.setattr(mapped_tables, "MOST_KPIS", 9)
    assert len(values(read(rows))) == 36
    monkeypatch.setattr(mapped_tables, "MOST_KPIS", 8)
    found = read(rows)
    (problem,) = found.problems
    assert problem.what == "names 9 KPIs, more than the 8 that can be read at once"
    assert (values(found), found.tables.kpis, found.is_open) == ([], [], False)


def test_points_between_thousands_are_asked_about() -> None:
    rows = [["Monat", "Wert"], ["31.08.2026", "850"], ["30.09.2026", "1.120"]]
    spreadsheet = spreadsheet_of([*rows, ["31.10.2026", "1.310"]], title="Absatz")
    first = mapped(spreadsheet)
    assert (asked(first), first.is_open, values(first)) == ({QuestionKind.DECIMAL}, True, [])
    key = next(each.key for each in first.questions if each.kind is QuestionKind.DECIMAL)
    assert values(mapped(spreadsheet, **{key: ","})) == [850, 1120, 1310]
    assert asked(mapped(spreadsheet, **{key: "."})) == {QuestionKind.DECIMAL, QuestionKind.FACTOR}


def test_days_that_could_be_two_are_asked_about() -> None:
    rows = [["Date", "Actual"], ["01/02/2026", 1], ["02/02/2026", 2], ["03/02/2026", 3]]
    assert asked(read(rows, title="Output")) == {QuestionKind.DAY_ORDER}


@pytest.mark.parametrize(("has_formats", "is_asked"), [(False, True), (True, False)])
def test_shares_of_one_are_asked_about_where_formats_are_lost(
    has_formats: bool, is_asked: bool
) -> None:
    rows = [["KPI", "Unit", *MONTHS], ["Delivery", "%", 0.94, 0.935, 0.96, 0.95]]
    result = read(rows, has_formats=has_formats)
    assert (QuestionKind.HUNDREDTHS in asked(result)) is is_asked


def test_a_percentage_is_what_its_cell_shows() -> None:
    rows = [["KPI", *MONTHS], ["Delivery", *map(percent, (0.94, 0.935, 0.96, 1))]]
    result = read(rows)
    assert values(result) == [94, 93.5, 96, 100]
    assert result.tables.kpis[0].unit == "%"


def test_a_hundredth_of_the_others_is_asked_about() -> None:
    rows = [["KPI", "Unit", *MONTHS], ["Delivery", "%", 94, 0.935, 96, 95]]
    result = read(rows)
    assert asked(result) == {QuestionKind.FACTOR}
    assert result.questions[-1].readings[0] == ("times 100", "93.5")


def test_the_latest_known_values_tell_the_size() -> None:
    known = KnownKpi(
        team="Works", kpi="Weight", unit="kg", better=Better.LOWER, latest=(12, 13, 12.5)
    )
    rows = [["KPI", *MONTHS], ["Weight", 12000, 13000, 12500, 12750]]
    result = read(rows, replace(KNOWN, kpis=(known,)))
    assert asked(result) == {QuestionKind.FACTOR}


def test_bare_targets_that_no_word_tells_are_asked_about_once() -> None:
    rows = [["KPI", "Target", *MONTHS], ["Foo", 5, 1, 2, 3, 4], ["Bar", 6, 1, 2, 3, 4]]
    result = read(rows)
    assert [each.kind for each in result.questions] == [QuestionKind.BETTER]
    assert (result.questions[0].cell, result.is_open) == ("Foo, Bar", True)


def test_a_formula_without_a_result_is_a_problem_of_its_cell() -> None:
    bad = [NO_RESULT, Cell("#DIV/0!", CellKind.ERROR)]
    result = read([["KPI", *MONTHS], ["Delivery", 94, *bad, 95]])
    assert [problem.what.split()[0] for problem in result.problems] == ["C2", "D2"]


def test_names_that_look_alike_are_one() -> None:
    rows = [["KPI", "Month", "Actual"]]
    rows += [["Open tickets", "Jan 26", 4], ["Open\u00a0tickets", "Feb 26", 5]]
    rows += [["Open\u200b tickets", "Mar 26", 6]]
    result = read(rows)
    assert {row.kpi for row in result.tables.readings} == {"Open tickets"}
    assert RemarkKind.SAME_NAME in {remark.kind for remark in result.remarks}


def test_what_is_planned_is_left_out_and_said() -> None:
    rows = [["KPI", "Oct 26", "Nov 26", "Dec 26"], ["Delivery", 94, 95, 96]]
    result = read(rows)
    assert values(result) == [94, 95]
    assert [each.count for each in result.remarks if each.kind is RemarkKind.AHEAD] == [1]


def test_a_year_of_which_most_is_still_empty() -> None:
    rows = [["KPI", *(date(2026, month, 1) for month in range(1, 13))], ["Delivery", 94, 95]]
    assert values(read(rows)) == [94, 95]


def test_a_kept_mapping_is_used_where_months_were_added() -> None:
    rows: list[list[Any]] = [["KPI", "Wer", *MONTHS], ["Delivery", "Ida Holm", 1, 2, 3, 4]]
    before = propose(spreadsheet_of(rows), KNOWN, today=TODAY)
    (sheet,) = before.sheets
    owner = replace(sheet.columns[1], role=Role.OWNER)
    sheet = replace(sheet, columns=(sheet.columns[0], owner, *sheet.columns[2:]), team="North")
    kept = replace(before, sheets=(sheet,))
    longer = [[*rows[0], "May 26"], [*rows[1], 5]]
    (found,) = propose(spreadsheet_of(longer), KNOWN, kept=[kept], today=TODAY).sheets
    assert [column.role for column in found.columns][1:3] == [Role.OWNER, Role.VALUE]
    assert (found.columns[-1].role, found.columns[-1].period) == (Role.VALUE, "May 26")
    assert found.team == "North"


def test_a_second_value_for_a_period_is_a_problem() -> None:
    rows = [["KPI", *MONTHS], ["Delivery", 1, 2, 3, 4], ["Delivery", 1, 2, 3, 5]]
    assert [problem.what.split()[0] for problem in read(rows).problems] == ["E3"]


def test_a_known_kpi_keeps_what_the_file_does_not_say() -> None:
    known = KnownKpi(
        team="Works", kpi="Delivery", unit="%", better=Better.HIGHER, low=90, latest=(94,)
    )
    result = read([["KPI", *MONTHS], ["Delivery", 93, 94, 95, 96]], replace(KNOWN, kpis=(known,)))
    assert (result.tables.kpis, values(result)) == ([], [93, 94, 95, 96])


def test_year_and_month_in_columns_of_their_own() -> None:
    rows = [["Jahr", "Monat", "Kennzahl", "Ist"]]
    rows += [[2026, month, "Liefertreue", 90 + month] for month in (1, 2, 3)]
    result = read(rows)
    assert [str(row.date) for row in result.tables.readings] == [
        "2026-01-01",
        "2026-02-01",
        "2026-03-01",
    ]


def test_groups_in_which_names_repeat_are_teams() -> None:
    rows = [
        ["KPI", *MONTHS],
        ["North"],
        ["Delivery", 1, 2, 3, 4],
        ["South"],
        ["Delivery", 5, 6, 7, 8],
    ]
    result = read(rows, Known())
    assert {row.team for row in result.tables.readings} == {"North", "South"}
    assert [row.team for row in result.tables.teams] == ["North", "South"]


def test_a_target_that_is_unclear_is_no_range_and_is_asked_about() -> None:
    result = read([["KPI", "Target", *MONTHS], ["Delivery", "> 3 < 5", 1, 2, 3, 4]])
    assert [each.kind for each in result.questions] == [QuestionKind.TARGET]
    assert (result.tables.kpis[0].low, result.tables.kpis[0].high) == (None, None)


def test_what_a_person_set_of_a_kpi_holds() -> None:
    spreadsheet = spreadsheet_of([["KPI", *MONTHS], ["Delivery", 1, 2, 3, 4]])
    mapping = propose(spreadsheet, KNOWN, today=TODAY)
    said = {"Delivery": {"low": "2,5", "better": "higher", "unit": "h"}}
    result = map_tables(spreadsheet, replace(mapping, kpis=said), KNOWN, today=TODAY)
    (row,) = result.tables.kpis
    assert (row.low, row.high, row.better, row.unit) == (2.5, None, "higher", "h")
