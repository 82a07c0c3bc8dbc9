"""The apostrophe in front of text that a spreadsheet would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.core.formula_guard import guard, unguard

TEXT = st.text() | st.text(alphabet="'=+-@|%\t\r\n＝x")


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("|calc", "'|calc"),
        ("%0A", "'%0A"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("＠x", "'＠x"),
        ("'=1", "''=1"),
        ("''-", "'''-"),
        ("", ""),
        ("plain", "plain"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
    ],
)
def test_guards_what_a_spreadsheet_acts_on(text: str, guarded: str) -> None:
    assert guard(text) == guarded
    assert unguard(guarded) == text


@pytest.mark.parametrize("text", ["=1+1", "-5", "'plain", "''", "n/a"])
def test_leaves_text_that_was_never_guarded(text: str) -> None:
    assert unguard(text) == text


@given(TEXT)
def test_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(TEXT)
def test_never_begins_with_an_active_character(text: str) -> None:
    assert not guard(text).startswith(tuple("=+-@|%\t\r\n＝＋－＠"))


@given(TEXT, TEXT)
def test_two_texts_never_become_one(one: str, other: str) -> None:
    assert (guard(one) == guard(other)) == (one == other)
