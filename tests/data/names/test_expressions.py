import pytest

from data.names.expressions import drivers_of
from data.names.scopes import Names

NAMES = Names(
    teams={"Company": 1, "Sales": 2, "Support": 3},
    parents={1: None, 2: 1, 3: 1},
    kpis={(1, "Customers"): 10, (2, "Calls"): 20, (3, "Calls"): 30},
)


@pytest.mark.parametrize(
    ("driven_by", "keys"),
    [
        ("[Calls] / [Customers]", [20, 10]),
        ("[Support / Calls] + [Calls] + [Calls]", [30, 20]),
        ("[Gone] * [Customers]", [10]),
        ("Calls", []),
        ("", []),
    ],
)
def test_drivers_are_found_as_a_team_names_them(driven_by: str, keys: list[int]) -> None:
    assert drivers_of(NAMES, 2, driven_by) == keys
