"""How a spreadsheet is read, in words."""

from collections.abc import Iterable, Mapping

from components.exchange import mapping_days
from components.exchange.import_words import one_line
from components.ui import formatting, words
from data.exchange.spreadsheets.mapping import (
    EACH_GROUP,
    EACH_KPI,
    ColumnMapping,
    Mapped,
    Question,
    QuestionKind,
    Remark,
    RemarkKind,
    Role,
    SheetMapping,
)
from data.exchange.spreadsheets.mapping import Mapping as SpreadsheetMapping

STEPS = ("1 How it is read", "2 What it would have told", "3 What changes")
KEPT = "This mapping is kept for files with these headings."
AS_LAST_TIME = "These headings are known: it is read as last time."

NO_TABLE = (
    "No table of numbers was found in it. If there is one, tick “Read this sheet” and say in which "
    "row its headings stand; else bring in another file."
)

ROLES: Mapping[Role, str] = {
    Role.KPI: "KPI",
    Role.TEAM: "team",
    Role.UNIT: "unit",
    Role.SCENARIO: "actual or target",
    Role.PERIOD: "period",
    Role.VALUE: "value",
    Role.TARGET: "target",
    Role.LOW: "ideal from",
    Role.HIGH: "ideal up to",
    Role.BETTER: "better",
    Role.OWNER: "owner",
    Role.NOTE: "comment",
    Role.LEAVE_OUT: "leave out",
}
"""What the roles of columns are called on screen."""

PERIODS: Mapping[str, str] = {
    **{cadence.value: name for cadence, name in words.PERIOD_NAMES.items()},
    "weekdays": "day",
    "fiscal month": "month",
    "fiscal quarter": "quarter",
}
"""What stands across, by its cadence or by how its headings name it."""

ASKED: Mapping[QuestionKind, str] = {
    QuestionKind.DECIMAL: "Which number is it?",
    QuestionKind.DAY_ORDER: "Which day is it?",
    QuestionKind.YEAR: "Which year is it?",
    QuestionKind.HUNDREDTHS: "Which value is meant?",
    QuestionKind.FACTOR: "It is not of the size of the others. Which value is meant?",
    QuestionKind.BETTER: "Which way is good?",
    QuestionKind.TARGET: "What does the target mean?",
    QuestionKind.TEAM: "Whose KPIs are these?",
    QuestionKind.KPI: "Which KPI is it?",
    QuestionKind.SAME_NAME: "Are these one KPI?",
    QuestionKind.CADENCE: "How often is it read?",
}
"""What is asked where nothing is proposed."""

BOUNDS: Mapping[str, str] = {"higher": "ideal from", "lower": "ideal up to"}
"""What a bare target is, by which way is good."""

NAMED = (QuestionKind.TEAM, QuestionKind.KPI)
"""Questions that any name may answer."""

OF_RANGES = (QuestionKind.TARGET, QuestionKind.BETTER)
"""Questions about what an ideal range is read from."""


def kept(sheets: Iterable[SheetMapping], *, is_kept: bool) -> str:
    """Say whether the next file of these headings is read by itself; nothing of one unread."""
    if is_kept:
        return AS_LAST_TIME
    return KEPT if any(sheet.is_read for sheet in sheets) else ""


def title(file: str, sheets: Iterable[SheetMapping], cadence: str) -> str:
    """Say of which layout a file is read as."""
    return f"{one_line(file)}, read as {_layout(list(sheets), cadence)}"


def _layout(sheets: list[SheetMapping], cadence: str) -> str:
    read = next((sheet for sheet in sheets if sheet.is_read), None)
    if read is None:
        return "nothing yet"
    days = [day for column in read.columns for day in mapping_days.days_in(column.period)]
    across = f"{_period(cadence, has_months=mapping_days.are_months(days))}s"
    if not any(column.period or column.role is Role.PERIOD for column in read.columns):
        return f"a list of KPIs for one {across.removesuffix('s')}"
    if not any(column.period for column in read.columns):
        return "a list with a row for each reading"
    if read.is_turned:
        return f"{across} down and KPIs across"
    return f"KPIs down and {across} across"


def value_of(column: ColumnMapping, cadence: str, *, has_months: bool) -> str:
    """Name the role of a column of values: by its period where it is of one."""
    return _period(cadence, has_months=has_months) if column.period else ROLES[Role.VALUE]


def _period(cadence: str, *, has_months: bool) -> str:
    # A month is often written as its first day.
    return "month" if has_months and cadence in ("", "daily") else PERIODS.get(cadence, "period")


def place(sheet: SheetMapping) -> str:
    """Say which sheet is read, and where its headings stand."""
    lines = " and ".join(map(str, sheet.heading_lines))
    named = f"sheet “{one_line(sheet.title)}”" if sheet.title else "this table"
    if not sheet.is_read:
        return f"{named} is left out"
    row = "column" if sheet.is_turned else "row"
    plural = "s" if len(sheet.heading_lines) > 1 else ""
    return f"{named}, headings in {row}{plural} {lines}" if lines else f"{named}, no headings"


def remarks(of: Iterable[Remark]) -> str:
    """Say on one line what was done with a spreadsheet."""
    return f"{formatting.FIXED}· ".join(dict.fromkeys(map(_remark, of)))


def _remark(remark: Remark) -> str:
    example = f" (“{one_line(remark.example)}”)" if remark.example else ""
    many = formatting.exact(remark.count)
    match remark.kind:
        case RemarkKind.TITLE_LEFT_OUT:
            return "title left out"
        case RemarkKind.GROUP_ROWS:
            return f"{words.counted(remark.count, 'group row')} left out{example}"
        case RemarkKind.TOTALS_LEFT_OUT:
            return f"totals left out{example}"
        case RemarkKind.NOTES_LEFT_OUT:
            return "notes left out"
        case RemarkKind.HIDDEN_LEFT_OUT:
            return f"{many} hidden left out{example}"
        case RemarkKind.SHEET_LEFT_OUT:
            return f"sheet left out{example}"
        case RemarkKind.COLUMN_LEFT_OUT:
            return f"{words.counted(remark.count, 'column')} left out{example}"
        case RemarkKind.ROWS_LEFT_OUT:
            return f"{words.counted(remark.count, 'row')} left out{example}"
        case RemarkKind.NO_NUMBER:
            stay = "stays" if remark.count == 1 else "stay"
            return f"{words.counted(remark.count, 'cell')} without a number {stay} missing{example}"
        case RemarkKind.SAME_NAME:
            return f"names that look alike are one{example}"
        case RemarkKind.DECIMAL:
            sign = "comma" if remark.example == "," else "point"
            return f"decimals after a {sign}"
        case RemarkKind.AHEAD:
            return f"{words.counted(remark.count, 'value')} of days ahead left out{example}"
        case RemarkKind.TURNED:
            return "rows and columns swapped"


def lead(question: Question) -> str:
    """Say what a question is about, as it begins."""
    if question.kind in NAMED:
        of = f" of “{one_line(question.sheet)}”" if question.sheet else ""
        return f"{'Team' if question.kind is QuestionKind.TEAM else 'KPI'}{of}"
    first, *others = question.of or (question.about or question.sheet,)
    return f"{one_line(first)} and {len(others)} more" if others else one_line(first)


def cell(question: Question) -> str:
    """Quote the example of a question."""
    is_said = question.kind is QuestionKind.TEAM and question.cell == question.sheet
    return f"“{one_line(question.cell)}”" if question.cell and not is_said else ""


def reading(question: Question, code: str) -> str:
    """Say what an answer would make of the example of a question; a name that was typed is itself.

    What comes of no number is the answer itself: left out.
    """
    said = dict(question.readings).get(code, code) or code
    if question.kind is QuestionKind.BETTER and code in BOUNDS:
        return f"{BOUNDS[code]} {said.lstrip('≥≤ ')}, {code} is better"
    if question.kind is QuestionKind.SAME_NAME:
        return f"{code}: {said}"
    if code == EACH_GROUP:
        return f"each group is a team: {said}"
    if code == EACH_KPI:
        return f"ask me about each: {said}"
    return mapping_days.named(said, months=False)


def open_questions(mapping: SpreadsheetMapping, mapped: Mapped) -> str:
    """Say how many questions wait for an answer before anything can be told; empty for none."""
    if not mapped.is_open:
        return ""
    open_ones = [
        each for each in mapped.questions if not each.proposed and each.key not in mapping.answers
    ]
    return f"{words.counted(max(len(open_ones), 1), 'question')} to answer first, above."
