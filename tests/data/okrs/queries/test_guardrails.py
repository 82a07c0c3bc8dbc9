"""A guardrail that broke marks its objective everywhere, and says since when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.queries import company as company_at
from data.core.database import data_version
from data.kpis.fields import ReadingRow
from data.okrs.commands.objective_life import change_state
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.guardrails import broken_where
from data.okrs.views.key_results import GuardBreach
from models import Cadence
from tests.data.builders import MONDAY, TODAY, Clock, acme, bring, key, person, seen

CALM, OUT = 40.0, 60.0
"""The backlog is good up to 50. The quarter began on 1 April, a Wednesday, seven weeks ago."""


@pytest.fixture
def guarded(company: Engine) -> Engine:
    road = replace(acme().objectives[0], guardrails=("Support / Backlog",))
    bring(company, objectives=[road])
    return company


def read(engine: Engine, *values: float, last: date = MONDAY) -> None:
    """Read the backlog each week, up to this one."""
    bring(
        engine,
        readings=[
            ReadingRow(
                team="Support", kpi="Backlog", date=last - timedelta(weeks=back), value=value
            )
            for back, value in enumerate(reversed(values))
        ],
    )


def look(engine: Engine, day: date = TODAY, *, over: bool = False) -> tuple[int, OkrLook]:
    here = company_at(engine, version := data_version(engine))
    return version, OkrLook(here.team_named("Sales"), here.cycle_named(None, day), day, over=over)


def everywhere(engine: Engine, day: date = TODAY) -> list[GuardBreach | None]:
    """Tell what the cockpit, the table, the tree and the page of the KPI say of the backlog."""
    (shown,) = seen(engine, day=day).objectives
    (row,) = okrs(engine, *look(engine, day, over=True)).objectives
    nodes = alignment(engine, *look(engine, day, over=True)).objectives
    (node,) = [each for each in nodes if each.id == row.id]
    page = broken_where(engine, data_version(engine), key(engine, "kpi", "Backlog"), day)
    (rail,) = shown.guardrails
    others = [next(iter(each), None) for each in (row.breaches, node.breaches)]
    return [rail.breach, *others, page.get(row.id)]


def left(weeks: int, mended: date | None = None) -> GuardBreach:
    on = MONDAY - timedelta(weeks=weeks)
    return GuardBreach(0, "Backlog", Cadence.WEEKLY, on, drifted=False, mended_on=mended)


def said(engine: Engine, day: date = TODAY) -> GuardBreach | None:
    """Give what all places say alike."""
    told = everywhere(engine, day)
    assert set(told) == {told[0]}
    return replace(told[0], kpi_id=0) if told[0] else None


def test_it_says_since_when_it_left_its_range_wherever_the_objective_stands(
    guarded: Engine,
) -> None:
    read(guarded, *[CALM] * 10, OUT, OUT)
    assert said(guarded) == left(1)


def test_one_that_holds_says_nothing(guarded: Engine) -> None:
    assert said(guarded) is None
    read(guarded, *[CALM] * 12)
    assert said(guarded) is None


def test_one_that_was_outside_before_the_cycle_did_not_break_in_it(guarded: Engine) -> None:
    read(guarded, *[OUT] * 12)
    assert said(guarded) is None


def test_back_in_its_range_it_is_broken_until_it_is_steady(guarded: Engine, clock: Clock) -> None:
    read(guarded, *[CALM] * 6, OUT, *[CALM] * 5)
    assert said(guarded) == left(5)
    # Twelve weeks in a row make it steady: there are ten of them before the quarter ends.
    clock.tick(weeks=5)
    read(guarded, *[CALM] * 5, last=MONDAY + timedelta(weeks=5))
    assert said(guarded, TODAY + timedelta(weeks=5)) == left(5)


def test_one_that_is_steady_again_says_since_when(guarded: Engine) -> None:
    year = replace(acme().objectives[0], cycle="2026", objective="The year")
    bring(guarded, objectives=[replace(year, guardrails=("Support / Backlog",))])
    read(guarded, *[CALM] * 3, OUT, *[CALM] * 13)
    page = broken_where(guarded, data_version(guarded), key(guarded, "kpi", "Backlog"), TODAY)
    (found,) = page.values()
    assert replace(found, kpi_id=0) == left(13, mended=MONDAY - timedelta(weeks=1))


def test_a_drift_breaks_it_within_its_range(guarded: Engine) -> None:
    calm = [20.0 + at * 7 % 5 for at in range(30)]
    read(guarded, *calm, *[45.0] * 6)
    told = said(guarded)
    assert told is not None
    assert (told.drifted, told.mended_on) == (True, None)
    assert told.on > MONDAY - timedelta(weeks=6)


def test_as_of_a_day_before_it_had_not_broken(guarded: Engine) -> None:
    read(guarded, *[CALM] * 10, OUT, OUT)
    assert said(guarded, MONDAY - timedelta(days=8)) is None


def test_what_came_after_the_closing_is_not_its_own(guarded: Engine, clock: Clock) -> None:
    read(guarded, *[CALM] * 10)
    change_state(
        guarded,
        person_id=person(guarded, "Ben"),
        objective_id=key(guarded, "objective", "Win the north"),
        step="close",
        base_version=data_version(guarded),
    )
    clock.tick(weeks=2)
    read(guarded, OUT, OUT, OUT)
    later = TODAY + timedelta(weeks=2)
    assert said(guarded, later) is None


def test_a_draft_has_broken_nothing(guarded: Engine) -> None:
    read(guarded, *[CALM] * 10, OUT)
    change_state(
        guarded,
        person_id=person(guarded, "Ben"),
        objective_id=key(guarded, "objective", "Win the north"),
        step="back to draft",
        base_version=data_version(guarded),
    )
    (row,) = okrs(guarded, *look(guarded)).objectives
    assert (row.state, row.breaches) == ("draft", ())
