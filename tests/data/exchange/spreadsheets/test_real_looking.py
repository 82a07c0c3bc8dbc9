"""Real-looking spreadsheets come in as they are meant, with at most one answer."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.exchange.spreadsheets.mapped_tables import map_tables
from data.exchange.spreadsheets.mapping import Mapped
from data.exchange.spreadsheets.proposal import propose
from data.kpis.fields import better_of
from tests.data.exchange.spreadsheets.grids import read_back
from tests.data.exchange.spreadsheets.more_real_looking import all_twelve
from tests.data.exchange.spreadsheets.other_real_looking import others
from tests.data.exchange.spreadsheets.real_looking import TODAY, RealLooking


def mapped(file: RealLooking) -> Mapped:
    """Read a file by the proposed mapping, unchanged but for what nothing proposes."""
    spreadsheet = read_back(file.name, file.data)
    mapping = propose(spreadsheet, file.known, today=TODAY)
    first = map_tables(spreadsheet, mapping, file.known, today=TODAY)
    asked = [question for question in first.questions if not question.proposed]
    assert len(asked) == len(file.answers) <= 1, first.questions
    answers = {question.key: file.answers[question.kind] for question in asked}
    return map_tables(spreadsheet, replace(mapping, answers=answers), file.known, today=TODAY)


@pytest.mark.parametrize("build", [*all_twelve(), *others()], ids=lambda build: build.__name__)
def test_a_file_comes_in_as_it_is_meant(build: Callable[[], RealLooking]) -> None:
    file = build()
    result = mapped(file)
    assert (result.problems, result.is_open) == ((), False)
    tables = result.tables
    kpis = {f"{row.team}/{row.kpi}": row for row in tables.kpis}
    assert {
        name: (row.unit, str(better_of(row)), row.low, row.high) for name, row in kpis.items()
    } == file.kpis
    assert {row.cadence for row in tables.kpis} == {file.cadence}
    assert {row.kpi: row.owner for row in tables.kpis if row.owner} == file.owners
    assert sorted(row.person for row in tables.people) == sorted(set(file.owners.values()))
    read = {(f"{row.team}/{row.kpi}", str(row.date)): row.value for row in tables.readings}
    assert len(read) == len(tables.readings)
    assert read == {
        (name, day): value
        for name, values in file.values.items()
        for day, value in zip(file.first, values, strict=True)
        if value is not None
    }
