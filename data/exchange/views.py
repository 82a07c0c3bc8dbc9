"""What an import would do, row by row, before anybody says that it shall."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

RowKind = Literal["new", "changed", "equal"]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as its cells spell it, and what stands now in those that it would change."""

    line: int
    cells: tuple[str, ...]
    stands: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What is wrong with a row, and what to do; `file` is empty where it is of none that is known.

    `place` names the sheet or file as it was given.
    """

    file: str
    place: str
    line: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file's rows by what would become of them: how many, and the first of each kind.

    `wrong` counts the rows with a problem, `waiting` those that hang on such a row.
    """

    name: str
    columns: tuple[str, ...]
    counts: Mapping[RowKind, int]
    rows: Mapping[RowKind, tuple[RowView, ...]]
    wrong: int
    waiting: int

    @property
    def changes(self) -> int:
        """Give how many rows are new or changed."""
        return self.counts["new"] + self.counts["changed"]


@dataclass(frozen=True, slots=True)
class ImportView:
    """What an import would do; with problems, it does nothing at all."""

    files: tuple[FileView, ...]
    problems: tuple[ProblemView, ...]
    warnings: tuple[ProblemView, ...]

    @property
    def changes(self) -> int:
        """Give how many rows are new or changed."""
        return sum(file.changes for file in self.files)


@dataclass(frozen=True, slots=True)
class KpiChoice:
    """A KPI that a pasted table may be of."""

    kpi_id: int
    team: str
    name: str
    unit: str
    cadence: str
