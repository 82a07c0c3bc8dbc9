"""The account of drifts: a backlog that drifted twice, and what people said of it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.queries import company as company_at
from data.core.database import data_version
from data.core.errors import Conflict
from data.history.undo import undo
from data.kpis.commands.verdicts import judge_drift
from data.kpis.fields import ReadingRow, VerdictRow
from data.screens.alarm_account import AlarmLook, alarm_account
from data.screens.views.alarms import AlarmAccount
from models import DriftVerdict
from tests.data.builders import MONDAY, TODAY, bring, content, exported, key, person, statements

CALM = [30.0, 31, 29.5, 30.5, 29, 31.5]
"""The backlog is good up to 50."""


def read(engine: Engine, values: Sequence[float]) -> None:
    """Read the backlog each week, up to this one."""
    bring(
        engine,
        readings=[
            ReadingRow(
                team="Support", kpi="Backlog", date=MONDAY - timedelta(weeks=back), value=value
            )
            for back, value in enumerate(reversed(values))
        ],
    )


@pytest.fixture
def drifted(company: Engine) -> Engine:
    """Give a company whose backlog drifted in its range, left it, and is steady again."""
    read(company, [*CALM * 5, *[40.0] * 6, *[60.0] * 3, *CALM * 5])
    return company


def told(engine: Engine, team: str = "Acme", day: date = TODAY) -> AlarmAccount:
    here = company_at(engine, version := data_version(engine))
    return alarm_account(engine, version, AlarmLook(here.team_named(team), day))


def judge(
    engine: Engine, verdict: DriftVerdict, *, who: str = "Ben", base_version: int | None = None
) -> int | None:
    return judge_drift(
        engine,
        person_id=person(engine, who),
        kpi_id=key(engine, "kpi", "Backlog"),
        period=told(engine).to_judge[0].on if told(engine).to_judge else FIRST,
        verdict=verdict,
        base_version=data_version(engine) if base_version is None else base_version,
    )


FIRST = MONDAY - timedelta(weeks=34)
"""Of 69 readings the 35th, the fifth of the raised ones, with which the drift is shown."""


def test_a_drift_that_is_over_waits_for_a_word(drifted: Engine) -> None:
    (asked,) = told(drifted).to_judge
    assert (asked.kpi, asked.team, asked.on) == ("Backlog", "Support", FIRST)
    (year,) = told(drifted).years
    assert (year.team, year.shown, year.real, year.not_real, year.missed) == ("Support", 1, 0, 0, 0)
    # Shown with the fifth of six raised readings, two weeks before it left its range.
    assert (year.warned, year.weeks_gained) == (1, 2)


def test_one_that_stands_is_not_asked_about(company: Engine) -> None:
    read(company, [*CALM * 5, *[40.0] * 6])
    found = told(company)
    assert found.to_judge == ()
    assert found.years[0].shown == 1


def test_one_tap_says_it_and_is_undone(drifted: Engine) -> None:
    before = content(exported(drifted))
    done = judge(drifted, DriftVerdict.REAL)
    assert told(drifted).to_judge == ()
    assert told(drifted).years[0].real == 1
    assert judge(drifted, DriftVerdict.REAL) is None
    later = judge(drifted, DriftVerdict.NOT_REAL)
    assert (told(drifted).years[0].real, told(drifted).years[0].not_real) == (0, 1)
    for command_id in (later, done):
        assert command_id is not None
        undo(drifted, person_id=person(drifted, "Ben"), command_id=command_id)
    assert content(exported(drifted)) == before


def test_who_said_otherwise_first_is_told(drifted: Engine) -> None:
    judge(drifted, DriftVerdict.REAL)
    seen = data_version(drifted)
    judge(drifted, DriftVerdict.NOT_REAL, who="Ana")
    with pytest.raises(Conflict):
        judge_drift(
            drifted,
            person_id=person(drifted, "Ben"),
            kpi_id=key(drifted, "kpi", "Backlog"),
            period=FIRST,
            verdict=DriftVerdict.REAL,
            note="I looked.",
            base_version=seen,
        )


def test_a_file_says_it_too(drifted: Engine) -> None:
    row = VerdictRow(team="Support", kpi="Backlog", date=FIRST, verdict=DriftVerdict.NOT_REAL)
    bring(drifted, verdicts=[row])
    assert told(drifted).years[0].not_real == 1
    assert exported(drifted).verdicts == [row]


def test_a_range_left_at_once_was_missed(company: Engine) -> None:
    read(company, [*CALM * 5, *[60.0] * 2, *CALM])
    (year,) = told(company).years
    assert (year.shown, year.missed) == (0, 1)


def test_it_costs_the_same_statements_whatever_there_is(drifted: Engine) -> None:
    here = company_at(drifted, version := data_version(drifted))
    with statements(drifted) as noted:
        alarm_account(drifted, version, AlarmLook(here.team_named("Acme"), TODAY))
    assert len(noted) <= 8
