"""Periods as spreadsheets name them, with and without a year."""

from datetime import date

import pytest

from data.exchange.spreadsheets.period_labels import Label, label_in, label_of, with_years


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("May 2026", date(2026, 5, 1), date(2026, 5, 31)),
        ("2026-05", date(2026, 5, 1), date(2026, 5, 31)),
        ("05/2026", date(2026, 5, 1), date(2026, 5, 31)),
        ("2026-W21", date(2026, 5, 18), date(2026, 5, 24)),
        ("2026w1", date(2025, 12, 29), date(2026, 1, 4)),
        ("Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q2, 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("February 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("Jan 26", date(2026, 1, 1), date(2026, 1, 31)),
        ("Mär 26", date(2026, 3, 1), date(2026, 3, 31)),
        ("janv. 2026", date(2026, 1, 1), date(2026, 1, 31)),
        ("październik 2026", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026 M03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026-W45", date(2026, 11, 2), date(2026, 11, 8)),
        ("KW 45/2026", date(2026, 11, 2), date(2026, 11, 8)),
        ("W53 2026", date(2026, 12, 28), date(2027, 1, 3)),
        ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("I kw. 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("1T 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("31.10.26", date(2026, 10, 31), date(2026, 10, 31)),
        ("2026-36", date(2026, 8, 31), date(2026, 9, 6)),
        ("uge 36 2026", date(2026, 8, 31), date(2026, 9, 6)),
        ("36. hét 2026", date(2026, 8, 31), date(2026, 9, 6)),
        ("2026年第36週", date(2026, 8, 31), date(2026, 9, 6)),
        ("2026年第3四半期", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_what_is_named_with_its_year(text: str, first: date, last: date) -> None:
    label = label_of(text)
    assert label is not None
    assert (label.span().first, label.span().last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["Total", "2026", "H1", "YTD", "11.78", "12", "3 t", "m3", "Marketing", "2300-05", "13/2026"],
)
def test_what_is_no_period(text: str) -> None:
    assert label_of(text, "day first") is None


@pytest.mark.parametrize(
    ("text", "starts", "first"),
    [
        ("FY26 Q1", 10, date(2025, 10, 1)),
        ("Q4 FY2026", 10, date(2026, 7, 1)),
        ("FY26 Q1", 1, date(2026, 1, 1)),
        ("Q2 FY25/26", 4, date(2025, 7, 1)),
        ("FY26 P2", 10, date(2025, 11, 1)),
    ],
)
def test_a_fiscal_year_is_called_by_the_year_it_ends_in(
    text: str, starts: int, first: date
) -> None:
    label = label_of(text, None, starts)
    assert label is not None
    assert label.span().first == first


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Januar 2026", "Januar 2026"),
        ("Monatsbericht März 2026", "März 2026"),
        ("report_2026-03.xlsx[Data]", "2026-03"),
        ("Jan", "Jan"),
        ("Maintenance in May", ""),
        ("Numbers 2026", ""),
    ],
)
def test_the_period_in_a_title(title: str, period: str) -> None:
    assert label_in(title) == period


def weeks(*numbers: int) -> list[Label | None]:
    return [Label("weekly", number) for number in numbers]


def test_years_go_on_from_the_one_that_is_known() -> None:
    known = [Label("weekly", 51), Label("weekly", 52, 2025), *weeks(1, 2)]
    assert [label and label.year for label in with_years(known, None)] == [2025, 2025, 2026, 2026]


def test_the_first_year_is_given_where_none_is_written() -> None:
    assert [label and label.year for label in with_years(weeks(52, 1), 2024)] == [2024, 2025]
    assert [label and label.year for label in with_years(weeks(3, 2, 1), 2024)] == [2024] * 3
    assert [label and label.year for label in with_years(weeks(1, 2), None)] == [None, None]
