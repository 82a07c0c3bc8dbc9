"""The sample company: what a newcomer finds, on whatever day they come."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.drivers import evaluate, parse
from analytics.periods import due_period, last_day, ordinal, period, recent_periods
from data.actions.fields import ActionRow
from data.content.sample import sample_company
from data.exchange.tables import Tables
from data.kpis.fields import ReadingRow
from data.meetings.fields import MeetingItemRow
from data.okrs.fields import TargetRow
from models import Confidence, Health
from tests.data.content.sample_lookups import COMPANY, TODAY, current, health_of, place_of

SEASONAL = {"Absence rate", "Tickets per month", "Tickets per customer"}

days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
any_day = settings(max_examples=8, deadline=None)


@any_day
@given(days)
def test_every_name_is_known(today: date) -> None:
    tables = sample_company(today)
    teams = {row.team for row in tables.teams}
    people = {row.person for row in tables.people}
    cycles = {row.cycle for row in tables.cycles}
    kpis = {(row.team, row.kpi) for row in tables.kpis}
    results = {(r.cycle, r.team, r.objective, r.key_result) for r in tables.key_results}
    keys = {(row.cycle, row.team, row.objective) for row in tables.objectives}

    for _, rows in tables.items():
        for row in rows:
            assert getattr(row, "team", COMPANY) in teams
            if isinstance(row, ActionRow | MeetingItemRow) and not row.objective:
                assert row.cycle == ""
            else:
                assert getattr(row, "cycle", tables.cycles[0].cycle) in cycles
            # A target is to be reached by a day, all else is said by somebody.
            names = ("owner", "recorded_by", *(() if isinstance(row, TargetRow) else ("by",)))
            for who in names:
                assert getattr(row, who, "") in people | {""}
    acts = [row for row in tables.actions if row.kpi]
    for fact in (*tables.readings, *acts, *tables.decisions, *tables.annotations):
        assert (fact.team, fact.kpi) in kpis
    for kpi in tables.kpis:
        assert set(kpi.pinned) <= teams
        for name in re.findall(r"\[(.+?)\]", kpi.driven_by):
            assert place_of(tables, kpi.team, name, kpis)
    for objective in tables.objectives:
        for name in (*objective.guardrails, *filter(None, [objective.origin_kpi])):
            assert place_of(tables, objective.team, name, kpis)
        for name in objective.supports:
            wider = {objective.cycle, objective.cycle[-4:]}
            goals = {(r.team, r.objective) for r in tables.objectives if r.cycle in wider}
            assert place_of(tables, objective.team, name, goals)
    for result in tables.key_results:
        assert (result.cycle, result.team, result.objective) in keys
        assert not result.kpi or place_of(tables, result.team, result.kpi, kpis)
    for step in (*tables.milestones, *tables.check_ins):
        assert (step.cycle, step.team, step.objective, step.key_result) in results


@any_day
@given(days)
def test_nothing_is_said_twice_and_a_correction_comes_later(today: date) -> None:
    tables = sample_company(today)
    cadences = {(row.team, row.kpi): row.cadence for row in tables.kpis}
    by_period: dict[tuple[str, str, date], list[ReadingRow]] = {}
    for row in tables.readings:
        key = period(row.date, cadences[row.team, row.kpi])
        by_period.setdefault((row.team, row.kpi, key), []).append(row)
    twice = [rows for rows in by_period.values() if len(rows) > 1]
    assert len(twice) == 2
    for first, correction in twice:
        ended = last_day(ordinal(first.date, cadences[first.team, first.kpi]), "daily")
        known = first.recorded_at or datetime.combine(ended, clock(), UTC)
        assert correction.recorded_at is not None
        assert correction.recorded_at > known
        assert correction.recorded_by
        assert correction.value != first.value
    for keys in (
        [row.team for row in tables.teams],
        [(row.person, row.team) for row in tables.people],
        [(row.team, row.kpi) for row in tables.kpis],
        [row.objective for row in tables.objectives],
        [(row.objective, row.key_result) for row in tables.key_results],
        [(row.objective, row.key_result, row.step) for row in tables.milestones],
        [(row.cycle, row.objective, row.key_result, row.date) for row in tables.check_ins],
    ):
        assert max(Counter(keys).values()) == 1


def spoken(tables: Tables) -> Iterator[date]:
    for rows in (tables.readings, tables.check_ins, tables.decisions, tables.annotations):
        yield from (row.date for row in rows)
    yield from (row.done_on for row in tables.milestones if row.done_on)


@any_day
@given(days)
def test_nothing_is_known_before_it_happens(today: date) -> None:
    tables = sample_company(today)
    cadences = {(row.team, row.kpi): row.cadence for row in tables.kpis}
    assert max(spoken(tables)) < today
    limit = datetime.combine(today, clock(6), UTC)
    for row in (*tables.readings, *tables.check_ins):
        assert bool(row.recorded_at) == bool(row.recorded_by)
        assert row.recorded_at is None or row.recorded_at <= limit
    for row in tables.readings:
        cadence = cadences[row.team, row.kpi]
        ended = last_day(ordinal(row.date, cadence), cadence)
        assert ended < today
        assert row.recorded_at is None or row.recorded_at.date() > ended
    assert all(row.look_again > today for row in tables.decisions if row.look_again)
    assert any(row.recorded_at for row in tables.readings)
    assert any(row.recorded_at for row in tables.check_ins)


@any_day
@given(days)
def test_values_are_finite_and_rows_are_in_the_order_of_their_dates(today: date) -> None:
    tables = sample_company(today)
    assert all(math.isfinite(row.value) for row in tables.readings)
    assert all(row.value is None or math.isfinite(row.value) for row in tables.check_ins)
    for rows in (tables.readings, tables.check_ins, tables.decisions, tables.annotations):
        dates = [row.date for row in rows]
        assert dates == sorted(dates)


@any_day
@given(days)
def test_readings_span_two_years_up_to_the_period_that_is_due(today: date) -> None:
    tables = sample_company(today)
    readings = current(tables)
    silent = {"Engagement": 1, "Supplier quality": 1, "Marketing spend": 3, "Cost per lead": 3}
    for row in tables.kpis:
        own = readings[row.team, row.kpi]
        behind = recent_periods(today, row.cadence, silent.get(row.kpi, 0) + 1)[-1]
        assert max(own) == behind
        if row.kpi != "Training hours":
            assert due_period(today, row.cadence) - min(own) >= timedelta(days=725)


@any_day
@given(days)
def test_a_driven_number_agrees_with_its_drivers(today: date) -> None:
    tables = sample_company(today)
    readings = current(tables)
    driven = [row for row in tables.kpis if row.driven_by]
    tenths = {"Monthly churn", "Conversion rate", "First response time"}
    assert len(driven) == 6
    for row in driven:
        expression = parse(row.driven_by)
        drivers = {
            name: readings[place_of(tables, row.team, name, set(readings))]
            for name in expression.names
        }
        own = readings[row.team, row.kpi]
        assert set(own) == set.intersection(*map(set, drivers.values()))
        for day, value in own.items():
            told = evaluate(expression, {name: each[day] for name, each in drivers.items()})
            assert abs(value - told) <= (0.05 if row.kpi in tenths else 0.005) + 1e-9


@any_day
@given(days)
def test_check_ins_are_on_the_teams_day_within_their_cycle(today: date) -> None:
    tables = sample_company(today)
    check_in_days = {row.team: row.check_in_day for row in tables.teams}
    spans = {row.cycle: (row.starts_on, row.ends_on) for row in tables.cycles}
    for row in tables.check_ins:
        starts_on, ends_on = spans[row.cycle]
        assert starts_on <= row.date <= ends_on
        assert f"{row.date:%A}" == check_in_days[row.team]
    assert {row.confidence for row in tables.check_ins} == {*Confidence, None}


@any_day
@given(days)
def test_the_story_is_the_same_on_every_day(today: date) -> None:
    told, reference = current(sample_company(today)), current(sample_company(TODAY))
    for (team, kpi), values in told.items():
        if kpi not in SEASONAL:
            assert list(values.values()) == list(reference[team, kpi].values())


@any_day
@given(days)
def test_the_first_screen_shows_every_state(today: date) -> None:
    tables = sample_company(today)
    shown = [health_of(tables, row.kpi, today) for row in tables.kpis if COMPANY in row.pinned]
    assert Counter(shown) == {
        Health.IN_RANGE: 4,
        Health.NEAR_EDGE: 1,
        Health.OUT_OF_RANGE: 2,
        Health.NO_DATA: 1,
    }
    assert health_of(tables, "First response time", today) == Health.IN_RANGE
    assert health_of(tables, "Customers", today) == Health.INDICATOR
