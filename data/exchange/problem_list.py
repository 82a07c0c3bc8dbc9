"""What is wrong with an import as the text of a CSV file, to be put right beside it."""

import csv
import io
from collections.abc import Iterable

from data.core.formula_guard import guard
from data.exchange.views import ProblemView


def problems_csv(problems: Iterable[ProblemView]) -> bytes:
    """Write every problem with its place and remedy; text is no formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("sheet_or_file", "row", "what_is_wrong", "what_to_do"))
    for each in problems:
        writer.writerow([guard(each.place), each.line, guard(each.what), guard(each.remedy)])
    return file.getvalue().encode("utf-8-sig")
