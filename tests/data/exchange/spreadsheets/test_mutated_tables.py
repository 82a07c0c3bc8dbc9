"""Nothing wrong is written silently: what is stored is what a person sees, or it was asked.

`MILEPOST_MUTATED_TABLES=10000` tries so many tables.
"""

import os
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from analytics.periods import period
from data.exchange.spreadsheets.interview import AS_IT_STANDS, TIMES_100
from data.exchange.spreadsheets.mapped_tables import map_tables
from data.exchange.spreadsheets.mapping import Known, Mapped, Question, QuestionKind, RemarkKind
from data.exchange.spreadsheets.proposal import propose
from tests.data.exchange.spreadsheets.mutated_tables import Mutated, mutated_tables
from tests.data.exchange.spreadsheets.real_looking import TODAY

EXAMPLES = int(os.environ.get("MILEPOST_MUTATED_TABLES", "300"))
KNOWN = Known(teams=("Werk",))


def person_answers(question: Question, table: Mutated) -> str:
    """Answer as somebody who sees the file."""
    match question.kind:
        case QuestionKind.DECIMAL:
            return table.decimal
        case QuestionKind.DAY_ORDER:
            return table.order
        case QuestionKind.HUNDREDTHS:
            return TIMES_100 if table.shares else AS_IT_STANDS
        case QuestionKind.FACTOR:
            return AS_IT_STANDS
        case QuestionKind.KPI:
            return next(iter(table.units))
    return question.proposed


def stored(mapped: Mapped, table: Mutated) -> dict[tuple[str, object], float]:
    return {(row.kpi, period(row.date, table.cadence)): row.value for row in mapped.tables.readings}


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(mutated_tables())
def test_what_is_stored_is_what_a_person_sees(table: Mutated) -> None:
    mapping = propose(table.spreadsheet, KNOWN, today=TODAY)
    if not table.seen or not any(sheet.is_read for sheet in mapping.sheets):
        return
    first = map_tables(table.spreadsheet, mapping, KNOWN, today=TODAY)
    asked = {question.kind for question in first.questions}
    scales = {QuestionKind.HUNDREDTHS, QuestionKind.FACTOR}
    if not first.is_open and not first.problems and not asked & scales:
        assert stored(first, table) == table.seen
    answers: dict[str, str] = {}
    result = first
    for _ in range(4):
        answers |= {each.key: person_answers(each, table) for each in result.questions}
        result = map_tables(
            table.spreadsheet, replace(mapping, answers=answers), KNOWN, today=TODAY
        )
    assert not result.is_open
    wrong = {
        key: value for key, value in stored(result, table).items() if table.seen.get(key) != value
    }
    assert wrong == {} or (table.shares and QuestionKind.HUNDREDTHS in asked), wrong
    if not result.problems:
        assert stored(result, table).keys() == table.seen.keys()
        assert all(row.unit in ("", table.units[row.kpi]) for row in result.tables.kpis)
    assert all(remark.kind is not RemarkKind.AHEAD for remark in result.remarks)
