"""Labels over a chart: none covers another, none is cut."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from components.kpis.chart_labels import (
    AXIS,
    LETTER,
    MOST_ROWS,
    NARROW,
    Label,
    Placed,
    arranged,
    rows,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAYS = (LAST - FIRST).days

labels = st.lists(
    st.builds(
        Label,
        st.integers(0, DAYS).map(lambda day: FIRST + timedelta(days=day)),
        st.just("⚑"),
        st.text("abc ", min_size=1, max_size=60),
        st.just("#000"),
    ),
    max_size=12,
)


def span(placed: Placed) -> tuple[float, float]:
    at = (placed.label.day - FIRST).days / DAYS * NARROW
    width = len(placed.shown) * LETTER
    return (at - width, at) if placed.leftwards else (at, at + width)


@given(labels)
def test_no_label_covers_another_on_the_narrowest_chart(given_labels: list[Label]) -> None:
    placed = arranged(given_labels, FIRST, LAST)
    assert [each.label for each in placed] == given_labels
    words = [each for each in placed if each.row < MOST_ROWS]
    assert all(each.shown == each.label.sign for each in placed if each.row == MOST_ROWS)
    for number, one in enumerate(words):
        for other in words[:number]:
            if one.row == other.row:
                (a, b), (c, d) = span(one), span(other)
                assert b <= c or d <= a


@given(labels)
def test_no_label_is_cut_on_the_narrowest_chart(given_labels: list[Label]) -> None:
    for each in arranged(given_labels, FIRST, LAST):
        begin, end = span(each)
        assert begin >= -AXIS
        assert end <= NARROW
        assert each.row <= MOST_ROWS


@given(st.integers(0, DAYS))
def test_there_is_room_for_a_drift_wherever_it_sets_in(day: int) -> None:
    label = Label(FIRST + timedelta(days=day), "▸", "drifting since 21 Sep", "")
    (placed,) = arranged([label], FIRST, LAST)
    assert sorted(placed.shown.split()) == sorted(["▸", "drifting", "since", "21", "Sep"])


def test_what_lies_apart_shares_a_row_and_what_lies_close_does_not() -> None:
    apart = [Label(FIRST, "⚑", "one", ""), Label(LAST, "⚑", "two", "")]
    close = [Label(FIRST, "⚑", "one", ""), Label(FIRST + timedelta(days=7), "⚑", "two", "")]
    assert rows(arranged(apart, FIRST, LAST)) == 1
    assert rows(arranged(close, FIRST, LAST)) == 2
    assert rows([]) == 0


def test_where_there_is_no_room_only_the_sign_is_shown() -> None:
    crowd = [Label(FIRST, "⚑", f"event {number}", "") for number in range(MOST_ROWS + 1)]
    assert [each.shown for each in arranged(crowd, FIRST, LAST)][-1] == "⚑"
