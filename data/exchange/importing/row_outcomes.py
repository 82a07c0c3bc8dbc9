"""What an import does to each row, noted while it goes on, for those who look before they leap."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.core.problems import Problem
from data.exchange.views import RowKind

Lines = Iterable[tuple[Hashable, int]]
"""The keys of a file's rows, each with the line that it stands on; a key may come again."""

MOST_KEPT = 1_000
"""Of how many rows of a file it is kept what stood before."""


@dataclass(slots=True)
class RowOutcomes:
    """The lines of each file by what became of them, and what stood before the changed ones."""

    lines: dict[str, dict[RowKind, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: {"new": [], "changed": [], "equal": []})
    )
    stood: dict[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)

    def note(self, file: str, kind: RowKind, line: int) -> None:
        """Note what became of a row."""
        self.lines[file][kind].append(line)

    def note_keys(
        self, file: str, lines: Lines, here: Iterable[Hashable], changed: Iterable[Hashable]
    ) -> None:
        """Note what became of each row of a file of things, by their keys."""
        known, altered = set(here), set(changed)
        for key, line in lines:
            kind: RowKind = "changed" if key in altered else "equal"
            self.note(file, kind if key in known else "new", line)

    def note_fact(
        self, file: str, line: int, *, told: bool, stood: Mapping[str, Any] | None
    ) -> None:
        """Note whether a row says something new, and what stood in its place."""
        if not told:
            self.note(file, "equal", line)
        elif stood is None:
            self.note(file, "new", line)
        else:
            self.note(file, "changed", line)
            if len(self.lines[file]["changed"]) <= MOST_KEPT:
                self.stood[file, line] = stood
