"""What is written as somebody would type it reads back as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core import typed_text
from data.core.cell_values import names
from data.core.limits import LARGEST_NUMBER, LONGEST_NAME
from data.core.number_parsing import typed_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3, "3"),
        (3.0, "3"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (49.70831471102996, "49.70831471102996"),
        (2.8e-9, "0.0000000028"),
        (1e-7, "0.0000001"),
        (1_234_567_890_123.0, "1234567890123"),
        (LARGEST_NUMBER, "1000000000000000"),
    ],
)
def test_a_number_has_all_digits_that_are_kept_and_no_exponent(
    value: float | None, text: str
) -> None:
    assert typed_text.number(value) == text


@given(st.decimals(-999_999_999, 999_999_999, places=5, allow_nan=False).map(float))
def test_a_number_reads_back_as_it_is(value: float) -> None:
    assert typed_number(typed_text.number(value)) == value


@given(
    st.lists(
        st.text(st.sampled_from('ab ;"'), min_size=1, max_size=6)
        .map(str.strip)
        .filter(lambda name: name.strip('"; ')),
        unique=True,
        max_size=4,
    )
)
def test_names_read_back_whatever_is_in_them(listed: list[str]) -> None:
    assert list(names(typed_text.names(listed), LONGEST_NAME)) == listed
