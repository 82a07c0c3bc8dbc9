"""Files that came through the browser: a workbook, or CSV files, to be read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from data.core.limits import LARGEST_FILE
from data.core.problems import Code, ParseError, Problem, shown
from data.exchange import csv_folder
from data.exchange.bad_input import BadInput
from data.exchange.csv_dialect import remark, translated
from data.exchange.read import (
    KNOWN,
    Loaded,
    Progress,
    Source,
    read_sources,
    unknown_file,
    workbook_sources,
)
from data.exchange.tables import Tables, known_name
from data.exchange.unknown_names import Looks
from data.exchange.workbook_lines import cell_of

Upload = tuple[str, bytes]
"""A file's name and its content."""

UNSAFE = re.compile(r"[^\w .()\-]|^\.+")
LONGEST_FILE_NAME = 80
NO_FILE = "is none of the known files"
TWO_WAYS = (
    "bring in one spreadsheet at a time, whatever its layout; or fill in the blank "
    f"workbook, or name sheets and files as there: {KNOWN}"
)
IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]$")


def read_uploads(
    uploads: Sequence[Upload],
    *,
    progress: Progress | None = None,
    names_here: Callable[[], Looks] | None = None,
) -> Loaded:
    """Return what a workbook or some CSV files hold, as `read` does.

    CSV files may be as spreadsheets of other countries save them: remarks say what was
    translated. Raises BadInput with every problem, also where the files do not go together.
    """
    _check_together(uploads)
    found = _Found()
    for name, data in uploads:
        found.take(name, data)
    if not found.sources and not found.problems:
        raise BadInput([replace(each, what=NO_FILE, remedy=TWO_WAYS) for each in found.remarks])
    try:
        loaded = read_sources(
            found.sources, found.left_out, progress=progress, names_here=names_here
        )
    except BadInput as bad:
        found.blame(bad.problems)
        loaded = Loaded(bad.loaded or Tables(), bad.warnings)
    warnings = (*found.remarks, *loaded.warnings)
    if found.problems:
        raise BadInput(found.problems, loaded.tables, warnings)
    return Loaded(loaded.tables, warnings)


def file_of(place: str) -> str:
    """Give the file of the format that a problem's place names, empty where it is none."""
    if sheet := IN_BRACKETS.search(place):
        return known_name(sheet[1])
    return _known_file(place)


def label(uploads: Sequence[Upload], file: str) -> str:
    """Say how a problem names a file, or a workbook's sheet."""
    name = safe_name(uploads[0][0])
    return f"{name}[{file}]" if _is_workbook(name) else f"{file}.csv"


def safe_name(name: str) -> str:
    """Return a name from a browser as a file may have it: short, and of no other folder."""
    stem, dot, suffix = re.split(r"[/\\]", name)[-1].rpartition(".")
    bare = UNSAFE.sub("_", stem[:LONGEST_FILE_NAME]) or "_"
    return f"{bare}{dot}{UNSAFE.sub('_', suffix[:8])}"


def _is_workbook(name: str) -> bool:
    return name.lower().endswith(".xlsx")


@dataclass(slots=True)
class _Found:
    """What the files hold to be read, what is to be said of them, and what is wrong with them."""

    sources: dict[str, Source] = field(default_factory=dict)
    left_out: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, name: str, data: bytes) -> None:
        """Take a workbook, or a CSV file of the format, spelled as the format has it."""
        safe, known = safe_name(name), _known_file(name)
        try:
            if _is_workbook(safe):
                self.sources, self.left_out = workbook_sources(safe, data)
            elif known:
                safe = f"{known}.csv"
                anew = translated(known, data)
                self.sources[known] = Source(safe, partial(csv_folder.lines, lambda: anew.data))
                self.problems += anew.doubtful
                self.remarks += [remark(safe, anew.said)] if anew.said else []
            else:
                self.remarks.append(unknown_file(name))
        except ParseError as unfit:
            self.blame([unfit.at(safe, unfit.line)])

    def blame(self, problems: Sequence[Problem]) -> None:
        """Add what the strict reader found, but where it is already said what is wrong."""
        said = {cell_of(problem) for problem in self.problems}
        for problem in problems:
            if problem.code is Code.NO_KNOWN_SHEET:
                problem = replace(problem, remedy=TWO_WAYS)
            if not problem.column or cell_of(problem) not in said:
                self.problems.append(problem)
        self.problems.sort(key=lambda problem: (problem.file, problem.line))


def _known_file(name: str) -> str:
    stem, _, suffix = safe_name(name).rpartition(".")
    return known_name(stem) if suffix.lower() == "csv" else ""


def _check_together(uploads: Sequence[Upload]) -> None:
    names = [
        f"{_known_file(name)}.csv" if _known_file(name) else safe_name(name).lower()
        for name, _ in uploads
    ]
    place = shown(uploads[0][0]) if len(uploads) == 1 else "the files"
    unfit = None
    if len(uploads) > 1 and any(map(_is_workbook, names)):
        unfit = ParseError("are a workbook and others", "drop one workbook alone, or CSV files")
    elif len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        unfit = ParseError(f"have {twice} twice", "take one of them away")
    elif sum(len(data) for _, data in uploads) > LARGEST_FILE:
        most = f"{LARGEST_FILE // 1024**2} MB"
        remedy = "import the parts one after another"
        unfit = ParseError(f"{'is' if len(uploads) == 1 else 'are'} larger than {most}", remedy)
    elif any(not name.endswith((".csv", ".xlsx")) for name in names):
        unfit = ParseError("cannot be read", "save it as .xlsx, or each sheet as CSV UTF-8")
    if unfit:
        raise BadInput([unfit.at(place, 1)])
