"""Numbers as people type them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core.errors import CommandRejected
from data.core.number_parsing import checked_number, typed_number, unit_of
from data.core.problems import shown


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("3.4", 3.4),
        ("3,4", 3.4),
        (" 3.4 ", 3.4),
        ("3.", 3),
        (".5", 0.5),
        (",5", 0.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1.234", 1.234),
        ("12,3456", 12.3456),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("1’234’567", 1234567),
        ("12 345 678", 12345678),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("1.234.567,89", 1234567.89),
        ("-3", -3),
        ("−3", -3),
        ("- 3", -3),
        ("+3", 3),
        ("-0", 0),
        ("000", 0),
        ("1000000000000000", 1e15),
    ],
)
def test_a_number_is_read_as_it_was_meant(text: str, number: float) -> None:
    read = typed_number(text)
    assert read == number
    assert math.copysign(1, read) == math.copysign(1, number + 0.0)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("3.4 %", "%", 3.4),
        ("3,4%", "%", 3.4),
        ("1 234 k€", "k€", 1234),
        ("12", "patients", 12),
        ("12 patients", "patients", 12),
        ("−3 °C", "°C", -3),
    ],
)
def test_the_unit_may_be_typed_too(text: str, unit: str, number: float) -> None:
    assert typed_number(text, unit=unit) == number


@pytest.mark.parametrize(
    ("text", "readings"), [("1,234", ("1234", "1.234")), ("-12,345", ("-12345", "-12.345"))]
)
def test_what_could_be_two_numbers_is_asked_back(text: str, readings: tuple[str, str]) -> None:
    with pytest.raises(CommandRejected) as refused:
        typed_number(text)
    assert "Is that {} or {}?".format(*readings) in refused.value.message


@pytest.mark.parametrize(
    ("text", "value"),
    [("٣", 3.0), ("３", 3.0), ("−１２．５", -12.5), ("١٬٢٣٤٫٥", 1234.5), ("१२", 12.0)],
)
def test_digits_of_other_scripts_are_digits(text: str, value: float) -> None:
    assert typed_number(text) == value


@pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
def test_nothing_is_no_number(text: str) -> None:
    with pytest.raises(CommandRejected, match="Type a number first"):
        typed_number(text)


@pytest.mark.parametrize(
    "text",
    [
        *("many", "3 %", "12 apples", "%", "€3", "3-4", "--3", "3-", "1/2", "=1+1", "3;4", "0x10"),
        *("1_000", "1e5", "1E5", "nan", "inf", "-inf", "Infinity", "NaN"),
        *("1٣", "²", "3²", "½", "1３"),
        *(".", ",", "-", "+", ".,", "1..2", "1,,2", "1.2.3", "1,23,4", "12.34,5", "1.234,567.8"),
        *("1.2345.678", "1,2345,678", "0.123.456"),
        *("3 4", "12 34", "1 2 3", "1 23", "1'2", "1 2345"),
        *("3\x00", "\u200b3", "3\n4"),
    ],
)
def test_what_is_no_number_is_shown_as_typed(text: str) -> None:
    with pytest.raises(CommandRejected) as refused:
        typed_number(text, field="target")
    assert refused.value.field == "target"
    assert refused.value.message.startswith(f"“{shown(text)}” is not a number")


@pytest.mark.parametrize("text", ["1000000000000001", "-9" + "9" * 400])
def test_the_absurd_is_too_large(text: str) -> None:
    with pytest.raises(CommandRejected, match="too large"):
        typed_number(text)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e308, -1.1e15])
def test_a_value_that_cannot_be_kept_is_refused(value: float) -> None:
    with pytest.raises(CommandRejected, match="too large"):
        checked_number(value)


@given(st.floats(-1e15, 1e15).map(lambda value: round(value, 6)))
def test_every_number_written_plainly_is_read_with_point_or_comma(value: float) -> None:
    plain = f"{value:.6f}"
    assert typed_number(plain) == value
    assert typed_number(plain.replace(".", ",")) == value
    assert typed_number(f"{value:,.6f}") == value


@given(st.text(max_size=12) | st.text(alphabet="0123456789.,-−+ '’eE%_", max_size=12))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    try:
        value = typed_number(text, unit="%")
    except CommandRejected:
        return
    assert math.isfinite(value)
    assert abs(value) <= 1e15
    assert any(sign in "0123456789" for sign in text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("60 %", "%"),
        ("60%", "%"),
        ("−3,4 k€", "k€"),
        ("1 200 people", "people"),
        ("12 €/m", "€/m"),
        ("60", ""),
        ("5k", ""),
        ("2 M", ""),
        ("many", ""),
        ("€ 60", ""),
        ("about 60 %", ""),
        ("60 % of all", ""),
        ("1e400", ""),
        ("6 thousandsandmore", ""),
    ],
)
def test_a_short_unit_is_told_from_its_number(text: str, unit: str) -> None:
    assert unit_of(text) == unit
