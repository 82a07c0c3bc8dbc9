"""Days as people write them: what is read, what is asked about, what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exchange.days import Order, could_be_two, day_of, either_way, order_of

MAY_18 = date(2026, 5, 18)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-18",
        " 2026-05-18 00:00:00 ",
        "2026/5/18",
        "18.05.2026",
        "18/05/2026",
        "05/18/2026",
        "18 May 2026",
        "18-May-2026",
        "18. may 2026",
        "May 18, 2026",
        "18th May 2026",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day_of(text, None) == MAY_18


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/04/2026",
        "18/05/26",
        "18-May-26",
        "46160",
        "31.02.2026",
        "13/13/2026",
        "2026-W54",
        "18 Floreal 2026",
        "2026-13",
        "May 2026",
        "0000-05-18",
        "1066-10-14",
        "00/00/2026",
        "yesterday",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text, None) is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "13/04/2026"], "day first"),
        (["03/04/2026", "04/13/2026"], "month first"),
        (["13/04/2026", "04/13/2026"], None),
        (["03/04/2026", "2026-05-18", ""], None),
    ],
)
def test_a_thirteen_proves_the_order(texts: list[str], order: Order | None) -> None:
    assert order_of(texts) == order


def test_one_order_holds_for_a_whole_column() -> None:
    assert day_of("04/13/2026", "day first") is None


@given(days, st.sampled_from("-/."))
def test_each_order_is_read_back(day: date, sign: str) -> None:
    first = f"{day.day:02}{sign}{day.month:02}{sign}{day.year}"
    second = f"{day.month}{sign}{day.day}{sign}{day.year}"
    assert day_of(first, "day first") == day
    assert day_of(second, "month first") == day
    two = could_be_two(first)
    assert two is None or two[0] == day
    assert (two is None) == (day.day > 12 or day.day == day.month)


@pytest.mark.parametrize("text", ["05/05/2026", "05/06/2026", "13/06/2026", "2026-05-06"])
def test_two_numbers_are_read_either_way_where_both_are_days(text: str) -> None:
    ways = day_of(text, "day first"), day_of(text, "month first")
    assert either_way(text) == (ways if text[:2] == "05" else None)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text: str) -> None:
    could_be_two(text)
    order_of([text])
    found = day_of(text, None)
    assert found is None or 1900 <= found.year <= 2199
