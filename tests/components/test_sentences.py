"""What is said first is plain, and the docs list what is said."""

import re

import pytest
import textstat

from components.kpis import terms
from tests.components import sentences

EASY = 60
"""A Flesch reading ease from here on is plain English."""


@pytest.mark.parametrize("sentence", sentences.first())
def test_a_first_sentence_is_easy_to_read(sentence: str) -> None:
    plain = re.sub(r"\s", " ", sentence)
    assert textstat.flesch_reading_ease(plain) >= EASY


@pytest.mark.parametrize("sentence", [*sentences.first(), *sentences.in_short()])
def test_a_first_sentence_uses_no_hard_word(sentence: str) -> None:
    said = sentence.casefold()
    assert [word for word in sentences.HARD_WORDS if word in said] == []


def test_the_hard_words_are_found_where_they_are_said() -> None:
    told = " ".join(sentences.below()).casefold()
    assert {"sigma", "standard error"} <= {word for word in sentences.HARD_WORDS if word in told}


def test_each_term_below_is_explained() -> None:
    told = " ".join(sentences.below())
    said = terms.explained(told)
    assert {"standard error", "sigma", "expected", "healthy KPIs"} <= said.keys()
    assert terms.explained("It is so.") == {}


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0.9, 0.1), "nearly all from trial farms"),
        ((0.7, 0.3), "mostly from trial farms"),
        ((0.45, 0.4, 0.15), "mostly from trial farms and new farms"),
        ((0.3, 0.25, 0.2), ""),
    ],
)
def test_drivers_are_named_where_they_explain_most(shares: tuple[float, ...], said: str) -> None:
    assert sentences.source(*shares) == said


def test_the_docs_list_what_is_said() -> None:
    assert sentences.LIST.read_text(encoding="utf-8") == sentences.written(), (
        "python -m tests.components.sentences writes the list anew"
    )
