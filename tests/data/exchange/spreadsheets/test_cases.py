"""Two plain spreadsheets, wide and long, come in as proposed once their team is told."""

from datetime import date, datetime
from typing import Any

from data.exchange.spreadsheets.corrections import with_answer
from data.exchange.spreadsheets.mapped_tables import map_tables
from data.exchange.spreadsheets.mapping import Known, Mapped
from data.exchange.spreadsheets.proposal import propose
from tests.data.exchange.spreadsheets.grids import read_back
from tests.data.exchange.spreadsheets.real_looking import TODAY, workbook_of

MONTHS = [datetime(2026, month, 1) for month in range(1, 12)]
REVENUE = (121.2, 116.9, 119.7, 119.3, 124.3, 120.1, 124.4, 126.8, 132.3, 120.7, 133.6)
SCRAP = (4.4, 4, 4.2, 4, 4.6, 4.2, 4, 4, 4, 4, 3.8)
DELIVERY = (0.925, 0.944, 0.927, 0.923, 0.93, 0.941, 0.95, 0.948, 0.939, 0.952, 0.937)
RETURNS = (52, 66, 58, 49, 68, 59, 51, 47, 56, 50, 48)


def read(name: str, rows: list[list[Any]]) -> Mapped:
    spreadsheet = read_back(name, workbook_of({"Data": rows}))
    mapping = propose(spreadsheet, Known(), today=TODAY)
    first = map_tables(spreadsheet, mapping, Known(), today=TODAY)
    (team,) = [question for question in first.questions if not question.proposed]
    mapping = with_answer(mapping, team.key, "Works")
    return map_tables(spreadsheet, mapping, Known(), today=TODAY)


def series(mapped: Mapped) -> dict[str, list[tuple[date, float]]]:
    found: dict[str, list[tuple[date, float]]] = {}
    for row in mapped.tables.readings:
        found.setdefault(row.kpi, []).append((row.date, row.value))
    return found


def months_of(values: tuple[float, ...]) -> list[tuple[date, float]]:
    return [(month.date(), value) for month, value in zip(MONTHS, values, strict=True)]


def test_kpis_down_and_months_across() -> None:
    months = [(month, "mmm yy") for month in MONTHS]
    rows = [
        ["KPI", "Unit", "Target", *months],
        ["Revenue", "kEUR", 120, *REVENUE],
        ["Scrap rate", "%", 4.5, *SCRAP],
        ["Returns", "pcs", 60, *RETURNS],
    ]
    mapped = read("wide.xlsx", rows)
    assert (mapped.is_open, mapped.problems) == (False, ())
    assert series(mapped) == {
        "Revenue": months_of(REVENUE),
        "Scrap rate": months_of(SCRAP),
        "Returns": months_of(RETURNS),
    }
    assert {row.kpi: (row.unit, row.low, row.high) for row in mapped.tables.kpis} == {
        "Revenue": ("kEUR", 120, None),
        "Scrap rate": ("%", None, 4.5),
        "Returns": ("pcs", None, 60),
    }


def test_three_metrics_stacked_in_one_list() -> None:
    rows: list[list[Any]] = [["Metric", "Month", "Actual", "Target", "Owner", "RAG"]]
    for name, target, owner, values in (
        ("Revenue (kEUR)", 120, "Anna Bauer", REVENUE),
        ("Scrap rate %", 4.5, "Kai Vogt", SCRAP),
        ("On-time delivery", 0.95, "Kai Vogt", DELIVERY),
    ):
        for month, value in zip(MONTHS, values, strict=True):
            rows.append([name, (month, "mmm-yy"), value, target, owner, "G"])
    mapped = read("long.xlsx", rows)
    assert (mapped.is_open, mapped.problems) == (False, ())
    assert series(mapped) == {
        "Revenue": months_of(REVENUE),
        "Scrap rate": months_of(SCRAP),
        "On-time delivery": months_of(DELIVERY),
    }
    assert {row.kpi: (row.unit, row.low, row.high, row.owner) for row in mapped.tables.kpis} == {
        "Revenue": ("kEUR", 120, None, "Anna Bauer"),
        "Scrap rate": ("%", None, 4.5, "Kai Vogt"),
        "On-time delivery": ("", 0.95, None, "Kai Vogt"),
    }
    assert [row.person for row in mapped.tables.people] == ["Anna Bauer", "Kai Vogt"]
