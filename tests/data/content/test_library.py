"""The examples: what their files hold, and which of them a team's name asks for."""

import pytest

from data.content.library import FOLDER, ORDER, function_named_by, library
from data.core.toml_file import load
from data.okrs.examples import Function
from models import KeyResultKind

each_file = pytest.mark.parametrize("name", ORDER)


def read(name: str) -> Function:
    return load(FOLDER / f"{name}.toml", Function)


def test_every_file_is_offered() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(ORDER)
    assert len({each.name for each in library()}) == len(ORDER)


@each_file
def test_a_file_keeps_the_library_s_own_rules(name: str) -> None:
    function = read(name)
    names = {kpi.name for kpi in function.kpis}
    assert 2 <= len(function.objectives) <= 3
    assert 3 <= len(names) <= 7
    for kpi in function.kpis:
        assert kpi.low is not None or kpi.high is not None
        assert kpi.low is None or kpi.high is None or kpi.low < kpi.high
    for objective in function.objectives:
        assert 3 <= len(objective.key_results) <= 4
        assert not any(sign.isdigit() for sign in objective.name)
        assert set(objective.guardrails) <= names
        for each in objective.key_results:
            assert not each.kpi or each.kpi in names
            if each.kind is KeyResultKind.METRIC:
                assert each.start != each.target
                assert each.unit


@pytest.mark.parametrize(
    ("team", "function"),
    [
        ("Sales", "Sales"),
        ("Sales North", "Sales"),
        ("inside SALES", "Sales"),
        ("Marketing", "Marketing"),
        ("Team Marketing (EU)", "Marketing"),
        ("Human  Resources", "Human resources"),
        ("HR", "Human resources"),
        ("People & Culture", "Human resources"),
        ("Technical Support", "Technical support"),
        ("Customer-Support", "Technical support"),
        ("Procurement", "Procurement"),
        ("Purchasing", "Procurement"),
        ("product_design", "Product"),
    ],
)
def test_a_team_is_known_by_what_its_name_says(team: str, function: str) -> None:
    assert function_named_by(team) == function


@pytest.mark.parametrize("team", ["", "Bakery", "Salesforce", "Production", "Chris", "营销"])
def test_a_name_that_says_no_function_names_none(team: str) -> None:
    assert function_named_by(team) is None


@pytest.mark.parametrize("team", ["Sales & Marketing", "Product Support"])
def test_a_name_that_says_two_functions_names_none(team: str) -> None:
    assert function_named_by(team) is None


@each_file
def test_every_function_is_named_by_itself_and_by_its_aliases(name: str) -> None:
    function = read(name)
    for called in (function.name, *function.aliases):
        assert function_named_by(called) == function.name
