"""A blank workbook to begin with: the headings, what each column takes, and words to pick."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from data.core.fields import ABOVE_ZERO, LONG_TEXTS, Column, columns
from data.exchange.read import GUIDE
from data.exchange.tables import FILES

HEADINGS = ("sheet", "column", "needed", "takes", "what it says")
WIDTHS = (14, 16, 12, 52, 84)
ROWS_PREPARED = 10_000
"""Rows below a heading that are formatted as dates, or offer their words."""

SAYS = {
    "team": "The team that the row belongs to, as it is called in teams.",
    "teams.team": "The name of the team.",
    "parent": "The team above it; empty at the top.",
    "check_in_day": "The day of the team's weekly check-in.",
    "person": "The name of the person. Somebody in several teams has a row for each.",
    "email": "Their address, by which they are known when they sign in.",
    "people.team": "A team that they are in.",
    "role": "What they may do in that team; a member where it is empty.",
    "cycle": "The cycle, as it is called in cycles.",
    "cycles.cycle": "The name of the cycle, for example Q3 2026.",
    "starts_on": "Its first day.",
    "ends_on": "Its last day; not before the first.",
    "kpi": "The KPI of that team, as it is called in kpis.",
    "kpis.kpi": "The name of the KPI.",
    "unit": "What its values are counted in, for example % or days.",
    "better": "Which way is good; without it, away from the only bound, or within both.",
    "low": "The low end of the ideal range; empty where there is none.",
    "high": "The high end of the ideal range; empty where there is none. Not below the low end.",
    "cadence": "How often it is read.",
    "owner": "Who looks after it, as they are called in people.",
    "kpis.kind": "Whether it moves before the result (leading) or with it (lagging).",
    "driven_by": "How it is computed from others, their names in brackets: [Lost] / [Customers].",
    "pinned": "yes shows it on its team's cockpit; or the teams on whose cockpits it stands.",
    "description": "What it measures, and how.",
    "smallest_change": "The shift below which nobody would act, in its unit: a smaller one is at "
    "most watch. Empty where every shift matters.",
    "date": "A day in the period that the reading is of.",
    "check_ins.date": "The day of the check-in.",
    "decisions.date": "The day of the decision.",
    "annotations.date": "The day of the event.",
    "value": "The value.",
    "check_ins.value": "The value on that day; empty where a KPI feeds the key result.",
    "note": "Whatever belongs to the value.",
    "recorded_at": "When it was recorded. A later one corrects an earlier row for the same period.",
    "recorded_by": "Who recorded it, as they are called in people.",
    "objective": "The objective of that team in that cycle, as it is called in objectives.",
    "objectives.objective": "What is to be achieved, in words.",
    "scope": "Whose objective it is.",
    "ambition": "committed: all of it is expected; aspirational: 70 % is a success.",
    "supports": "The objectives that it serves; another team's as Team / Objective.",
    "guardrails": "The KPIs that it must not break; another team's as Team / KPI.",
    "state": "Where it stands. Left blank, a new one is a draft until its cycle has begun, then "
    "active; one that is here stays as it is.",
    "origin_kpi": "The drifting KPI from which it came.",
    "key_result": "The key result, as it is called in key_results.",
    "key_results.key_result": "What is to be reached, in words.",
    "key_results.kind": "metric needs start and target, hold needs kpi and hold_periods, "
    "milestone needs rows in milestones; only those of a draft may lack them.",
    "start": "Where a metric begins.",
    "target": "Where a metric shall end.",
    "weight": "How much it counts among its objective's key results.",
    "hold_periods": "For how many periods a hold keeps its KPI steady.",
    "key_results.kpi": "The KPI that feeds it; another team's as Team / KPI.",
    "step": "The name of the step.",
    "share": "How much of the key result the step is, for example 0.25.",
    "done_on": "The day on which it was done; empty until then.",
    "confidence": "How sure people are that it arrives; empty where nobody said.",
    "blocked_by": "What stands in the way.",
    "decision": "What was decided about the KPI's drift.",
    "reason": "Why.",
    "look_again": "The day to look at it again.",
    "by": "Who said it, as they are called in people.",
    "text": "What happened.",
}
"""What a column says; one named with its sheet comes before one that all sheets share."""

INTRODUCTION = (
    "How to fill in this workbook",
    "Each sheet holds one kind of thing, a row each; sheets that you do not need stay empty. "
    "Bold columns marked “needed” must be filled in, all others may stay blank.",
    "Rows find each other by their names. Leave the headings as they are. Then drop the workbook "
    "on the page Import: it shows what would change before anything does.",
)


@cache
def blank_workbook() -> bytes:
    """Return the workbook: a sheet that explains every column, and an empty one for each file."""
    book = Workbook()
    _explain(book.active)
    for name in FILES:
        _prepare(book.create_sheet(name), name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def explanations() -> Iterator[tuple[str, str, str, str, str]]:
    """Give a line for each column: sheet, column, whether needed, what it takes and says."""
    for name, row_class in FILES.items():
        for column in columns(row_class):
            yield name, column.name, _needed(column), takes(column), says(name, column.name)


def takes(column: Column) -> str:
    """Say what may stand in a column's cells."""
    text = _kind(column)
    if column.name == "pinned":
        text = "yes, no, or names of teams with ; between them"
    default = column.default
    if default not in (None, "", ()) and not column.needed:
        text += f"; {default:g}" if isinstance(default, float) else f"; {default}"
        text += " where it is blank"
    return text


def says(sheet: str, column: str) -> str:
    """Say what a column means on a sheet."""
    return SAYS.get(f"{sheet}.{column}") or SAYS[column]


def _needed(column: Column) -> str:
    if not column.needed:
        return ""
    return "needed, may be blank" if column.nullable else "needed"


def _kind(column: Column) -> str:
    kind = column.kind
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"one of: {', '.join(kind)}"
    if kind is float:
        above = " above 0" if column.name in ABOVE_ZERO else ""
        return f"a number{above}"
    if kind is int:
        return "a whole number from 1 to 9999"
    if kind is date:
        return "a date, for example 2026-03-31"
    if kind is datetime:
        return "a moment with its time zone, for example 2026-03-31T17:05:00Z"
    if kind is tuple:
        return "names with ; between them"
    return f"text of up to {column.longest:,} characters"


NEEDED_FILL = PatternFill("solid", fgColor="E5F0FA")
BOLD = Font(bold=True)


def _explain(sheet: Any) -> None:
    sheet.title = GUIDE
    title, *paragraphs = INTRODUCTION
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=14)
    for at, paragraph in enumerate(paragraphs, start=2):
        sheet.append([paragraph])
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(HEADINGS))
        sheet.cell(at, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[at].height = 32
    sheet.append([])
    _append_kinds(sheet)
    sheet.append(HEADINGS)
    _embolden(sheet)
    for line in explanations():
        sheet.append(line)
        if line[2]:
            _embolden(sheet, until=3)
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for at, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _append_kinds(sheet: Any) -> None:
    """Say what each sheet holds, and what tells its rows apart."""
    for name, row_class in FILES.items():
        _, _, holds = (row_class.__doc__ or "").replace("`", "").partition(": ")
        key = row_class.KEY
        apart = f" Rows are told apart by {', '.join(key)}." if key else ""
        sheet.append([name, holds[:1].upper() + holds[1:] + apart])
        sheet.cell(sheet.max_row, 1).font = BOLD
    sheet.append([])


def _embolden(sheet: Any, *, until: int = len(HEADINGS)) -> None:
    for cell in sheet[sheet.max_row][:until]:
        cell.font = BOLD


def _prepare(sheet: Any, name: str) -> None:
    known = columns(FILES[name])
    sheet.append([column.name for column in known])
    sheet.freeze_panes = "A2"
    for at, column in enumerate(known, start=1):
        heading, letter = sheet.cell(1, at), get_column_letter(at)
        note = f"{says(name, column.name)} Takes {takes(column)}."
        heading.comment = Comment(
            f"{_needed(column).capitalize()}. {note}".lstrip(". "), "Milepost"
        )
        heading.comment.width, heading.comment.height = 320, 120
        sheet.column_dimensions[letter].width = _width(column)
        if column.needed:
            heading.font, heading.fill = BOLD, NEEDED_FILL
        if column.kind is date:
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
        elif isinstance(column.kind, type) and issubclass(column.kind, StrEnum):
            _offer(sheet, letter, column.kind)


def _offer(sheet: Any, letter: str, vocabulary: type[StrEnum]) -> None:
    """Offer the words of a vocabulary in a column's cells."""
    words = DataValidation(type="list", formula1=f'"{",".join(vocabulary)}"', allow_blank=True)
    words.add(f"{letter}2:{letter}{ROWS_PREPARED}")
    sheet.add_data_validation(words)


def _width(column: Column) -> int:
    if column.name in LONG_TEXTS:
        return 48
    if column.kind in (float, int, date):
        return 14
    return 26 if column.kind in (str, tuple) else 18
