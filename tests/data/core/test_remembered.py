"""Answers are computed once, in one pass for all that are not known yet."""

from collections.abc import Sequence

from data.core.remembered import Remembered


def test_only_what_is_not_known_is_computed_and_all_of_it_at_once() -> None:
    passes: list[list[str]] = []
    remembered: Remembered[str, str] = Remembered(10)

    def asked(*keys: str) -> list[str]:
        def compute(places: Sequence[int]) -> list[str]:
            passes.append([keys[place] for place in places])
            return [keys[place].upper() for place in places]

        return remembered.each(keys, compute)

    assert asked("a", "b", "a") == ["A", "B", "A"]
    assert asked("b", "c") == ["B", "C"]
    assert asked("a", "b", "c") == ["A", "B", "C"]
    assert [sorted(each) for each in passes] == [["a", "b"], ["c"]]


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    computed: list[int] = []
    remembered: Remembered[int, int] = Remembered(2)

    def asked(key: int) -> None:
        remembered.each([key], lambda _: [computed.append(key) or key])

    for key in (1, 2, 1, 3, 1, 2):
        asked(key)
    assert computed == [1, 2, 3, 2]
