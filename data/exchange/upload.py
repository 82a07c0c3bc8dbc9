"""Files that came through the browser: a workbook, or CSV files, put where they can be read."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.core.limits import LARGEST_FILE
from data.core.problems import Code, ParseError, Problem, shown
from data.exchange.bad_input import BadInput
from data.exchange.csv_dialect import remark, translated
from data.exchange.pasted import PLACE
from data.exchange.read import KNOWN, Loaded, Progress, read, unknown_file
from data.exchange.tables import Tables, known_name

Upload = tuple[str, bytes]
"""A file's name and its content."""

UNSAFE = re.compile(r"[^\w .()\-]|^\.+")
LONGEST_FILE_NAME = 80
NO_FILE = "is none of the known files"
TWO_WAYS = (
    "bring in dates and values of one KPI as “A pasted table”; for all else fill in the blank "
    f"workbook, or name sheets and files as there: {KNOWN}"
)
IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]$")


def read_uploads(uploads: Sequence[Upload], *, progress: Progress | None = None) -> Loaded:
    """Return what a workbook or some CSV files hold, as `read` does.

    CSV files may be as spreadsheets of other countries save them: remarks say what was
    translated. Raises BadInput with every problem, also where the files do not go together.
    """
    with _laid_out(uploads) as laid:
        loaded = _read(laid, progress)
    warnings = (*laid.remarks, *loaded.warnings)
    if laid.problems:
        raise BadInput(laid.problems, loaded.tables, warnings)
    return Loaded(loaded.tables, warnings)


def _read(laid: "_Laid", progress: Progress | None) -> Loaded:
    """Read what lies there; what is wrong is noted beside it."""
    if laid.is_empty():
        return Loaded(Tables(), ())
    try:
        return read(laid.path, progress=progress)
    except BadInput as bad:
        laid.blame(bad.problems)
        return Loaded(bad.loaded or Tables(), bad.warnings)


def file_of(place: str) -> str:
    """Give the file of the format that a problem's place names, empty where it is none."""
    if place == PLACE:
        return "readings"
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
class _Laid:
    """Where the files lie, what is to be said of them, and what is wrong with them."""

    path: Path
    remarks: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Tell whether no file could be put down."""
        return self.path.is_dir() and not any(self.path.iterdir())

    def lay(self, name: str, data: bytes) -> None:
        """Put down a CSV file of the format, spelled as the format has it."""
        file = f"{name}.csv"
        try:
            anew = translated(name, data)
        except ParseError as unfit:
            self.problems.append(unfit.at(file, unfit.line))
            return
        (self.path / file).write_bytes(anew.data)
        self.problems += anew.doubtful
        if anew.said:
            self.remarks.append(remark(file, anew.said))

    def blame(self, problems: Sequence[Problem]) -> None:
        """Add what the strict reader found, but where it is already said what is wrong."""
        said = {_cell(problem) for problem in self.problems}
        for problem in problems:
            if problem.code is Code.NO_KNOWN_SHEET:
                problem = replace(problem, remedy=TWO_WAYS)
            if not problem.column or _cell(problem) not in said:
                self.problems.append(problem)
        self.problems.sort(key=lambda problem: (problem.file, problem.line))


def _cell(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line, problem.column


@contextmanager
def _laid_out(uploads: Sequence[Upload]) -> Iterator[_Laid]:
    """Give the path of a workbook, or of a folder with the known CSV files; and what is not."""
    _check_together(uploads)
    with tempfile.TemporaryDirectory(prefix="milepost-import-") as folder:
        laid = _Laid(Path(folder))
        for name, data in uploads:
            safe = safe_name(name)
            if _is_workbook(safe):
                laid.path = laid.path / safe
                laid.path.write_bytes(data)
            elif known := _known_file(name):
                laid.lay(known, data)
            else:
                laid.remarks.append(unknown_file(name))
        if laid.is_empty() and not laid.problems:
            raise BadInput([replace(each, what=NO_FILE, remedy=TWO_WAYS) for each in laid.remarks])
        yield laid


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
