"""Finding things by some of the words in their names."""

import pytest
from sqlalchemy import Engine

from data.company.queries import company as company_at
from data.core.database import data_version
from data.kpis.fields import KpiRow
from data.names.views import Found
from data.okrs.fields import ObjectiveRow
from data.screens.search import find
from tests.data.builders import bring, key, person, record, statements


def found(engine: Engine, text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.name, each.team) for each in find(engine, data_version(engine), text)]


def test_all_four_kinds_are_found(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    assert found(engine, "conv") == [
        ("KPI", "Conversion", "Sales"),
        ("key result", "Lift conversion", "Sales"),
        ("key result", "Keep conversion", "Sales"),
    ]
    assert found(engine, "north") == [
        ("team", "North", "North"),
        ("objective", "Win the north", "Sales"),
    ]


def test_what_was_found_says_where_it_stands(company: Engine) -> None:
    (objective,) = find(company, data_version(company), "win the")
    assert objective == Found(
        "objective", key(company, "objective", "Win the north"), "Win the north", "Sales", "Q2 2026"
    )


@pytest.mark.parametrize(
    "text", ["CONVERSION", "version", "sales conversion", "conversion  sales "]
)
def test_every_word_counts_wherever_it_stands(company: Engine, text: str) -> None:
    assert ("KPI", "Conversion", "Sales") in found(company, text)


@pytest.mark.parametrize("text", ["conversion support", "conversion x", "zebra"])
def test_a_word_that_is_nowhere_finds_nothing(company: Engine, text: str) -> None:
    assert found(company, text) == []


@pytest.mark.parametrize("text", ["", "   ", "\u0301"])
def test_nothing_finds_nothing(company: Engine, text: str) -> None:
    assert found(company, text) == []


@pytest.mark.parametrize("text", ["Größe", "grosse", "GRÖSSE", "grösse", "gro\u0308ße"])
def test_case_and_accents_do_not_count(company: Engine, text: str) -> None:
    bring(company, kpis=[KpiRow(team="Sales", kpi="Größe")])
    assert found(company, text) == [("KPI", "Größe", "Sales")]


def test_words_in_the_name_come_before_words_beside_it(company: Engine) -> None:
    kpis = [KpiRow(team="Support", kpi="Sales calls"), KpiRow(team="Sales", kpi="Calls")]
    bring(company, kpis=kpis)
    assert found(company, "sales calls") == [
        ("KPI", "Sales calls", "Support"),
        ("KPI", "Calls", "Sales"),
    ]


def test_names_that_begin_with_it_come_before_those_that_hold_it(company: Engine) -> None:
    bring(company, kpis=[KpiRow(team="Sales", kpi=name) for name in ("Outrun", "Run rate", "Run")])
    assert [name for _, name, _ in found(company, "run")] == ["Run", "Run rate", "Outrun"]


def test_at_most_twelve_are_given(company: Engine) -> None:
    bring(company, kpis=[KpiRow(team="Sales", kpi=f"Run {number}") for number in range(30)])
    assert len(found(company, "run")) == 12


def test_the_newest_cycle_comes_first(company: Engine) -> None:
    bring(
        company,
        objectives=[
            ObjectiveRow(cycle="2026", team="Sales", objective="Grow fast"),
            ObjectiveRow(cycle="Q2 2026", team="Sales", objective="Grow fast"),
        ],
    )
    cycles = [each.cycle for each in find(company, data_version(company), "grow")]
    assert cycles == ["Q2 2026", "2026"]


def test_names_are_read_in_four_statements_until_one_may_have_changed(
    company_of_each_kind: Engine,
) -> None:
    engine = company_of_each_kind

    def cost(text: str) -> int:
        version = data_version(engine)
        company_at(engine, version)  # what changed of which team is read once a version
        with statements(engine) as noted:
            find(engine, version, text)
        return len(noted)

    record(engine, 9)
    assert cost("conversion") == 4
    assert cost("backlog") == 0
    record(engine, 11)
    assert cost("conversion") == 0
    person(engine, "Somebody new")
    assert cost("conversion") == 4
