"""Nothing wrong is written silently: what is stored is what a person sees, or it was asked.

`MILEPOST_MUTATED_TABLES=10000` tries so many tables, `--hypothesis-seed=1` others.
"""

import os
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from analytics.periods import period
from data.exchange.spreadsheets.grid import Spreadsheet
from data.exchange.spreadsheets.interview import AS_IT_STANDS, TIMES_100
from data.exchange.spreadsheets.mapped_tables import map_tables
from data.exchange.spreadsheets.mapping import (
    EACH_KPI,
    Known,
    Mapped,
    Question,
    QuestionKind,
    RemarkKind,
)
from data.exchange.spreadsheets.proposal import propose
from data.exchange.spreadsheets.reading import read_spreadsheet, read_text
from models import Better
from tests.data.exchange.spreadsheets.mutated_tables import Mutated, mutated_tables
from tests.data.exchange.spreadsheets.real_looking import TODAY

ASKED_FOR = os.environ.get("MILEPOST_MUTATED_TABLES")
EXAMPLES = int(ASKED_FOR or "100")
ROUNDS = 5
SCALES = (QuestionKind.HUNDREDTHS, QuestionKind.FACTOR)


def person_answers(question: Question, table: Mutated) -> str:
    """Answer as somebody who sees the file."""
    match question.kind:
        case QuestionKind.DECIMAL:
            return table.decimal
        case QuestionKind.DAY_ORDER:
            return table.order
        case QuestionKind.YEAR:
            days = set(map(str, table.days))
            shown = [code for code, text in question.readings if text.split(" ")[0] in days]
            return min(shown, default=str(table.year))
        case QuestionKind.HUNDREDTHS:
            shown = [name for name in table.units if name in question.of]
            shares = {name in table.shares for name in shown}
            if len(shares) > 1:
                return EACH_KPI
            return TIMES_100 if shares.pop() else AS_IT_STANDS
        case QuestionKind.FACTOR:
            return AS_IT_STANDS
        case QuestionKind.BETTER:
            return question.proposed or Better.HIGHER
        case QuestionKind.TARGET if AS_IT_STANDS in dict(question.readings):
            return AS_IT_STANDS
        case QuestionKind.CADENCE:
            return table.cadence
        case QuestionKind.KPI:
            return next(iter(table.units))
        case QuestionKind.TEAM:
            return question.sheet if table.layout == "sheets" and question.sheet else "Werk"
    return question.proposed


def stored(mapped: Mapped, table: Mutated) -> dict[tuple[str, str, object], float]:
    """Give what would be written, by team, KPI and first day."""
    return {
        (row.team, row.kpi, period(row.date, table.cadence)): row.value
        for row in mapped.tables.readings
    }


def read(table: Mutated) -> Spreadsheet:
    if not table.name:
        return read_text(table.data.decode())
    return read_spreadsheet(table.name, table.data)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # The few of a whole run are the same each time: what they find is of the change at hand.
    derandomize=ASKED_FOR is None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(mutated_tables())
def test_what_is_stored_is_what_a_person_sees(table: Mutated) -> None:
    check(table)


def check(table: Mutated) -> None:
    """Raise AssertionError where something that nobody sees in the file would be written."""
    known = Known(teams=("Werk",), fiscal_year_starts=table.fiscal_year_starts)
    spreadsheet = read(table)
    mapping = propose(spreadsheet, known, today=TODAY)
    first = map_tables(spreadsheet, mapping, known, today=TODAY)
    if not any(sheet.is_read for sheet in mapping.sheets):
        assert all(sheet.title in str(first.problems[0]) for sheet in mapping.sheets)
        assert len(table.seen) < 3
        return
    asked = [question for question in first.questions if question.kind in SCALES]
    others = [question for question in first.questions if question.kind not in SCALES]
    if all(each.proposed == person_answers(each, table) for each in others):
        about = {name for question in asked for name in question.of}
        silent = {key: value for key, value in stored(first, table).items() if key[1] not in about}
        assert silent.items() <= table.seen.items()
    answers: dict[str, str] = {}
    result = first
    for _ in range(ROUNDS):
        said = {each.key: person_answers(each, table) for each in result.questions}
        if said == answers:
            break
        answers |= said
        answered = replace(mapping, answers=answers)
        result = map_tables(spreadsheet, answered, known, today=TODAY)
    assert not result.is_open
    found = stored(result, table)
    assert found.items() <= table.seen.items()
    for problem in result.problems:
        assert problem.remedy
        assert problem.file.startswith(table.name or "pasted table")
    if not result.problems:
        assert found.keys() == table.seen.keys()
        for row in result.tables.kpis:
            assert row.unit in ("", table.units[row.kpi])
            assert (row.low, row.high) == table.bounds.get(row.kpi, (row.low, row.high))
    assert all(remark.kind is not RemarkKind.AHEAD for remark in result.remarks)
