"""What stands before the decimals of numbers, and which of them could be two."""

import pytest

from data.exchange.number_formats import could_be_two, decimal_of, two_numbers, with_point


@pytest.mark.parametrize(
    ("values", "decimal"),
    [
        (["4,5", "1.234"], ","),
        (["1.234,5"], ","),
        (["1,234.5", "1,234"], "."),
        (["1.234.567"], ","),
        (["1 234,50"], ","),
        (["0.234"], "."),
        (["1.234", "1,234", "12"], None),
        (["4,5", "4.5"], None),
        ([], None),
    ],
)
def test_a_value_proves_what_stands_before_decimals(values: list[str], decimal: str | None) -> None:
    assert decimal_of(values) == decimal


def test_a_lone_sign_before_three_digits_could_be_two() -> None:
    assert [could_be_two(text) for text in ("1.234", "-12,000", "0,234", "1,23", "1234")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert two_numbers("-1,234") == ("-1234", "-1.234")
    assert (with_point("1.234", ","), with_point("1.234", ".")) == ("1234", "1.234")
