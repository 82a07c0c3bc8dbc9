"""What is said first is plain, and the docs list what is said."""

import re

import pytest
import textstat

from components.kpis import first_sentence, terms
from tests.components import sentences, spoken

ANYWHERE = [(name, text) for name, said in sentences.everywhere().items() for text in said]
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


def test_hard_words_are_said_on_the_page_of_a_kpi_alone() -> None:
    # What is said of a key result where somebody points at it, beside its shaded span.
    pointed_at = "too early to say: a forecast needs …"
    assert [
        (where, said)
        for where, said in ANYWHERE
        if any(word in said.casefold() for word in sentences.HARD_WORDS)
        if where != "The page of a KPI" and said != pointed_at
    ] == []


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
    assert first_sentence.source(sentences.split(*shares)) == said


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("Cards, gauges and objectives of the cockpit", "nobody has decided yet"),
        ("History", "Nothing was done that fits. Take a filter away to see more."),
        ("Settings", "No cycle yet. Add the quarter you are in, with its first and last day."),
        ("Banners, the top line and what all pages share", "Taken back."),
        (
            "What is wrong with a file, and what to do",
            "copy the table that is meant into a sheet of its own",
        ),
        ("Why something is not done, and what to do", "There is a team of that name already."),
        ("In the browser", "This row is no longer listed here. What you typed is kept."),
    ],
)
def test_what_is_said_elsewhere_is_listed(where: str, said: str) -> None:
    assert (where, said) in ANYWHERE


def test_every_file_that_says_something_is_read() -> None:
    listed = {file for places in sentences.SAID.values() for file in spoken.files_of(*places)}
    shown_by_cases = {"first_sentence.py", "signal_explanation.py", "terms.py"}
    not_for_people = {"content", "migrations"}
    every = spoken.files_of("pages/**/*.py", "components/*/*.py", "data/**/*.py")
    assert [
        file
        for file in every
        if file not in listed
        and file.name not in shown_by_cases
        and not not_for_people & set(file.parts)
        and spoken.said_in(str(file.relative_to(spoken.ROOT)))
    ] == []


def test_no_code_is_taken_for_a_sentence() -> None:
    assert [text for _, text in ANYWHERE if re.search(r"\.(js|css|py)\b|[{};]$|_id\b", text)] == []


def test_the_docs_list_what_is_said() -> None:
    assert sentences.LIST.read_text(encoding="utf-8") == sentences.written(), (
        "python -m tests.components.sentences writes the list anew"
    )
