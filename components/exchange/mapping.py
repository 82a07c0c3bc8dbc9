"""How a spreadsheet is read: roles above its first rows, and what is asked about it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.exchange import mapping_days, mapping_words
from components.exchange.import_words import one_line
from components.ui import click_events, frontend
from components.ui.payloads import one_of, read, text, whole
from data.exchange.spreadsheets.grid import Cell, CellKind, Grid, Spreadsheet
from data.exchange.spreadsheets.mapping import (
    ColumnMapping,
    Mapped,
    Question,
    QuestionKind,
    Role,
    SheetMapping,
)
from data.exchange.spreadsheets.mapping import Mapping as SpreadsheetMapping

_MAPPING = frontend.element("mapping")

FIRST_ROWS, FIRST_COLUMNS = 10, 11
MOST_COLUMNS, MOST_SHEETS, MOST_QUESTIONS = 120, 30, 50
"""Beyond these a spreadsheet is said to have more."""
MOST_HEADINGS = 30
"""So many of its first rows may be picked for its headings."""

RANGES = (Role.TARGET, Role.LOW, Role.HIGH, Role.BETTER)
NUMBERS = (CellKind.NUMBER, CellKind.PERCENT)
MISSING = (CellKind.ERROR, CellKind.NO_RESULT)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person corrected of how a spreadsheet is read.

    `what` is role, read, turn, heading, team or answer; `about` the sheet's title or a question's
    key, `column` the place of a column, `said` what it shall be.
    """

    what: str
    about: str
    column: int
    said: str


CORRECTED = ("role", "read", "turn", "heading", "team", "answer")


def show(
    spreadsheet: Spreadsheet,
    mapping: SpreadsheetMapping,
    mapped: Mapped,
    *,
    cadence: str,
    is_kept: bool,
    teams: Sequence[str],
    key: str,
    on_correct: Callable[[Correction], None],
) -> None:
    """Show how a spreadsheet is read, its KPIs at a cadence; each correction is told."""
    sheets = list(mapping.sheets[:MOST_SHEETS])
    data = {
        "title": mapping_words.title(spreadsheet.file, mapping.sheets, cadence),
        "steps": mapping_words.STEPS,
        "remarks": mapping_words.remarks(mapped.remarks),
        "folded": is_kept and not mapped.is_open,
        "kept": mapping_words.kept(mapping.sheets, is_kept=is_kept),
        "roles": [
            {"value": role.value, "label": label} for role, label in mapping_words.ROLES.items()
        ],
        "teams": list(teams),
        "sheets": [_sheet(each, _grid(spreadsheet, each), mapped, cadence) for each in sheets],
        "questions": list(_questions(mapping, mapped)),
    }

    hear = click_events.heard(key, "correct", correction_of, on_correct)
    _MAPPING(key=key, data=data, on_correct_change=hear)


def correction_of(sent: object) -> Correction | None:
    """Turn what was sent into a correction; None where it makes no sense."""
    what = one_of(CORRECTED)
    found = read(sent, what=what, about=text, column=lambda at: whole(at) or 0, said=text)
    return None if found is None else Correction(**found)


def _grid(spreadsheet: Spreadsheet, sheet: SheetMapping) -> Grid | None:
    grid = next((each for each in spreadsheet.grids if each.title == sheet.title), None)
    return grid.turned() if grid and sheet.is_turned else grid


def _sheet(sheet: SheetMapping, grid: Grid | None, mapped: Mapped, cadence: str) -> dict[str, Any]:
    columns = sheet.columns[:MOST_COLUMNS]
    asked = _asked(sheet, mapped)
    rows = _rows(sheet, grid) if grid else []
    across = [day for column in columns for day in mapping_days.days_in(column.heading)]
    down = [cell.day for _, cells in rows for cell in cells if cell.day is not None]
    has_months = mapping_days.are_months(across or down)
    return {
        "title": sheet.title,
        "place": mapping_words.place(sheet),
        "read": sheet.is_read,
        "heading": sheet.heading_lines[0] if sheet.heading_lines else 0,
        "lines": list(grid.lines[:MOST_HEADINGS]) if grid else [],
        "turned": sheet.is_turned,
        "team": sheet.team or _only_team(mapped),
        "has_team": _has_team(sheet, mapped),
        "first": FIRST_COLUMNS,
        "more": max(len(sheet.columns) - MOST_COLUMNS, 0),
        "columns": [
            {
                "heading": mapping_days.named(one_line(column.heading), months=has_months),
                "letter": grid.columns[at] if grid and at < grid.width else "",
                "role": column.role.value,
                "asked": column.heading in asked,
                "value": mapping_words.value_of(column, cadence, has_months=has_months),
            }
            for at, column in enumerate(columns)
        ],
        "rows": [
            {
                "line": line,
                "cells": [
                    _cell(cell, column, has_months=has_months)
                    for cell, column in zip(cells, columns, strict=False)
                ],
            }
            for line, cells in rows
        ],
    }


def _asked(sheet: SheetMapping, mapped: Mapped) -> set[str]:
    """Give the headings of the columns that something is asked about."""
    about = [each for each in mapped.questions if each.sheet == sheet.title]
    of_ranges = any(each.kind in mapping_words.OF_RANGES for each in about)
    ranges = {column.heading for column in sheet.columns if column.role in RANGES}
    return {each.about for each in about} | (ranges if of_ranges else set())


def _has_team(sheet: SheetMapping, mapped: Mapped) -> bool:
    """Tell whether a column or an answer tells the team."""
    is_asked = any(
        each.kind is QuestionKind.TEAM and each.sheet == sheet.title for each in mapped.questions
    )
    return is_asked or any(column.role is Role.TEAM for column in sheet.columns)


def _only_team(mapped: Mapped) -> str:
    """Name the team that all KPIs are of, empty where there are several or none yet."""
    teams = {kpi.team for kpi in mapped.tables.kpis}
    return teams.pop() if len(teams) == 1 else ""


def _rows(sheet: SheetMapping, grid: Grid) -> list[tuple[int, Sequence[Cell]]]:
    """Give the first rows below the headings that hold something."""
    last = max(sheet.heading_lines, default=0)
    below = (
        (line, cells)
        for line, cells in zip(grid.lines, grid.rows, strict=True)
        if line > last and any(cell.kind is not CellKind.EMPTY for cell in cells)
    )
    return [row for row, _ in zip(below, range(FIRST_ROWS), strict=False)]


def _cell(cell: Cell, column: ColumnMapping, *, has_months: bool) -> dict[str, Any]:
    """Give a cell as a person sees it, and how it stands: a number, text, or none of a value."""
    shown = one_line(cell.text)
    if cell.kind is CellKind.DAY:
        shown = mapping_days.named(shown, months=has_months)
    elif cell.kind is CellKind.PERCENT:
        shown = f"{shown} %"
    elif cell.kind is CellKind.NUMBER and cell.unit:
        shown = f"{shown} {cell.unit}"
    is_value = column.role is Role.VALUE
    has_digit = any(sign.isdigit() for sign in cell.text)
    stands = "number" if cell.kind in NUMBERS or (is_value and has_digit) else "text"
    if cell.kind in MISSING or (is_value and shown and not has_digit):
        stands = "missing"
    return {"text": shown, "stands": stands}


def _questions(mapping: SpreadsheetMapping, mapped: Mapped) -> Iterator[Mapping[str, Any]]:
    """Give the questions, those without an answer first."""
    ordered = sorted(mapped.questions, key=lambda each: _is_settled(mapping, each))
    for question in ordered[:MOST_QUESTIONS]:
        yield _question(question, mapping.answers.get(question.key, ""))


def _is_settled(mapping: SpreadsheetMapping, question: Question) -> int:
    return 2 if mapping.answers.get(question.key) else 1 if question.proposed else 0


def _question(question: Question, answer: str) -> dict[str, Any]:
    taken = answer or question.proposed
    return {
        "key": question.key,
        "lead": mapping_words.lead(question),
        "cell": mapping_words.cell(question),
        "asked": mapping_words.ASKED[question.kind],
        "taken": mapping_words.reading(question, taken) if taken else "",
        "code": taken,
        "answered": bool(answer),
        "named": question.kind in mapping_words.NAMED,
        "readings": [
            {"code": code, "text": mapping_words.reading(question, code)}
            for code, _ in question.readings
        ],
    }
