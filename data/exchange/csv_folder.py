"""A folder of CSV files as lines of cells."""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator

from data.core.limits import LARGEST_FILE, LONGEST_CELL
from data.core.problems import ParseError
from data.exchange.sheet import Line

LINES_BETWEEN_REPORTS = 20_000
LONGEST_NAMED = 16
SAVE_ANEW = "save it as CSV UTF-8"
NAMED_SEPARATOR = re.compile(r'("?sep=([^\r\n])"?)(?=\r?\n|$)', re.IGNORECASE)
"""The line in which a spreadsheet names what stands between cells."""


def lines(load: Callable[[], bytes], report: Callable[[float], None]) -> Iterator[Line]:
    """Give the lines of a CSV file with the line they begin on; reports the share read.

    Commas separate cells, or what its first line names. Raises ParseError where the file is not
    CSV in UTF-8.
    """
    data = load()
    _check(data)
    total = data.count(b"\n") + 1
    data = data.removeprefix(BOM_UTF8)
    named = NAMED_SEPARATOR.match(data[:LONGEST_NAMED].decode(errors="ignore"))
    # The line stays as a blank one, so that all others keep their numbers.
    data = data[len(named[1].encode()) :] if named else data
    source = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    yield from filled(source, total, named[2] if named else ",", report)


def filled(
    source: Iterable[str], total: int, separator: str, report: Callable[[float], None]
) -> Iterator[Line]:
    """Give the lines of CSV that are not blank, as `split` does; reports the share read."""
    for count, (begins, cells) in enumerate(split(source, separator)):
        if count % LINES_BETWEEN_REPORTS == 0:
            report(min(begins / total, 1.0))
        if cells:
            yield begins, cells


def split(source: Iterable[str], separator: str = ",") -> Iterator[Line]:
    """Give the cells of every line of CSV with the line they begin on, of a blank one none.

    Raises ParseError where it is no CSV.
    """
    reader = csv.reader(source, strict=True, skipinitialspace=True, delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _not_csv(str(error), begins) from None


def too_large() -> ParseError:
    """Say that a file is too large."""
    remedy = "split it and import the parts one after another"
    return ParseError(f"is larger than {LARGEST_FILE // 1024**2} MB", remedy)


def _check(data: bytes) -> None:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise ParseError("is UTF-16, not UTF-8", SAVE_ANEW)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ParseError("is not UTF-8", SAVE_ANEW, line=line) from None
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise ParseError("has a NUL character", f"delete it, or {SAVE_ANEW}", line=line)


def _not_csv(error: str, line: int) -> ParseError:
    if "field larger" in error:
        what = f"a cell has more than {LONGEST_CELL:,} characters"
        return ParseError(what, "shorten it, or close its quotation mark", line=line)
    what = "a quotation mark is not closed or stands inside a cell"
    return ParseError(what, 'close it, or write "" for one inside', line=line)
