"""Mappings as a person may have them: a wide sheet of KPIs and months."""

from data.exchange.spreadsheets.mapping import (
    ColumnMapping,
    Mapping,
    Question,
    QuestionKind,
    Role,
    SheetMapping,
)

MONTHS = ("Jan 26", "Feb 26")
AWKWARD = 'a "b" \\ ü\t\x7f\n[c] = #'
"""A name with all that a file could trip over."""


def wide(*months: str, heading: str = "KPI", answers: dict[str, str] | None = None) -> Mapping:
    """Give how a sheet of KPIs down and months across is read."""
    columns = [
        ColumnMapping(heading, Role.KPI),
        ColumnMapping("Ziel", Role.TARGET),
        *(ColumnMapping(month, Role.VALUE, month) for month in months or MONTHS),
        ColumnMapping("Ø", Role.LEAVE_OUT),
    ]
    sheet = SheetMapping("KPI", (4,), tuple(columns), team="Bakery")
    return Mapping((sheet,), answers or {})


BETTER = Question(
    QuestionKind.BETTER,
    "KPI",
    "Scrap rate",
    "4.5",
    (("lower", "ideal up to 4.5"), ("higher", "ideal from 4.5")),
    proposed="lower",
)
OPEN = Question(
    QuestionKind.YEAR, "KPI", "KW 45", "KW 45", (("2025", "3 Nov 2025"), ("2026", "2 Nov 2026"))
)
