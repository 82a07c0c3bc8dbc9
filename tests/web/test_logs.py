"""What a server writes of its work holds no words of people."""

import json
import logging

import pytest

from web.logs import JsonLines, place

WORDS = "Ana said that waste is a secret"


def line(message: str, *given: object, error: Exception | None = None) -> dict[str, object]:
    about = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("data", logging.WARNING, "x.py", 1, message, given, about)
    return dict(json.loads(JsonLines().format(record)))


def test_numbers_are_written_and_words_are_not() -> None:
    told = line("%d rows of %s took %.1f s", 3, WORDS, 1.25)
    assert told["event"] == "3 rows of … took 1.2 s"
    assert told["level"] == "warning"
    # A template that its numbers do not fit is written as it is.
    assert line("%d rows", WORDS)["event"] == "%d rows"


def test_an_error_is_told_by_its_kind_and_place() -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        told = line("failed", error=error)
    assert told["error"] == "ValueError"
    assert "test_logs.py" in str(told["at_lines"])
    assert WORDS not in json.dumps(told)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "/"),
        ("/kpi", "/kpi"),
        ("/below/okrs", "/okrs"),
        ("/media/ana.csv", "/media"),
        ("/_stcore/upload_file/session/1", "/_stcore/upload_file"),
        (f"/{WORDS}", "elsewhere"),
        (f"/{WORDS}/kpi2", "elsewhere"),
    ],
)
def test_an_address_is_told_by_the_place_it_names(path: str, name: str) -> None:
    assert place(path) == name
