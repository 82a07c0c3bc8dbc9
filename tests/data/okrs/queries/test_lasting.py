"""Whether a target lasts that a KPI reached: at the key result, and in hindsight of its cycle."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as company_at
from data.core.database import data_version
from data.kpis.fields import ReadingRow
from data.okrs.commands.objective_life import change_state
from data.okrs.fields import KeyResultRow, ObjectiveRow
from data.okrs.queries.drafts import OkrLook, okrs
from tests.data.builders import MONDAY, TODAY, Clock, bring, key, key_result, person, seen

LIFT = "Lift conversion"
"""From 6 to 10 in the second quarter of 2026, fed by the weekly KPI Conversion."""

FLAT = [7.5, 7.7, 7.4, 7.6]


def read(engine: Engine, *values: float, first: date = date(2026, 4, 6)) -> None:
    """Read the KPI each week, from the first whole week of the quarter on."""
    bring(
        engine,
        readings=[
            ReadingRow(
                team="Sales", kpi="Conversion", date=first + timedelta(weeks=at), value=value
            )
            for at, value in enumerate(values)
        ],
    )


def told(engine: Engine, day: date = TODAY) -> str | None:
    """Give what cockpit and table say alike."""
    shown = key_result(seen(engine, day=day, cycle="Q2 2026"), LIFT).lasting
    here = company_at(engine, version := data_version(engine))
    cycle = here.cycle_named("Q2 2026", day)
    (row,) = okrs(
        engine, version, OkrLook(here.team_named("Sales"), cycle, day, over=True)
    ).objectives
    (found,) = [each.lasting for each in row.key_results if each.name == LIFT]
    assert found == shown
    return found


def test_what_is_not_reached_says_nothing(company: Engine) -> None:
    assert told(company) is None
    read(company, *FLAT)
    assert told(company) is None


def test_a_target_that_is_reached_is_not_proven_yet(company: Engine) -> None:
    read(company, *FLAT, 10.2, 10.1)
    assert told(company) == "reached"


def test_a_spike_is_one_as_soon_as_it_fell_back(company: Engine) -> None:
    read(company, 7.5, 10.4, 7.6, 7.4, 7.5, 7.6)
    assert told(company) == "spike"


@pytest.mark.parametrize(("later", "lasting"), [(10.2, "sustained"), (7.5, "spike")])
def test_hindsight_shows_whether_it_lasted_after_the_cycle_was_closed(
    company: Engine, clock: Clock, later: float, lasting: str
) -> None:
    read(company, *FLAT, 10.2, 10.1)
    change_state(
        company,
        person_id=person(company, "Ben"),
        objective_id=key(company, "objective", "Win the north"),
        step="close",
        base_version=data_version(company),
    )
    clock.tick(weeks=14)
    read(company, *([later, later + 0.1] * 7), first=MONDAY + timedelta(weeks=1))
    day = TODAY + timedelta(weeks=14)
    assert told(company, day) == lasting
    # What it was closed with stays.
    assert key_result(seen(company, day=day, cycle="Q2 2026"), LIFT).value == 10.1


def test_hindsight_ends_after_four_quarters(company: Engine, clock: Clock) -> None:
    bring(
        company,
        cycles=[CycleRow(cycle="2024", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))],
        objectives=[ObjectiveRow(cycle="2024", team="Sales", objective="Then")],
        key_results=[
            KeyResultRow(
                cycle="2024",
                team="Sales",
                objective="Then",
                key_result="Up",
                start=6,
                target=10,
                kpi="Conversion",
            )
        ],
    )
    read(company, *([10.1, 10.2] * 4), first=date(2024, 11, 4))
    read(company, *([10.1, 10.2] * 2), first=date(2025, 12, 1))
    read(company, *([7.1, 7.2] * 6), first=date(2026, 1, 5))
    found = key_result(seen(company, cycle="2024", all_objectives=True), "Up")
    assert found.lasting == "sustained"
