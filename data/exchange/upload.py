"""Files that came through the browser: a workbook, or CSV files, to be read."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from data.core.fields import columns
from data.core.limits import LARGEST_FILE
from data.core.problems import Code, ParseError, Problem, shown
from data.exchange.bad_input import BadInput
from data.exchange.csv_dialect import CsvLines, separator_of
from data.exchange.csv_folder import split
from data.exchange.read import (
    KNOWN,
    Loaded,
    Progress,
    Source,
    read_sources,
    unknown_file,
    workbook_sources,
)
from data.exchange.tables import FILES, known_name
from data.exchange.text_encoding import decoded
from data.exchange.unknown_names import Looks

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


EVERYBODYS = {"kpis", "readings", "teams", "people", "actions", "meetings"}
"""Names that people give to sheets of their own: those count by their headings."""

Headings = Sequence[str]


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
    sources, left_out = _opened(uploads)
    if not sources:
        raise BadInput([replace(each, what=NO_FILE, remedy=TWO_WAYS) for each in left_out])
    try:
        return read_sources(sources, left_out, progress=progress, names_here=names_here)
    except BadInput as bad:
        problems = sorted(bad.problems, key=lambda problem: (problem.file, problem.line))
        raise BadInput(problems, bad.loaded, bad.warnings) from None


def _opened(uploads: Sequence[Upload]) -> tuple[Mapping[str, Source], Sequence[Problem]]:
    """Give what is to be read, and what is said of what is left out."""
    if _is_workbook(uploads[0][0]):
        ((name, data),) = uploads
        return _workbook(safe_name(name), data)
    known = {name: file for name, _ in uploads if (file := _known_file(name))}
    files = [CsvLines(known[name], data) for name, data in uploads if name in known]
    sources = {
        each.name: Source(each.file, each.lines, each.problems, each.warnings) for each in files
    }
    return sources, [unknown_file(name) for name, _ in uploads if name not in known]


def _workbook(name: str, data: bytes) -> tuple[Mapping[str, Source], Sequence[Problem]]:
    try:
        return workbook_sources(name, data)
    except ParseError as unfit:
        problem = unfit.at(name, unfit.line)
        if problem.code is Code.NO_KNOWN_SHEET:
            problem = replace(problem, remedy=TWO_WAYS)
        raise BadInput([problem]) from None


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


def is_own_format(uploads: Sequence[Upload]) -> bool:
    """Tell whether files or sheets bear the names of the format, and the headings that go with it.

    Of several files, one that is makes all of them so.
    """
    return any(_is_own(*upload) for upload in uploads)


def _is_own(name: str, data: bytes) -> bool:
    try:
        named = _sheets(name, data) if _is_workbook(name) else _csv(name, data)
    except ParseError:
        return False
    return any(file not in EVERYBODYS or _has_needed(file, first) for file, first in named.items())


def _has_needed(file: str, headings: Headings) -> bool:
    here = {heading.strip().lower() for heading in headings}
    return all(column.name in here for column in columns(FILES[file]) if column.needed)


def _sheets(name: str, data: bytes) -> Mapping[str, Headings]:
    sources, _ = workbook_sources(name, data)
    lines = {file: source.lines(lambda _share: None) for file, source in sources.items()}
    return {file: next((cells for _, cells in each), ()) for file, each in lines.items()}


def _csv(name: str, data: bytes) -> Mapping[str, Headings]:
    file, (text, _) = _known_file(name), decoded(data)
    if not file or text is None:
        return {}
    lines = split(io.StringIO(text, newline=""), separator_of(text))
    return {file: next((cells for _, cells in lines if any(map(str.strip, cells))), ())}
