"""Whether what somebody gave is of the exchange format, which is read strictly."""

import io
from collections.abc import Mapping, Sequence

from data.core.fields import columns
from data.core.problems import ParseError
from data.exchange import workbook
from data.exchange.csv_dialect import separator_of
from data.exchange.csv_folder import split
from data.exchange.tables import FILES, known_name
from data.exchange.text_encoding import decoded
from data.exchange.upload import Upload

EVERYBODYS = {"kpis", "readings", "teams", "people", "actions", "meetings"}
"""Names that people give to sheets of their own: those count by their headings."""

Headings = Sequence[str]


def is_own_format(uploads: Sequence[Upload]) -> bool:
    """Tell whether files or sheets bear the names of the format, and the headings that go with it.

    Of several files, one that is makes all of them so.
    """
    return any(_is_own(*upload) for upload in uploads)


def _is_own(name: str, data: bytes) -> bool:
    try:
        named = _sheets(data) if name.lower().endswith(".xlsx") else _csv(name, data)
    except ParseError:
        return False
    return any(file not in EVERYBODYS or _has_needed(file, first) for file, first in named.items())


def _has_needed(file: str, headings: Headings) -> bool:
    here = {heading.strip().lower() for heading in headings}
    return all(column.name in here for column in columns(FILES[file]) if column.needed)


def _sheets(data: bytes) -> Mapping[str, Headings]:
    sheets = workbook.open_sheets(data)
    named = {known_name(title): sheet for title, sheet in sheets.items() if known_name(title)}
    return {
        file: next((cells for _, cells in workbook.lines(sheet)), ())
        for file, sheet in named.items()
    }


def _csv(name: str, data: bytes) -> Mapping[str, Headings]:
    stem, _, suffix = name.rpartition(".")
    file = known_name(stem) if suffix.lower() == "csv" else ""
    text, _ = decoded(data)
    if not file or text is None:
        return {}
    lines = split(io.StringIO(text, newline=""), separator_of(text))
    return {file: next((cells for _, cells in lines if any(map(str.strip, cells))), ())}
