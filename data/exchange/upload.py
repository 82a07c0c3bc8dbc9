"""Files that came through the browser: a workbook, or CSV files, put where they can be read."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from data.exchange.limits import LARGEST_FILE
from data.exchange.problems import BadInput, Problem, Unfit, shown
from data.exchange.read import KNOWN, Loaded, Progress, read
from data.exchange.rows import FILES

Upload = tuple[str, bytes]
"""A file's name and its content."""

UNSAFE = re.compile(r"[^\w .()\-]|^\.+")
LONGEST_FILE_NAME = 80
IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]$")


def read_uploads(uploads: Sequence[Upload], *, progress: Progress | None = None) -> Loaded:
    """Return what a workbook or some CSV files hold, as `read` does.

    Raises BadInput with every problem, also where the files do not go together.
    """
    with _laid_out(uploads) as (path, left_out):
        loaded = read(path, progress=progress)
    return Loaded(loaded.tables, (*left_out, *loaded.warnings))


def file_of(place: str) -> str:
    """Give the file of the format that a problem's place names, empty where it is none."""
    sheet = IN_BRACKETS.search(place)
    name = (sheet[1] if sheet else Path(place).stem).strip().lower()
    return name if name in FILES else ""


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


@contextmanager
def _laid_out(uploads: Sequence[Upload]) -> Iterator[tuple[Path, list[Problem]]]:
    """Give the path of a workbook, or of a folder with the known CSV files; and what is not."""
    _check_together(uploads)
    with tempfile.TemporaryDirectory(prefix="milepost-import-") as folder:
        left_out = []
        for name, data in uploads:
            safe = safe_name(name)
            if _is_workbook(safe) or safe.lower().removesuffix(".csv") in FILES:
                (Path(folder) / safe).write_bytes(data)
            else:
                left_out.append(
                    Problem(shown(name), 1, "is left out", f"the known names are {KNOWN}")
                )
        if len(left_out) == len(uploads):
            raise BadInput([_unknown(problem) for problem in left_out])
        path = Path(folder)
        yield (path / safe if _is_workbook(safe) else path), left_out


def _unknown(left_out: Problem) -> Problem:
    remedy = f"name a CSV file after what it holds: {KNOWN}"
    return Problem(left_out.file, 1, "is none of the known files", remedy)


def _check_together(uploads: Sequence[Upload]) -> None:
    names = [safe_name(name).lower() for name, _ in uploads]
    place = shown(uploads[0][0]) if len(uploads) == 1 else "the files"
    unfit = None
    if len(uploads) > 1 and any(map(_is_workbook, names)):
        unfit = Unfit("are a workbook and others", "drop one workbook alone, or CSV files")
    elif len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        unfit = Unfit(f"have {twice} twice", "take one of them away")
    elif sum(len(data) for _, data in uploads) > LARGEST_FILE:
        most = f"{LARGEST_FILE // 1024**2} MB"
        remedy = "import the parts one after another"
        unfit = Unfit(f"{'is' if len(uploads) == 1 else 'are'} larger than {most}", remedy)
    elif any(not name.endswith((".csv", ".xlsx")) for name in names):
        unfit = Unfit("cannot be read", "save it as .xlsx, or each sheet as CSV UTF-8")
    if unfit:
        raise BadInput([unfit.at(place, 1)])
