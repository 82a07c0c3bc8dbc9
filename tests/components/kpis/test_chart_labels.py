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
    width = max(map(len, placed.lines)) * LETTER
    return (at - width, at) if placed.leftwards else (at, at + width)


def is_sign(placed: Placed) -> bool:
    return placed.lines == (placed.label.sign,)


def taken(placed: Placed) -> set[int]:
    """Give the rows that a label takes."""
    return set(range(placed.row, placed.row + len(placed.lines)))


@given(labels)
def test_no_label_covers_another_on_the_narrowest_chart(given_labels: list[Label]) -> None:
    placed = arranged(given_labels, FIRST, LAST)
    assert [each.label for each in placed] == given_labels
    words = [each for each in placed if not is_sign(each)]
    top = max((each.row + len(each.lines) for each in words), default=0)
    assert all(each.row == top for each in placed if is_sign(each))
    for number, one in enumerate(words):
        for other in words[:number]:
            if taken(one) & taken(other):
                (a, b), (c, d) = span(one), span(other)
                assert b <= c or d <= a


@given(labels)
def test_every_word_of_a_label_is_there(given_labels: list[Label]) -> None:
    for each in arranged(given_labels, FIRST, LAST):
        if not is_sign(each):
            letters = "".join(each.lines).replace(each.label.sign, "").replace(" ", "")
            assert letters == each.label.text.replace(" ", "")
            assert each.label.sign in each.lines[-1 if each.leftwards else 0]


@given(labels)
def test_no_label_is_cut_on_the_narrowest_chart(given_labels: list[Label]) -> None:
    for each in arranged(given_labels, FIRST, LAST):
        begin, end = span(each)
        assert begin >= -AXIS
        assert end <= NARROW
        assert each.row + len(each.lines) <= MOST_ROWS + 1


@given(st.integers(0, DAYS))
def test_there_is_room_for_a_drift_wherever_it_sets_in(day: int) -> None:
    label = Label(FIRST + timedelta(days=day), "▸", "drifting since 21 Sep", "")
    (placed,) = arranged([label], FIRST, LAST)
    (line,) = placed.lines
    assert sorted(line.split()) == sorted(["▸", "drifting", "since", "21", "Sep"])


def test_what_lies_apart_shares_a_row_and_what_lies_close_does_not() -> None:
    apart = [Label(FIRST, "⚑", "one", ""), Label(LAST, "⚑", "two", "")]
    close = [Label(FIRST, "⚑", "one", ""), Label(FIRST + timedelta(days=7), "⚑", "two", "")]
    assert rows(arranged(apart, FIRST, LAST)) == 1
    assert rows(arranged(close, FIRST, LAST)) == 2
    assert rows([]) == 0


def test_where_there_is_no_room_only_the_sign_is_shown() -> None:
    crowd = [Label(FIRST, "⚑", f"event {number}", "") for number in range(MOST_ROWS + 1)]
    assert [each.lines for each in arranged(crowd, FIRST, LAST)][-1] == ("⚑",)


def test_what_happened_is_written_whole_however_long_it_is() -> None:
    event = Label(FIRST + timedelta(days=DAYS // 2), "⚑", "opened for farms " * 12, "")
    (placed,) = arranged([event], FIRST, LAST)
    assert " ".join(placed.lines).count("farms") == 12
