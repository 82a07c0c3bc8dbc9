"""Driver expressions of an import: read as they will be computed, or reported where they are."""

import pytest
from sqlalchemy import Engine

from data.exchange.tables import Tables
from data.kpis.fields import KpiRow
from tests.data.builders import bring, problems, rows


@pytest.mark.parametrize(
    ("driven_by", "problem"),
    [
        (
            "[Visits] ÷",
            "driven_by, character 11: a value is missing at the end: "
            "write a number, a [name] or something in parentheses",
        ),
        (
            "Visits",
            "driven_by, character 1: “V” means nothing here: "
            "put names in square brackets, as in [Lost] / [Customers]",
        ),
        (
            "[Rings] + [Visits]",
            "unknown KPI “Rings”: add it to kpis, or write another team's as Team / KPI",
        ),
    ],
)
def test_an_expression_that_cannot_be_computed_is_reported(
    company: Engine, driven_by: str, problem: str
) -> None:
    tables = Tables(kpis=[KpiRow(team="Sales", kpi="Calls", driven_by=driven_by)])
    assert problems(company, tables) == [f"kpis.csv:2: {problem}"]


def test_an_expression_is_kept_as_it_was_written(company: Engine) -> None:
    written = "100 × [ Visits ] ÷ [Support / Backlog]"
    bring(company, kpis=[KpiRow(team="Sales", kpi="Calls", driven_by=written)])
    assert rows(company, "kpi")[-1]["driven_by"] == written
