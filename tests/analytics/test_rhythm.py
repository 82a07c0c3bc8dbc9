"""How check-ins go, counted by hand."""

from analytics.rhythm import Held, Rhythm, rhythm

HELD = [Held(600, 10, 7), Held(960, 10, 10), Held(840, 12, 4), Held(3000, 12, 12)]


def test_a_long_one_does_not_move_the_middle() -> None:
    assert rhythm(HELD, due=5, on_time=4) == Rhythm(4, 900, 44, 33, 5, 4)


def test_two_make_no_habit() -> None:
    assert rhythm(HELD[:2], due=5, on_time=4) is None
    assert rhythm(HELD[:3], due=0, on_time=0) == Rhythm(3, 840, 32, 21, 0, 0)


def test_one_of_no_length_has_none() -> None:
    unknown = [Held(0, 10, 5)] * 3
    assert rhythm(unknown, due=0, on_time=0) == Rhythm(3, None, 30, 15, 0, 0)
    assert rhythm([*unknown, HELD[0]], due=0, on_time=0) == Rhythm(4, 600, 40, 22, 0, 0)
