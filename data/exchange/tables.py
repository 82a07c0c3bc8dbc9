"""The rows of a whole folder or workbook, by file, and what people call one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args, get_type_hints

from sqlalchemy import Table

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.core.fields import Row
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, RangeRow, ReadingRow, VerdictRow
from data.meetings.fields import MeetingItemRow, MeetingRow
from data.okrs.fields import (
    CheckInRow,
    KeyResultRow,
    LearningRow,
    MilestoneRow,
    ObjectiveRow,
    ScoreRow,
    TargetRow,
)


@dataclass(slots=True)
class Tables:
    """All rows of one folder or workbook, by file.

    `given` names the columns that a file has, where it has not all of them.
    """

    teams: list[TeamRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    cycles: list[CycleRow] = field(default_factory=list)
    kpis: list[KpiRow] = field(default_factory=list)
    readings: Sequence[ReadingRow] = field(default_factory=list)
    objectives: list[ObjectiveRow] = field(default_factory=list)
    key_results: list[KeyResultRow] = field(default_factory=list)
    milestones: list[MilestoneRow] = field(default_factory=list)
    check_ins: list[CheckInRow] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    annotations: list[AnnotationRow] = field(default_factory=list)
    meetings: list[MeetingRow] = field(default_factory=list)
    meeting_items: list[MeetingItemRow] = field(default_factory=list)
    scores: list[ScoreRow] = field(default_factory=list)
    learnings: list[LearningRow] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    verdicts: list[VerdictRow] = field(default_factory=list)
    ranges: list[RangeRow] = field(default_factory=list)
    given: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    def items(self) -> Iterator[tuple[str, Sequence[Row]]]:
        """Give each file's name with its rows, in the order in which they are read."""
        for name in FILES:
            yield name, getattr(self, name)


FILES: dict[str, type[Row]] = {
    name: get_args(kind)[0] for name, kind in get_type_hints(Tables).items() if name != "given"
}
"""The row class of each file, in the order in which files are read."""

NAMES = {row_class: name for name, row_class in FILES.items()}
"""The file of each row class."""

WHOLES = ("key_result", "objective", "kpi")
"""What others are part of, the nearest first: their team and cycle are those of that thing."""


def part_of(things: Table) -> str:
    """Say what the things of a table are part of, empty where of none."""
    return next((whole for whole in WHOLES if f"{whole}_id" in things.c), "")


def key_of(row_class: type[Row]) -> tuple[str, ...]:
    """Name the columns by which a row is found again."""
    return row_class.KEY or row_class.FOUND_BY


_SINGULAR = {"people": "person"}
_CALLED = {name: name for name in FILES} | {
    _SINGULAR.get(name, name.removesuffix("s")): name for name in FILES
}


def known_name(title: str) -> str:
    """Give the name in the format of what a sheet or file is called, empty where it has none."""
    words = re.sub(r"[\s_-]+", "_", title.strip().lower().removesuffix("(s)"))
    return _CALLED.get(words.strip("_"), "")
