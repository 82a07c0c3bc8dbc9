"""Names that nobody can tell apart."""

import pytest

from data.core.look_alikes import look


@pytest.mark.parametrize(
    "name",
    [
        "Open\u00a0tickets",
        "Open  tickets",
        " Open tickets",
        "Open tickets\u200b",
        "Op\u00aden tickets",
    ],
)
def test_what_looks_alike_is_one(name: str) -> None:
    assert look(name) == "Open tickets"


@pytest.mark.parametrize(
    ("name", "seen"),
    [("Ｏｐｅｎ", "Open"), ("ﬁx", "fix"), ("Zu\u0308rich", "Zürich"), ("A\ufe0f", "A")],
)
def test_forms_of_a_letter_are_one(name: str, seen: str) -> None:
    assert look(name) == seen


@pytest.mark.parametrize("name", ["open tickets", "Opentickets", "Οpen tickets"])
def test_what_differs_for_the_eye_or_a_reader_stays_apart(name: str) -> None:
    assert look(name) != "Open tickets"


def test_a_name_of_invisible_signs_alone_looks_like_itself() -> None:
    assert look("\u200b") == "\u200b"
