"""Any spreadsheet from the command line: a mapping is proposed, corrected, and then used."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from data.company.queries import company
from data.core.database import data_version, now
from data.core.limits import LARGEST_FILE
from data.core.problems import Code, ParseError, Problem
from data.exchange import workbook
from data.exchange.bad_input import BadInput
from data.exchange.importing import Imported, import_tables
from data.exchange.importing.spreadsheet import MappedSpreadsheet, read_by
from data.exchange.spreadsheets.grid import Spreadsheet
from data.exchange.spreadsheets.mapping import Mapping, Question
from data.exchange.spreadsheets.mapping_file import parsed, written
from data.exchange.spreadsheets.reading import read_spreadsheet

MAPPING = "mapping.toml"
Progress = Callable[[str, float], None]


def with_way_out(bad: BadInput, path: Path) -> BadInput:
    """Say of a file that is not of the format how it is read all the same."""
    remedy = f"have its layout read: python -m data import {path} --propose"
    problems = [
        replace(each, remedy=f"{each.remedy}; or {remedy}")
        if _is_of_no_format(each, path)
        else each
        for each in bad.problems
    ]
    return BadInput(problems, bad.loaded, bad.warnings)


def propose_mapping(engine: Engine, path: Path, mapping: Path | None, team: str) -> str:
    """Write how a spreadsheet would be read beside it; say where, and what is to be answered."""
    to = mapping or path.with_name(MAPPING)
    read = _with_team(engine, _read(engine, path, None), team)
    head = f"# How {path.name} is read. Correct what is wrong, then:\n# {_command(path, to)}\n\n"
    to.write_text(head + written(read.mapping, read.mapped.questions), encoding="utf-8")
    waiting = len(_unanswered(read))
    first = "" if not waiting else f"Answer {waiting} open question(s) in it first. "
    return f"{to} says how it would be read. {first}Then: {_command(path, to)}"


def import_spreadsheet(
    engine: Engine,
    path: Path,
    mapping: Path,
    *,
    team: str,
    dry_run: bool,
    tell: Callable[[str], None],
    progress: Progress,
) -> Imported:
    """Import a spreadsheet by a mapping; raises BadInput where a question has no answer yet.

    What was done with it that a person should know of is told line by line.
    """
    held = parsed(mapping.name, mapping.read_bytes())
    read = _with_team(engine, _read(engine, path, held), team)
    for remark in read.mapped.remarks:
        example = f", for example {remark.example}" if remark.example else ""
        tell(f"{path.name}[{remark.sheet}]: {remark.kind}: {remark.count}{example}")
    problems = [*read.mapped.problems, *_open_problems(read, mapping)]
    if problems:
        raise BadInput(problems)
    return import_tables(
        engine,
        read.mapped.tables,
        dry_run=dry_run,
        label=lambda name: f"{path.name}[{name}]",
        mapping=read.mapping,
        progress=progress,
    )


def _read(engine: Engine, path: Path, mapping: Mapping | None) -> MappedSpreadsheet:
    try:
        spreadsheet = _spreadsheet(path)
    except ParseError as unfit:
        raise BadInput([unfit.at(path.name, unfit.line)]) from None
    return read_by(engine, spreadsheet, mapping, today=_today(engine))


def _spreadsheet(path: Path) -> Spreadsheet:
    if path.is_dir():
        raise ParseError("is a folder", "give one spreadsheet")
    if path.exists() and path.stat().st_size > LARGEST_FILE:
        raise workbook.too_large()
    return read_spreadsheet(path.name, path.read_bytes())


def _today(engine: Engine) -> date:
    return company(engine, data_version(engine)).today(now())


def _with_team(engine: Engine, read: MappedSpreadsheet, team: str) -> MappedSpreadsheet:
    """Read it with a team for all sheets, where one is given."""
    if not team:
        return read
    sheets = tuple(replace(sheet, team=team) for sheet in read.mapping.sheets)
    mapping = replace(read.mapping, sheets=sheets)
    return read_by(engine, read.spreadsheet, mapping, today=_today(engine))


def _unanswered(read: MappedSpreadsheet) -> list[Question]:
    answers = read.mapping.answers
    return [
        each for each in read.mapped.questions if not each.proposed and not answers.get(each.key)
    ]


def _open_problems(read: MappedSpreadsheet, mapping: Path) -> list[Problem]:
    """Say which questions wait for an answer, which the mapping can hold."""
    if not read.mapped.is_open:
        return []
    problems = []
    for question in _unanswered(read):
        codes = " or ".join(f'"{code}"' for code, _ in question.readings)
        what = f"{question.kind} of {question.cell or question.about} could be two things"
        remedy = f'write "{question.key}" = {codes or "its name"} under [answers]'
        problems.append(Problem(mapping.name, 1, what, remedy))
    return problems


def _is_of_no_format(problem: Problem, path: Path) -> bool:
    is_other = path.is_file() and path.suffix.lower() != ".xlsx"
    return problem.code is Code.NO_KNOWN_SHEET or is_other


def _command(path: Path, mapping: Path) -> str:
    return f'python -m data import "{path}" --mapping "{mapping}"'
