"""Which unknown names of an import are its own mistake, and which only follow from another."""

from collections.abc import Iterable, Sequence

from data.core.problems import Code, Problem
from data.exchange.upload import file_of

MAY_FOLLOW = {Code.UNKNOWN_NAME, Code.INCOMPLETE}
"""What is wrong only because a row of another file could not be read, if one could not."""


def with_unknown(problems: Sequence[Problem], unknown: Iterable[Problem]) -> list[Problem]:
    """Add the problems of names that nobody knows, but those whose own file had problems."""
    doubtful = {file_of(problem.file) for problem in problems}
    more = [
        problem
        for problem in unknown
        if problem.code not in MAY_FOLLOW or not problem.about or problem.about.file not in doubtful
    ]
    return sorted([*problems, *more], key=lambda problem: (problem.file, problem.line))
