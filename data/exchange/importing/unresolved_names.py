"""Which unknown names of an import are its own mistake, and which only follow from another."""

from collections.abc import Iterable, Sequence

from data.core.problems import Problem
from data.exchange.upload import file_of

NAMED_IN = {
    "unknown team": "teams",
    "unknown parent": "teams",
    "unknown person": "people",
    "unknown cycle": "cycles",
    "unknown KPI": "kpis",
    "unknown objective": "objectives",
    "unknown key result": "key_results",
    "key result “": "key_results",
    "has no step": "milestones",
}
"""The file that a name is looked up in, or that says what is missing."""


def with_unknown(problems: Sequence[Problem], unknown: Iterable[Problem]) -> list[Problem]:
    """Add the problems of names that nobody knows, but those whose own file had problems."""
    doubtful = {file_of(problem.file) for problem in problems}
    more = [
        problem
        for problem in unknown
        if not any(
            problem.what.startswith(what) and file in doubtful for what, file in NAMED_IN.items()
        )
    ]
    return sorted([*problems, *more], key=lambda problem: (problem.file, problem.line))
