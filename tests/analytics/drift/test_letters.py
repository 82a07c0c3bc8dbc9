"""Signals of many periods as text: what is written is read again."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.drift.letters import SHOWN_PERIODS, read, written


def test_letters_are_written_as_runs() -> None:
    assert written("lllsssw", [1, 3, 5, 7]) == ["l1", "l3", "l3s2", "l3s3w1"]


def test_what_is_older_is_left_out() -> None:
    letters = "l" * 12 + "s" * 300 + "d" * 3
    assert written(letters, [211, 312, 315]) == ["l1s199", "s200", "s197d3"]


@given(
    st.lists(st.tuples(st.sampled_from("lswdr"), st.integers(1, 90)), min_size=1, max_size=12),
    st.data(),
)
def test_what_is_written_is_read_again(runs: list[tuple[str, int]], data: st.DataObject) -> None:
    letters = "".join(letter * count for letter, count in runs)
    counts = data.draw(st.lists(st.integers(1, len(letters)), max_size=9).map(sorted))
    assert [read(text) for text in written(letters, counts)] == [
        letters[:count][-SHOWN_PERIODS:] for count in counts
    ]
