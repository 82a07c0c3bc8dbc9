"""What an import would do, row by row, before anybody says that it shall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.kpis.fields import KpiRow
from data.kpis.views.signals import SignalView
from models import Better, Cadence

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
class PastDrift:
    """A drift that readings show, as it would have been told; days are the first of periods.

    It set in with `onset`, would have been told with the reading of `told`, by the numbers of
    `signal`, and was over with that of `ended`, None while it stands. `left` is the first period
    outside the ideal range since it set in, `ahead` how many periods after `told` that is, below 0
    where it came before; `was_outside` tells that it lay outside already. `first` and `behind`
    are where its stretch begins and ends in the KPI's series, `told_at` is where it is told.
    """

    onset: date
    told: date
    ended: date | None
    left: date | None
    ahead: int
    was_outside: bool
    signal: SignalView
    first: int
    behind: int
    told_at: int

    @property
    def is_warned(self) -> bool:
        """Tell whether it would have been told before the KPI left its range."""
        return self.left is not None and self.ahead > 0 and not self.was_outside


StoryKind = Literal[
    "warned",
    "drifted",
    "outside",
    "watched",
    "restless",
    "growing",
    "better",
    "young",
    "steady",
]
"""What a KPI can tell in hindsight, the most telling kind first."""


@dataclass(frozen=True, slots=True)
class KpiHindsight:
    """What the readings of a KPI would have told, and what kind of story that is.

    `series` are the readings of all periods from `start` on, None where one is missing; `readings`
    counts them, `outside` those out of the ideal range, `outside_for` the last of those in a row,
    and `odd` those that were far off and part of no drift. They usually lie from `lower` to
    `upper`. `pace` is the change a period of one that goes one way all along, else 0. `signal` is
    as it stands at the end. Of a young one a drift can be told from the reading `told_from` on,
    which is that of the period `told_on`.
    """

    team: str
    name: str
    unit: str
    cadence: Cadence
    better: Better
    low: float | None
    high: float | None
    story: StoryKind
    drifts: tuple[PastDrift, ...]
    readings: int
    outside: int
    outside_for: int
    crossings: int
    odd: int
    lower: float | None
    upper: float | None
    pace: float
    signal: SignalView
    told_from: int
    told_on: date | None
    start: date
    series: tuple[float | None, ...]

    @property
    def has_range(self) -> bool:
        """Tell whether it has an ideal range."""
        return self.low is not None or self.high is not None

    @property
    def main_drift(self) -> PastDrift:
        """Give the drift that tells most: one told before the range was left, else the latest."""
        return max(self.drifts, key=lambda drift: (drift.is_warned, drift.told))

    @property
    def is_young(self) -> bool:
        """Tell whether it has too few readings for a drift to be told."""
        return self.told_on is not None


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What numbers would have told from the first one on, by the day on which somebody looks.

    `telling` are the three KPIs that tell most. `first` and `last` are the first day and the last
    one that there are readings of. Had nothing changed, so many KPIs as `by_chance` gives would
    have been called drifting, from the fewest to the most. `left_out` counts KPIs beyond those
    that are looked at, `cut` is the cadence of which earlier periods are left out, if any.
    """

    company: str
    day: date
    first: date
    last: date
    kpis: tuple[KpiHindsight, ...]
    telling: tuple[KpiHindsight, ...]
    by_chance: tuple[float, float]
    left_out: int
    cut: Cadence | None = None


@dataclass(frozen=True, slots=True)
class SpreadsheetChanges:
    """What importing a spreadsheet would do, in short: what is new, and which days it spans.

    `readings` are those that are new, from the `first` day to the `last` where that is known;
    `corrected` change one that is here, `changed` counts KPIs that are here. `missing` cells held
    no number.
    """

    teams: tuple[str, ...]
    people: tuple[str, ...]
    kpis: tuple[KpiRow, ...]
    readings: int
    corrected: int
    changed: int
    first: date | None
    last: date | None
    problems: int
    missing: int
