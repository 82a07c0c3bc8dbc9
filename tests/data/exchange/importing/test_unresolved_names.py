"""An unknown name is told unless its own file had problems, whatever the words that tell it."""

import pytest
from sqlalchemy import Engine

from data.core.problems import Code, Named, Problem
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.importing.unresolved_names import with_unknown
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow, ReadingRow
from tests.data.builders import TODAY

WRONG = Problem("kpis.csv", 9, "low x is not a number", "write digits")
KPI = Named("kpis", "Calls")


@pytest.mark.parametrize("code", [Code.UNKNOWN_NAME, Code.INCOMPLETE])
def test_what_follows_from_a_file_with_problems_is_left_out(code: Code) -> None:
    follows = Problem("readings.csv", 2, "whatever it says", "do this", code, KPI)
    assert with_unknown([WRONG], [follows]) == [WRONG]


def test_what_only_sounds_like_it_is_told_in_order() -> None:
    own = Problem("readings.csv", 2, "unknown KPI “Calls”", "do this")
    other = Problem("goals.csv", 3, "unknown", "do", Code.UNKNOWN_NAME, Named("teams", "West"))
    assert with_unknown([WRONG], [own, other]) == [other, WRONG, own]


def test_an_import_tells_which_name_of_which_file_nobody_knows(company: Engine) -> None:
    tables = Tables(
        kpis=[
            KpiRow(team="Sales", kpi="Rate", driven_by="[Calls]", owner="Dora", pinned=("West",))
        ],
        readings=[ReadingRow(team="Sales", kpi="Calls", date=TODAY, value=1)],
    )
    with pytest.raises(BadInput) as bad:
        import_tables(company, tables)
    assert {problem.code for problem in bad.value.problems} == {Code.UNKNOWN_NAME}
    assert [problem.about for problem in bad.value.problems] == [
        Named("people", "Dora"),
        Named("teams", "West"),
        KPI,
        KPI,
    ]
