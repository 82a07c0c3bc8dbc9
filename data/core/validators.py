"""Texts, days and words as they come from outside: given back as they are kept, or refused."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from data.core.cell_values import fit, is_seen
from data.core.errors import CommandRejected
from data.core.limits import FIRST_YEAR, LAST_YEAR, LONGEST_NAME, LONGEST_TEXT
from data.core.problems import ParseError

Word = TypeVar("Word", bound=StrEnum)


def checked_note(note: str, field: str = "note") -> str:
    """Give a text as a file would give it back; refuse what no screen or file can hold."""
    if not isinstance(note, str):
        raise CommandRejected(field, "That is no text: type it again.")
    try:
        return fit(note, LONGEST_TEXT)
    except ParseError as unfit:
        raise CommandRejected(
            field, f"The {field.replace('_', ' ')} {unfit.what}: {unfit.remedy}."
        ) from unfit


def checked_day(day: date, field: str) -> date:
    """Give back a day that can be kept; refuse what is none, and years out of reach."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise CommandRejected(field, "That is no day: write it like 2026-03-31.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CommandRejected(field, f"Choose a day of the years {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def checked_word(word: str, vocabulary: type[Word], field: str) -> Word:
    """Give a word of a vocabulary; refuse any other."""
    try:
        return vocabulary(word)
    except ValueError as error:
        *most, last = vocabulary
        raise CommandRejected(field, f"Choose {', '.join(most)} or {last}.") from error


def checked_name(name: str, what: str) -> str:
    """Give the name of a thing as it is kept; refuse one that nobody could see."""
    return seen_name(name, f"Give the {what} a name, up to {LONGEST_NAME} characters.")


def seen_name(name: str, remedy: str, *, field: str = "name", called: str = "The name") -> str:
    """Give a name as it is kept, its spaces single; say what to do where nobody could see it.

    `field` is where it was typed, and `called` how a message begins that says what is wrong.
    """
    if not isinstance(name, str):
        raise CommandRejected(field, "That is no text: type it again.")
    try:
        bare = fit(" ".join(name.split()), LONGEST_NAME)
    except ParseError as unfit:
        raise CommandRejected(field, f"{called} {unfit.what}: {unfit.remedy}.") from unfit
    if not is_seen(bare):
        raise CommandRejected(field, remedy)
    return bare
