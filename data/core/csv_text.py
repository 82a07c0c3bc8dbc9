"""CSV as text: commas, and a line feed on every machine."""

import csv
import io
from collections.abc import Iterable


def csv_text(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Write headings and rows as the text of a file."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return file.getvalue()
