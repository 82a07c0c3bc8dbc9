"""A table pasted from a spreadsheet, as the readings of a KPI."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exchange.pasted import Answers, Pasted, read_pasted, tables_of
from data.exchange.views import KpiChoice

CHURN = KpiChoice(1, "Sales", "Churn", "%", "weekly")
MONDAY = date(2026, 5, 18)


def monthly(name: str = "Churn") -> KpiChoice:
    return KpiChoice(1, "Sales", name, "", "monthly")


def read(pasted: Pasted) -> list[tuple[date, float]]:
    assert pasted.problems == ()
    return [(row.date, row.value) for row in pasted.rows]


def wrong(text: str, kpi: KpiChoice = CHURN) -> list[str]:
    return [str(problem) for problem in read_pasted(text, kpi).problems]


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-18\t3.5\n2026-05-25\t4",
        "2026-05-18;3,5\n\n  \n2026-05-25;4\n",
        '2026-05-18,"3,5"\n2026-05-25,4 %',
        "\ufeffDate\tValue\r\n2026-05-18\t3.5\r\n2026-05-25\t4\r\n",
        "churn;week\n3,5;2026-W21\n4;2026-W22",
        "Tag;Anteil\n18.05.2026;3,5 %\n25.05.2026;4 %",
        "date\towner\treading\t\n2026-05-18\tAna\t3.5\t\n2026-05-25\tBen\t4",
    ],
)
def test_columns_are_found_by_position_or_heading(text: str) -> None:
    assert read(read_pasted(text, CHURN)) == [(MONDAY, 3.5), (MONDAY + timedelta(days=7), 4)]


def test_a_note_comes_along_where_it_is_named() -> None:
    pasted = read_pasted("date\tvalue\tnote\n2026-05-18\t3\t'=1+1", CHURN)
    assert [row.note for row in pasted.rows] == ["=1+1"]
    assert "note" in pasted.given
    assert tables_of(pasted).given == {
        "readings": frozenset({"team", "kpi", "date", "value", "note"})
    }


def test_headings_alone_are_told() -> None:
    assert wrong("Date\tValue\n") == [
        "pasted table:1: has no rows: paste the dates and values as well"
    ]


def test_nothing_is_guessed_about_a_day() -> None:
    pasted = read_pasted("03/04/2026\t1\n10/04/2026\t2", CHURN)
    assert pasted.rows == ()
    assert pasted.asks_order == (date(2026, 4, 3), date(2026, 3, 4))
    assert [
        read(read_pasted("03/04/2026\t1", CHURN, Answers(order=order)))
        for order in ("day first", "month first")
    ] == [[(date(2026, 4, 3), 1)], [(date(2026, 3, 4), 1)]]


def test_a_column_that_proves_its_order_is_read_silently() -> None:
    pasted = read_pasted("03/04/2026\t1\n13/04/2026\t2", CHURN)
    assert pasted.asks_order is None
    assert read(pasted) == [(date(2026, 4, 3), 1), (date(2026, 4, 13), 2)]


def test_nothing_is_guessed_about_a_comma() -> None:
    text = "2026-05-18\t1,234"
    assert read_pasted(text, CHURN).asks_decimal == ("1234", "1.234")
    assert read(read_pasted(text, CHURN, Answers(decimal="."))) == [(MONDAY, 1234)]
    assert read(read_pasted(text, CHURN, Answers(decimal=","))) == [(MONDAY, 1.234)]


@pytest.mark.parametrize(
    ("proof", "value", "expected"),
    [
        ("12,5", "1,234", 1.234),
        ("12,5", "1.234", 1234),
        ("1 234,5", "1.234", 1234),
        ("1.234,5", "1,234", 1.234),
        ("12.5", "1,234", 1234),
        ("1,234.5", "1,234", 1234),
        ("1,234,567", "1,234", 1234),
        ("7", "1.234", 1.234),
    ],
)
def test_another_value_proves_the_decimal_sign(proof: str, value: str, expected: float) -> None:
    pasted = read_pasted(f"2026-05-11\t{proof}\n2026-05-18\t{value}", CHURN)
    assert read(pasted)[1] == (MONDAY, expected)


@pytest.mark.parametrize(
    ("kpi", "text", "what"),
    [
        (CHURN, "May 2026", "is more than one of its periods"),
        (KpiChoice(1, "Sales", "Churn", "", "daily"), "2026-W21", "this KPI is read daily"),
        (monthly(), "2026-W18", "is more than one of its periods"),
        (monthly(), "Q2 2026", "this KPI is read monthly"),
    ],
)
def test_a_span_longer_than_a_period_is_refused(kpi: KpiChoice, text: str, what: str) -> None:
    (problem,) = wrong(f"date\tvalue\n{text}\t4", kpi)
    assert problem.startswith("pasted table:2: date")
    assert what in problem


def test_a_span_within_a_period_is_read() -> None:
    assert read(read_pasted("2026-W21;1\nMay 2025;2", monthly())) == [
        (MONDAY, 1),
        (date(2025, 5, 1), 2),
    ]


def test_every_wrong_line_is_told_with_a_remedy() -> None:
    text = "2026-05-18\t4\n2026-05-20\t5\nlater\t6\n2026-06-01\tsix\n2026-06-08\n2026-06-15\t1\t2"
    assert wrong(text) == [
        "pasted table:2: Sales, Churn, 2026-05-20 falls in the same period as line 1: "
        "keep one of them",
        "pasted table:3: date later is not a date: "
        "write it like 2026-05-18, 18 May 2026, 2026-W21 or May 2026",
        "pasted table:4: value “six” is not a number: type digits, for example 3.4",
        "pasted table:5: value is empty: write a number without separators, or take the line away",
        "pasted table:6: has 3 cells, more than there are columns: "
        "delete the extra ones (a number with a comma takes quotation marks)",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("   \n", "is empty"),
        ("2026-05-18\n", "has one column"),
        ("2026-05-18\tAna\t4", "has 3 columns without headings"),
        ("day\tdate\tvalue\n", "has two columns for the date"),
        ("who\twhen\twhat\n", "has no column value"),
        ("2026-05-18\t1\0", "has a NUL character"),
        ("2026-05-18\t1\n" * 20_001, "has more than 20,000 lines"),
        ("9" * 2_000_001, "has more than 2,000,000 characters"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_whole(text: str, what: str) -> None:
    (problem,) = wrong(text)
    assert what in problem


def test_unknown_headings_are_remarked() -> None:
    pasted = read_pasted("first\tsecond\n2026-05-18\t4", CHURN)
    assert [str(warning) for warning in pasted.warnings] == [
        "pasted table:1: is taken for headings: first, second: "
        "write a date and a number if it is a reading"
    ]


@given(st.text(alphabet=st.sampled_from('0123456789/-.,;\t\n" abW%\x00é'), max_size=60))
def test_any_text_gives_rows_problems_or_a_question(text: str) -> None:
    pasted = read_pasted(text, CHURN)
    assert (
        pasted.rows
        or pasted.problems
        or pasted.asks_order
        or pasted.asks_decimal
        or not text.strip()
        or pasted.warnings
    )


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 2)), min_size=1, max_size=20))
def test_what_is_written_out_is_read_back(values: list[float]) -> None:
    days = [MONDAY - timedelta(weeks=week) for week in range(len(values))]
    for sign in ".,":
        text = "\n".join(
            f"{day}\t{f'{value:.2f}'.replace('.', sign)}"
            for day, value in zip(days, values, strict=True)
        )
        assert read(read_pasted(text, CHURN)) == [
            (day, value + 0.0) for day, value in zip(days, values, strict=True)
        ]
