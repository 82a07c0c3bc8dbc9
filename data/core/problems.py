"""What is wrong with a file, where, and what to do about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_SHOWN = 40

MOST_LISTED = 5

MOST_PROBLEMS = 100
"""Of one file."""


class Code(StrEnum):
    """What kind of problem it is, where something is decided by it: its words are for people."""

    OTHER = "other"
    UNKNOWN_NAME = "unknown name"
    INCOMPLETE = "incomplete"
    NO_KNOWN_SHEET = "no known sheet"
    EMPTY = "empty"
    TWO_NUMBERS = "two numbers"
    TOO_LARGE = "too large"
    UNREACHABLE = "unreachable"
    READ_NO_FURTHER = "read no further"


@dataclass(frozen=True, slots=True)
class Named:
    """What a problem refers to: a name, and the file of the format whose rows bear such names."""

    file: str
    name: str


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; line 1 where it concerns the whole file.

    `column` is the one whose cell is wrong, empty where it is no single cell.
    """

    file: str
    line: int
    what: str
    remedy: str
    code: Code = Code.OTHER
    about: Named | None = None
    column: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}: {self.remedy}"


class Problems(list[Problem]):
    """Problems as they are found: of each file as many as people read, the others are counted."""

    def __init__(self) -> None:
        super().__init__()
        self._of: Counter[str] = Counter()

    def note(self, file: str) -> bool:
        """Count one more of a file, and tell whether it is among those that are told."""
        self._of[file] += 1
        return self._of[file] <= MOST_PROBLEMS

    def count_of(self, file: str) -> int:
        """Give how many problems a file has, those that are not told among them."""
        return self._of[file]

    def told(self) -> list[Problem]:
        """Give the problems, and how many more of them each file has."""
        last = {each.file: each.line for each in sorted(self, key=lambda problem: problem.line)}
        more = (
            Problem(file, last[file], f"and {count - MOST_PROBLEMS:,} more", "correct these first")
            for file, count in self._of.items()
            if count > MOST_PROBLEMS
        )
        return [*self, *more]


class ParseError(Exception):
    """One thing that is wrong, said where it is found; who reads the file adds the place."""

    def __init__(self, what: str, remedy: str, *, line: int = 1, code: Code = Code.OTHER) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy
        self.line = line
        self.code = code

    def at(self, file: str, line: int, column: str = "") -> Problem:
        """Return the problem as it stands at that place."""
        what = f"{column} {self.what}".lstrip()
        return Problem(file, line, what, self.remedy, self.code, column=column)


def shown(text: str) -> str:
    """Return text as a message may show it: one line, short, without invisible characters."""
    line = " ".join(text[: LONGEST_SHOWN * 4].split())
    printable = "".join(char if char.isprintable() else "�" for char in line)
    return printable if len(printable) <= LONGEST_SHOWN else printable[: LONGEST_SHOWN - 1] + "…"


def listed(names: Sequence[str]) -> str:
    """Return names as a message lists them: the first ones and how many more there are."""
    more = len(names) - MOST_LISTED
    first = ", ".join(map(shown, names[:MOST_LISTED]))
    return f"{first} and {more} more" if more > 0 else first
