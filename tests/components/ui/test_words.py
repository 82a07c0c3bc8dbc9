import pytest

from components.ui import words
from components.ui.formatting import FIXED, THIN


def plain(text: str) -> str:
    return text.replace(THIN, " ").replace(FIXED, " ")


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (8, 12, "%", "ideal 8–12 %"),
        (None, 3.5, "%", "ideal up to 3.5 %"),
        (95, None, "%", "ideal from 95 %"),
        (-5, 3, "°", "ideal −5 to 3 °"),
        (5, 5, "", "ideal 5"),
        (40, 70, "", "ideal 40–70"),
        (None, None, "%", "no range"),
    ],
)
def test_the_ideal_range(low: float | None, high: float | None, unit: str, text: str) -> None:
    assert plain(words.ideal(low, high, unit)) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "1 day"),
        (7, "1 week"),
        (14, "2 weeks"),
        (16, "16 days"),
        (21, "3 weeks"),
        (24, "3 weeks"),
        (62, "8 weeks"),
        (63, "2 months"),
        (365, "12 months"),
        (1100, "3 years"),
    ],
)
def test_a_span(days: int, text: str) -> None:
    assert words.span(days) == text


@pytest.mark.parametrize(
    ("days", "said"),
    [(9, "over 9 days"), (363, "over 12 months"), (364, "over a year"), (1094, "over 3 years")],
)
def test_what_lasts_for_longer_than_is_known(days: int, said: str) -> None:
    assert words.over(days) == said


@pytest.mark.parametrize(
    "text",
    ["a -> b", "a <- b", "a -- b", "a >= 5", "a <= 5", "a ~= 5", ":material/home:", ":streamlit:"],
)
def test_what_streamlit_would_draw_is_held_apart_unseen(text: str) -> None:
    assert text not in words.escaped(text).replace("\\", "")
    assert words.escaped(text).replace("\\", "").replace(words.JOINER, "") == text


@pytest.mark.parametrize("text", ["a - b", "at 8:30", "a > b", "a = b", "Well-being", ":smile:"])
def test_what_it_would_not_draw_stays_as_it_is(text: str) -> None:
    assert words.JOINER not in words.escaped(text)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("rising", "", "rerouted"), "Rising. Rerouted."),
        (("",), ""),
        (("3 weeks late",), "3 weeks late."),
    ],
)
def test_parts_become_sentences(parts: tuple[str, ...], text: str) -> None:
    assert words.sentences(*parts) == text
