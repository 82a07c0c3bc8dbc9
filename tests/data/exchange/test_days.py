"""Days as people write them: what is read, what is asked about, what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core.problems import ParseError
from data.exchange.days import Order, Span, could_be_two, order_of, span

MAY_18 = Span(date(2026, 5, 18), date(2026, 5, 18))
MAY = Span(date(2026, 5, 1), date(2026, 5, 31))
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
    assert span(text, None) == MAY_18


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 2026", MAY),
        ("2026-05", MAY),
        ("05/2026", MAY),
        ("2026-W21", Span(date(2026, 5, 18), date(2026, 5, 24))),
        ("2026w1", Span(date(2025, 12, 29), date(2026, 1, 4))),
        ("Q2 2026", Span(date(2026, 4, 1), date(2026, 6, 30))),
        ("2026-Q4", Span(date(2026, 10, 1), date(2026, 12, 31))),
        ("February 2028", Span(date(2028, 2, 1), date(2028, 2, 29))),
    ],
)
def test_a_longer_span_is_read_whole(text: str, expected: Span) -> None:
    assert span(text, None) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is empty"),
        ("03/04/2026", "03/04/2026 could be two days"),
        ("18/05/26", "18/05/26 has a short year"),
        ("18-May-26", "18-May-26 has a short year"),
        ("46160", "46160 is a plain number"),
        ("31.02.2026", "31.02.2026 is not a date"),
        ("13/13/2026", "13/13/2026 is not a date"),
        ("2026-W54", "2026-W54 is no week of that year"),
        ("18 Floreal 2026", "18 Floreal 2026 is not a date"),
        ("2026-13", "2026-13 is not a date"),
        ("0000-05-18", "0000-05-18 is not a date"),
        ("1066-10-14", "1066-10-14 is out of reach"),
        ("00/00/2026", "00/00/2026 is not a date"),
        ("yesterday", "yesterday is not a date"),
    ],
)
def test_what_is_no_day_is_refused(text: str, what: str) -> None:
    with pytest.raises(ParseError) as unfit:
        span(text, None)
    assert unfit.value.what == what
    assert unfit.value.remedy


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
    with pytest.raises(ParseError, match="is not written day first"):
        span("04/13/2026", "day first")


@given(days, st.sampled_from("-/."))
def test_each_order_is_read_back(day: date, sign: str) -> None:
    first = f"{day.day:02}{sign}{day.month:02}{sign}{day.year}"
    second = f"{day.month}{sign}{day.day}{sign}{day.year}"
    assert span(first, "day first").first == day
    assert span(second, "month first").first == day
    two = could_be_two(first)
    assert two is None or two[0] == day
    assert (two is None) == (day.day > 12 or day.day == day.month)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    could_be_two(text)
    order_of([text])
    try:
        found = span(text, None)
    except ParseError:
        return
    assert found.first <= found.last
