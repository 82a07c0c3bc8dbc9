"""The examples: which of them a team's name asks for."""

import pytest

from data.exchange.templates import LIBRARY, Function, function_named_by
from data.exchange.templates.named import SHORT_FORMS


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


@pytest.mark.parametrize("function", LIBRARY, ids=lambda function: function.name)
def test_every_function_is_named_by_itself(function: Function) -> None:
    assert function_named_by(function.name) == function.name


def test_short_forms_are_of_functions_that_are_there() -> None:
    assert SHORT_FORMS.keys() <= {each.name for each in LIBRARY}
