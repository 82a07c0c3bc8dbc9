"""Numbers as they stand in cells, and targets."""

import pytest

from data.core.problems import ParseError
from data.exchange.spreadsheets.cell_numbers import number_in
from data.exchange.spreadsheets.range_text import Bounds, range_of
from tests.data.exchange.spreadsheets.grids import cell_of


@pytest.mark.parametrize(
    ("text", "decimal", "value", "unit"),
    [
        ("12,5", ",", 12.5, ""),
        ("1.234", ",", 1234, ""),
        ("1.234", ".", 1.234, ""),
        ("1 234,5", ",", 1234.5, ""),
        ("1\u202f198,25", ",", 1198.25, ""),
        ("CHF 1'234.50", ".", 1234.5, "CHF"),
        ("€ 1.234,50", ",", 1234.5, "€"),
        ("12-", ",", -12, ""),
        ("(1,234)", ".", -1234, ""),
        ("(5)%", ".", -5, "%"),
        ("€ (7.592)", ".", -7.592, "€"),
        ("(7,5) h", ",", -7.5, "h"),
        ("−3", ".", -3, ""),
        ("-$5", ".", -5, "$"),
        ("12,5 %", ",", 12.5, "%"),
        ("５０", None, 50, ""),
        ("٥٠٫٥", None, 50.5, ""),
        ("12 Mio. €", None, 12, "Mio. €"),
    ],
)
def test_a_number_has_the_sign_and_scale_that_is_seen(
    text: str, decimal: str | None, value: float, unit: str
) -> None:
    number = number_in(text)
    assert number is not None
    assert (number.value(decimal), number.unit) == (value, unit)


@pytest.mark.parametrize("text", ["n/a", "-", "12 or 13", "-(5)", "2026-05", "(5", "1 2 3"])
def test_what_is_no_number(text: str) -> None:
    assert number_in(text) is None


def test_a_number_that_could_be_two_is_none_before_it_is_said_which() -> None:
    number = number_in("1.120")
    assert number is not None
    assert number.could_be_two
    with pytest.raises(ParseError, match="could be two numbers"):
        number.value(None)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("> 120", Bounds(low=120)),
        ("≥95%", Bounds(low=95)),
        ("at least 95", Bounds(low=95)),
        ("co najmniej 95", Bounds(low=95)),
        ("< 4,5 %", Bounds(high=4.5)),
        ("max. 60", Bounds(high=60)),
        ("60 max.", Bounds(high=60)),
        ("3-5", Bounds(3, 5)),
        ("3–5 %", Bounds(3, 5)),
        ("zwischen 3 und 5", Bounds(3, 5)),
        ("60 +/- 5", Bounds(55, 65)),
        ("0,3 ± 0,1", Bounds(0.2, 0.4)),
        ("-5 - 5", Bounds(-5, 5)),
        ("12 min", Bounds(target=12)),
        ("1.120", Bounds(target=1120)),
    ],
)
def test_a_target_is_read_as_it_is_meant(text: str, bounds: Bounds) -> None:
    found = range_of(cell_of(text))
    assert found is not None
    assert found.bounds(",") == bounds


def test_a_target_without_a_number_is_none() -> None:
    assert range_of(cell_of("tbd")) is None


@pytest.mark.parametrize("text", ["> 3 < 5", "about right: 5 or 6"])
def test_an_unclear_target_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="is not a range"):
        range_of(cell_of(text))


def test_ends_that_stand_the_wrong_way_are_refused() -> None:
    found = range_of(cell_of("5-3"))
    assert found is not None
    with pytest.raises(ParseError, match="low end above"):
        found.bounds(None)
