"""What is wrong with a file, where, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_SHOWN = 40

MOST_LISTED = 5


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; line 1 where it concerns the whole file."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}: {self.remedy}"


class Unfit(Exception):
    """One thing that is wrong, said where it is found; who reads the file adds the place."""

    def __init__(self, what: str, remedy: str, *, line: int = 1) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy
        self.line = line

    def at(self, file: str, line: int, column: str = "") -> Problem:
        """Return the problem as it stands at that place."""
        return Problem(file, line, f"{column} {self.what}".lstrip(), self.remedy)


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
