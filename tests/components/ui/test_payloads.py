"""What a browser sent: what makes sense comes in, the rest is nothing."""

from datetime import date

import pytest

from components.ui.payloads import LONGEST, day, text, whole


@pytest.mark.parametrize("sent", [0, 7, 2**53 - 1])
def test_a_key_is_a_whole_number_from_0(sent: int) -> None:
    assert whole(sent) == sent


@pytest.mark.parametrize("sent", [-1, 2**53, True, 1.0, "1", None, [1]])
def test_anything_else_is_no_key(sent: object) -> None:
    assert whole(sent) is None


def test_a_day_is_spelled_as_iso_says() -> None:
    assert day("2026-11-22") == date(2026, 11, 22)


@pytest.mark.parametrize("sent", ["22.11.2026", "2026-02-30", "", 20261122, None])
def test_anything_else_is_no_day(sent: object) -> None:
    assert day(sent) is None


def test_a_text_is_not_beyond_all_bounds() -> None:
    assert text("x" * LONGEST) == "x" * LONGEST
    assert text("x" * (LONGEST + 1)) is None
    assert text(7) is None
