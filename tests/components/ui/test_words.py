import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from components.ui import words
from components.ui.words import FIXED, THIN
from models import Cadence
from tests.components.examples import TODAY

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
    assert words.number(amount) == text


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
    assert words.exact(amount) == text


@pytest.mark.parametrize("amount", [None, float("nan"), float("inf")])
def test_a_number_that_is_none_is_a_dash(amount: float | None) -> None:
    assert words.number(amount) == "–"


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_browser_writes_numbers_alike() -> None:
    shared = Path("components/frontend/shared.js").read_text(encoding="utf-8")
    amounts = [amount for amount, _ in NUMBERS]
    script = f"{shared}\nprocess.stdout.write({amounts!r}.map(number).join('\\n'));"
    run = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n") == [text for _, text in NUMBERS]


def test_a_value_has_its_unit() -> None:
    assert words.value(3.4, "%") == f"3.4{FIXED}%"
    assert words.value(38, "€") == f"38{FIXED}€"
    assert words.value(64, "days") == f"64{FIXED}days"
    assert words.value(47, "") == "47"


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.9, "+0.9"), (-1, "−1"), (0, "0"), (5.6e-17, "0"), (9.1 - 8.8, "+0.3")],
)
def test_a_change_has_a_sign(difference: float, text: str) -> None:
    assert words.change(difference) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (8, 12, "%", "ideal 8–12 %"),
        (None, 3.5, "%", "ideal up to 3.5 %"),
        (95, None, "%", "ideal from 95 %"),
        (-5, 3, "°", "ideal −5 to 3 °"),
        (5, 5, "", "ideal 5"),
        (40, 70, "", "ideal 40–70"),
        (None, None, "%", "no range"),
    ],
)
def test_the_ideal_range(low: float | None, high: float | None, unit: str, text: str) -> None:
    assert plain(words.ideal(low, high, unit)) == text


def test_a_day_has_its_year_if_it_is_another() -> None:
    assert plain(words.day(date(2026, 10, 12), TODAY)) == "12 Oct"
    assert plain(words.day(date(2019, 10, 12), TODAY)) == "12 Oct 2019"


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
    assert plain(words.period(cadence, start, TODAY)) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 day"),
        (7, "1 week"),
        (14, "2 weeks"),
        (16, "16 days"),
        (21, "3 weeks"),
        (24, "3 weeks"),
        (62, "8 weeks"),
        (63, "2 months"),
        (365, "12 months"),
        (1100, "3 years"),
    ],
)
def test_a_span(days: int, text: str) -> None:
    assert words.span(days) == text


@pytest.mark.parametrize(
    ("days", "said"),
    [(9, "over 9 days"), (363, "over 12 months"), (364, "over a year"), (1094, "over 3 years")],
)
def test_what_lasts_for_longer_than_is_known(days: int, said: str) -> None:
    assert words.over(days) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (999_999, "999 999"), (1_234_567, "1.235 M"), (-1e6, "−1 M")],
)
def test_where_there_is_little_room_millions_are_short(value: float | None, said: str) -> None:
    assert words.short(value).replace(words.THIN, " ").replace(words.FIXED, " ") == said


@pytest.mark.parametrize(
    "text",
    ["a -> b", "a <- b", "a -- b", "a >= 5", "a <= 5", "a ~= 5", ":material/home:", ":streamlit:"],
)
def test_what_streamlit_would_draw_is_held_apart_unseen(text: str) -> None:
    assert text not in words.escaped(text).replace("\\", "")
    assert words.escaped(text).replace("\\", "").replace(words.JOINER, "") == text


@pytest.mark.parametrize("text", ["a - b", "at 8:30", "a > b", "a = b", "Well-being", ":smile:"])
def test_what_it_would_not_draw_stays_as_it_is(text: str) -> None:
    assert words.JOINER not in words.escaped(text)
