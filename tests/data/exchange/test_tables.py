"""What people call a sheet, and what it is in the format."""

import pytest

from data.exchange.tables import FILES, known_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("KPI", "kpis"),
        (" Team ", "teams"),
        ("Person", "people"),
        ("Key result(s)", "key_results"),
        ("KEY RESULTS", "key_results"),
        ("Check-ins", "check_ins"),
        ("check in", "check_ins"),
        ("Teams1", ""),
        ("Notes", ""),
        ("", ""),
    ],
)
def test_a_name_is_known_in_any_case_and_in_the_singular(title: str, name: str) -> None:
    assert known_name(title) == name


def test_the_names_of_the_format_are_their_own() -> None:
    assert [known_name(name) for name in FILES] == list(FILES)
