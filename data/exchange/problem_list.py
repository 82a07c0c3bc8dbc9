"""What is wrong with an import as the text of a CSV file, to be put right beside it."""

from collections.abc import Iterable

from data.core.csv_text import csv_text
from data.core.formula_guard import guard
from data.exchange.views import ProblemView

COLUMNS = ("sheet_or_file", "row", "what_is_wrong", "what_to_do")


def problems_csv(problems: Iterable[ProblemView]) -> bytes:
    """Write every problem with its place and remedy; text is no formula."""
    rows = (
        [guard(each.place), each.line, guard(each.what), guard(each.remedy)] for each in problems
    )
    return csv_text(COLUMNS, rows).encode("utf-8-sig")
