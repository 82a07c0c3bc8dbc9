"""What was said half way through cycles, and what became of it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as company_at
from data.core.database import data_version
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from data.okrs.queries.calibration import CalibrationLook, calibration
from data.okrs.views.calibration import Calibration
from models import Confidence, ObjectiveState
from tests.data.builders import TODAY, bring

OLD = {"cycle": "Q1 2026", "team": "North", "objective": "Grow"}
BEGIN = date(2026, 1, 1)


def grow(engine: Engine, ends: Sequence[float], half: Sequence[float], sure: Confidence) -> None:
    """Bring in a quarter that is over: where each key result was half way, and in the end."""
    names = [f"Result {at}" for at in range(len(ends))]
    bring(
        engine,
        cycles=[CycleRow(cycle="Q1 2026", starts_on=BEGIN, ends_on=date(2026, 3, 31))],
        objectives=[ObjectiveRow(**OLD, state=ObjectiveState.CLOSED)],
        key_results=[KeyResultRow(**OLD, key_result=name, start=0, target=10) for name in names],
        check_ins=[
            CheckInRow(**OLD, key_result=name, date=BEGIN + timedelta(weeks=week), **said)
            for name, last, middle in zip(names, ends, half, strict=True)
            for week, said in (
                (2, {"value": middle / 2, "confidence": Confidence.UNSURE}),
                (5, {"value": middle, "confidence": sure}),
                # Half of the quarter is over on 14 February: this comes later.
                (8, {"value": last, "confidence": Confidence.DOUBTFUL}),
            )
        ],
    )


def told(engine: Engine, team: str = "Sales", day: date = TODAY) -> Calibration:
    here = company_at(engine, version := data_version(engine))
    return calibration(engine, version, CalibrationLook(here.team_named(team), day))


def test_what_was_said_half_way_is_held_against_the_end(company: Engine) -> None:
    grow(company, [10.0] * 15 + [6.0] * 5, [5.0] * 20, Confidence.SURE)
    found = told(company)
    assert (found.cycles, found.key_results, found.reached) == (("Q1 2026",), 20, 15)
    # 15 of 20 that were called sure came true: (15 * 0.1**2 + 5 * 0.9**2) / 20.
    assert found.people.brier == pytest.approx(0.21)
    (point,) = found.people.points
    assert (point.said, point.came_true, point.cases) == (pytest.approx(0.9), 0.75, 20)
    assert found.milepost.count == 20
    (chance,) = found.milepost.points
    assert 0.2 < chance.said < 0.9
    expected = 0.75 * (1 - chance.said) ** 2 + 0.25 * chance.said**2
    assert found.milepost.brier == pytest.approx(expected)


def test_of_fewer_than_twenty_nothing_is_told(company: Engine) -> None:
    grow(company, [10.0] * 19, [5.0] * 19, Confidence.SURE)
    found = told(company)
    assert (found.people.count, found.people.brier, found.people.points) == (19, None, ())
    assert (found.milepost.count, found.milepost.brier) == (19, None)


def test_what_was_there_already_half_way_is_no_case(company: Engine) -> None:
    grow(company, [10.0] * 4, [10.0, 10.0, 5.0, 5.0], Confidence.LIKELY)
    assert told(company).key_results == 2


def test_a_cycle_that_goes_on_is_none(company: Engine) -> None:
    grow(company, [10.0], [5.0], Confidence.LIKELY)
    assert told(company, day=date(2026, 3, 31)).key_results == 0
    assert told(company, day=date(2026, 4, 1)).key_results == 1


def test_it_is_of_a_team_and_those_below(company: Engine) -> None:
    grow(company, [10.0], [5.0], Confidence.LIKELY)
    found = [told(company, team).key_results for team in ("Acme", "North", "Support")]
    assert found == [1, 1, 0]
