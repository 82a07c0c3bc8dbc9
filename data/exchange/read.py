"""Read a folder of CSV files or a workbook into tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from data.core.fields import columns
from data.core.limits import LARGEST_FILE
from data.core.problems import Code, ParseError, Problem, Problems, shown
from data.exchange import csv_folder, workbook
from data.exchange.bad_input import BadInput
from data.exchange.sheet import Line, read_sheet
from data.exchange.tables import FILES, Tables, known_name
from data.exchange.unknown_names import Looks
from data.exchange.workbook_lines import WorkbookLines

Report = Callable[[float], None]
Progress = Callable[[str, float], None]

KNOWN = ", ".join(FILES)
GUIDE = "how to fill in"
"""The sheet of a blank workbook that explains the others."""


@dataclass(frozen=True)
class Loaded:
    """What was read: the tables, and what was left out of them."""

    tables: Tables
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Source:
    """A known file or sheet: how problems name it and where its lines come from.

    `problems` and `warnings` say what was found in its lines once they were read.
    """

    file: str
    lines: Callable[[Report], Iterator[Line]]
    problems: Problems = field(default_factory=Problems)
    warnings: Callable[[], list[Problem]] = list


def read(
    path: Path,
    *,
    progress: Progress | None = None,
    names_here: Callable[[], Looks] | None = None,
) -> Loaded:
    """Return what a folder or a workbook (.xlsx) holds.

    `progress` is told the file's name and the share of it that has been read, 0 to 1.
    `names_here` gives what is here already: a file full of other names is not read to its end.
    Raises BadInput with every problem, files in their order, each by line.
    """
    try:
        sources, left_out = _open(path)
    except ParseError as unfit:
        raise BadInput([unfit.at(path.name or str(path), 1)]) from None
    return read_sources(sources, left_out, progress=progress, names_here=names_here)


def read_sources(
    sources: Mapping[str, Source],
    left_out: Sequence[Problem] = (),
    *,
    progress: Progress | None = None,
    names_here: Callable[[], Looks] | None = None,
) -> Loaded:
    """Return what the files or sheets of those names hold, as `read` does."""
    tell = progress or (lambda name, share: None)
    tables = Tables()
    problems: list[Problem] = []
    read_as: list[Problem] = []
    warnings = list(left_out)
    for name in FILES:
        if name in sources:
            source = sources[name]
            tell(name, 0.0)
            lines = source.lines(partial(tell, name))
            # What is wrong in one file may be why another names what nobody knows.
            known = None if problems else names_here
            sheet = read_sheet(name, source.file, lines, tables, known)
            tell(name, 1.0)
            setattr(tables, name, sheet.rows)
            if len(sheet.given) < len(columns(FILES[name])):
                tables.given[name] = sheet.given
            found = (*source.problems.told(), *sheet.problems.told(), *sheet.unread)
            problems += _each_cell_once(found)
            read_as += source.warnings()
            warnings += sheet.warnings
    if problems:
        raise BadInput(problems, tables, [*read_as, *warnings])
    return Loaded(tables, (*read_as, *warnings))


def _each_cell_once(problems: Sequence[Problem]) -> list[Problem]:
    """Leave out what the strict reader says of a cell of which it is known what is wrong."""
    first = {_cell(each): each for each in reversed(problems) if each.column}
    kept = (each for each in problems if not each.column or first[_cell(each)] is each)
    return sorted(kept, key=lambda problem: problem.line)


def _cell(problem: Problem) -> tuple[int, str]:
    return problem.line, problem.column


def _open(path: Path) -> tuple[dict[str, Source], list[Problem]]:
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise ParseError("is not there", "check the path")
    if path.suffix.lower() != ".xlsx":
        raise ParseError("is no folder and no .xlsx", "give the folder of CSV files or a workbook")
    return workbook_sources(path.name, _load(path))


def _folder(path: Path) -> tuple[dict[str, Source], list[Problem]]:
    try:
        files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
    except OSError as error:
        raise ParseError(f"cannot be opened ({error.strerror})", "check the folder") from None
    known = {file.stem.lower(): file for file in files if file.stem.lower() in FILES}
    if not known:
        raise ParseError("holds none of the known files", f"name them .csv after {KNOWN}")
    sources = {
        name: Source(file.name, partial(csv_folder.lines, partial(_load, file)))
        for name, file in known.items()
    }
    left_out = [file.name for file in files if file not in known.values()]
    return sources, [unknown_file(name) for name in left_out]


def _load(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            is_workbook = path.suffix.lower() == ".xlsx"
            raise workbook.too_large() if is_workbook else csv_folder.too_large()
        return path.read_bytes()
    except OSError as error:
        raise ParseError(f"cannot be opened ({error.strerror})", "check the file") from None


def workbook_sources(file_name: str, data: bytes) -> tuple[dict[str, Source], list[Problem]]:
    """Give a workbook's known sheets, and what is said of others; ParseError without any."""
    sheets = workbook.open_sheets(data)
    known = {}
    left_out = []
    # A sheet of the very name comes before one that is only called so.
    for title in sorted(sheets, key=lambda title: title.strip().lower() not in FILES):
        name = known_name(title)
        file = f"{file_name}[{title}]"
        if name and name not in known:
            found = WorkbookLines(name, file, sheets[title])
            known[name] = Source(file, found.lines, found.problems, found.warnings)
        elif title.strip().lower() != GUIDE:
            left_out.append(unknown_file(file))
    if not known:
        remedy = f"name them after {KNOWN}"
        raise ParseError("holds none of the known sheets", remedy, code=Code.NO_KNOWN_SHEET)
    return known, left_out


def unknown_file(file: str) -> Problem:
    """Say that a file or a sheet is left out, as none of those that are known."""
    return Problem(shown(file), 1, "is left out", f"the known names are {KNOWN}")
