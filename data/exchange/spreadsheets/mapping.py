"""How a spreadsheet is read: what each column means, and what a person answered about it."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.core.problems import Problem
from data.core.toml_file import Content
from data.exchange.tables import Tables
from data.kpis.fields import KpiRow


class Role(StrEnum):
    """What a column holds."""

    KPI = "KPI"
    TEAM = "team"
    UNIT = "unit"
    SCENARIO = "scenario"
    PERIOD = "period"
    VALUE = "value"
    TARGET = "target"
    LOW = "low"
    HIGH = "high"
    BETTER = "better"
    OWNER = "owner"
    NOTE = "note"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class ColumnMapping(Content):
    """A column's heading and role; of values across, `period` is the heading's part of it."""

    heading: str
    role: Role
    period: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping(Content):
    """How one sheet is read, after it was turned where periods run down and KPIs across.

    A sheet has its periods across where the columns of values have one each, else a column of
    them. `heading_lines` are the file's lines that name the columns. `team` is whose KPIs they
    are where no column tells, `kpi` which one it is where neither column nor heading does.
    """

    title: str
    heading_lines: tuple[int, ...]
    columns: tuple[ColumnMapping, ...]
    is_read: bool = True
    is_turned: bool = False
    team: str = ""
    kpi: str = ""


class QuestionKind(StrEnum):
    """What can be unclear about a spreadsheet."""

    DECIMAL = "decimal"
    DAY_ORDER = "day order"
    YEAR = "year"
    HUNDREDTHS = "hundredths"
    FACTOR = "factor"
    BETTER = "better"
    TARGET = "target"
    TEAM = "team"
    KPI = "KPI"
    SAME_NAME = "same name"
    CADENCE = "cadence"


EACH_GROUP = "each group"
"""The answer that takes each group of rows for a team."""

EACH_KPI = "each KPI"
"""The answer that asks about each of several KPIs by itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a person: one sentence, and what each answer would make of an example.

    `about` is the KPI or column it is about, empty where it is the whole sheet; `cell` an
    example as it stands in the file; `readings` give each answer's code with what the example
    then is. A `proposed` answer is taken unless somebody says otherwise; without one nothing can
    be imported before it is answered.
    """

    kind: QuestionKind
    sheet: str
    about: str
    cell: str
    readings: tuple[tuple[str, str], ...]
    proposed: str = ""
    of: tuple[str, ...] = ()
    """The KPIs whose values the answer scales."""

    @property
    def key(self) -> str:
        """Give under which key a mapping holds the answer."""
        return "/".join((self.kind, self.sheet, self.about))


@dataclass(frozen=True, slots=True)
class Mapping(Content):
    """How a file is read: its sheets, and answers to questions by their keys.

    `kpis` holds what a person set of a KPI that is new, by its name and the KPI's column of the
    exchange format: better, low, high, unit, cadence, owner.
    """

    sheets: tuple[SheetMapping, ...]
    answers: AnyMapping[str, str] = field(default_factory=dict)
    kpis: AnyMapping[str, AnyMapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What the company has already: names decide what is new, cadences which period is meant."""

    teams: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    kpis: tuple["KnownKpi", ...] = ()
    fiscal_year_starts: int = 1
    """The month, 1 to 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKpi(KpiRow):
    """A KPI of the company, with its newest values, as its readings are checked against them."""

    latest: tuple[float, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """Give what tells it apart: its team and its name."""
        return self.team, self.kpi


class RemarkKind(StrEnum):
    """What was done with a spreadsheet that a person should know of."""

    TITLE_LEFT_OUT = "title left out"
    GROUP_ROWS = "group rows"
    TOTALS_LEFT_OUT = "totals left out"
    NOTES_LEFT_OUT = "notes left out"
    HIDDEN_LEFT_OUT = "hidden left out"
    SHEET_LEFT_OUT = "sheet left out"
    COLUMN_LEFT_OUT = "column left out"
    ROWS_LEFT_OUT = "rows left out"
    NO_NUMBER = "no number"
    SAME_NAME = "same name"
    DECIMAL = "decimal"
    AHEAD = "ahead"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was done, how many times, and one example of it."""

    kind: RemarkKind
    sheet: str
    count: int = 1
    example: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping makes of a spreadsheet: rows of the exchange format for the dry run.

    `questions` are all that can be asked, also the answered ones; `is_open` says whether one of
    them has no answer yet, and then there are no rows. Problems name the cell.
    """

    tables: Tables
    questions: tuple[Question, ...]
    remarks: tuple[Remark, ...]
    problems: tuple[Problem, ...]
    is_open: bool
    kpis: tuple[KpiRow, ...] = ()
    """All of its KPIs, also those of which the file says nothing new."""
