"""The sample company: what a newcomer finds, on whatever day they come."""

import math
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.drivers import evaluate, parse, split
from analytics.health import health
from analytics.periods import due_period, freshness, last_day, ordinal, period, recent_periods
from analytics.variation import natural_limits, seasonal
from data.content.sample import sample_company
from data.exchange.rows import KpiRow, ReadingRow, Tables
from models import (
    Ambition,
    Better,
    Cadence,
    Confidence,
    DecisionKind,
    Health,
    KeyResultKind,
    KpiKind,
    ObjectiveState,
    Role,
    Scope,
)

COMPANY = "Alderquay"
TODAY = date(2026, 11, 22)
SEASONAL = {"Absence rate", "Tickets per month", "Tickets per customer"}

days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
any_day = settings(max_examples=8, deadline=None)


@pytest.fixture(scope="module")
def sample() -> Tables:
    return sample_company(TODAY)


def place_of(tables: Tables, team: str, name: str, among: set[tuple[str, str]]) -> tuple[str, str]:
    """Resolve a name as the design says: own team, then its ancestors, else `Team / name`."""
    parents = {row.team: row.parent for row in tables.teams}
    elsewhere, _, bare = name.rpartition(" / ")
    places = [elsewhere] if elsewhere else [team, parents[team]]
    return next((place, bare) for place in places if (place, bare) in among)


def kpi_named(tables: Tables, name: str) -> KpiRow:
    return next(row for row in tables.kpis if row.kpi == name)


def current(tables: Tables) -> dict[tuple[str, str], dict[date, float]]:
    """Give each KPI's readings by period, corrections in force."""
    readings: dict[tuple[str, str], dict[date, float]] = {}
    beginning = datetime.min.replace(tzinfo=UTC)
    for row in sorted(tables.readings, key=lambda row: row.recorded_at or beginning):
        readings.setdefault((row.team, row.kpi), {})[row.date] = row.value
    return {kpi: dict(sorted(values.items())) for kpi, values in readings.items()}


def series(tables: Tables, name: str, today: date = TODAY) -> np.ndarray:
    """Give a KPI's values from its first reading to its last, NaN where one is missing."""
    row = kpi_named(tables, name)
    known = current(tables)[row.team, row.kpi]
    periods = recent_periods(today, row.cadence, 800)[::-1]
    return np.array([known.get(p, np.nan) for p in periods if min(known) <= p <= max(known)])


def health_of(tables: Tables, name: str, today: date = TODAY) -> str:
    row = kpi_named(tables, name)
    values = series(tables, name, today)
    stale = freshness(max(current(tables)[row.team, row.kpi]), today, row.cadence) == "no data"
    low, high = (np.array([np.nan if b is None else b]) for b in (row.low, row.high))
    sigma = np.array([natural_limits(values[-52:]).sigma])
    return str(health(values[-1:], low, high, sigma, np.array([stale]))[0])


# What is in it


def test_it_is_the_same_whenever_it_is_made_on_a_day(sample: Tables) -> None:
    assert sample_company(TODAY) == sample


def test_it_is_made_in_under_a_second() -> None:
    began = time.perf_counter()
    sample_company(TODAY)
    assert time.perf_counter() - began < 1


def test_five_teams_stand_under_one_company(sample: Tables) -> None:
    assert [row.team for row in sample.teams if not row.parent] == [COMPANY]
    assert [row.team for row in sample.teams if row.parent == COMPANY] == [
        "Sales",
        "Marketing",
        "Human Resources",
        "Technical Support",
        "Procurement",
    ]
    assert len({row.check_in_day for row in sample.teams}) >= 3


def test_fourteen_people_have_all_the_roles(sample: Tables) -> None:
    assert len({row.person for row in sample.people}) == 14
    assert {row.role for row in sample.people} == set(Role)
    assert all(row.email.endswith("@example.com") for row in sample.people)


def test_every_team_has_its_lead_and_somebody_else(sample: Tables) -> None:
    for team in [row.team for row in sample.teams if row.parent]:
        roles = [row.role for row in sample.people if row.team == team]
        assert Role.LEAD in roles
        assert len(roles) >= 2


def test_thirty_three_kpis_use_every_word_there_is(sample: Tables) -> None:
    assert len(sample.kpis) == 33
    assert {row.cadence for row in sample.kpis} == set(Cadence)
    assert {row.better for row in sample.kpis} == set(Better)
    assert {row.kind for row in sample.kpis} == set(KpiKind)
    assert all(row.unit and row.owner and row.description for row in sample.kpis)
    assert sum(row.low is None and row.high is None for row in sample.kpis) == 6


def test_the_objectives_use_every_word_there_is(sample: Tables) -> None:
    assert {row.state for row in sample.objectives} == set(ObjectiveState)
    assert {row.ambition for row in sample.objectives} == set(Ambition)
    assert {row.kind for row in sample.key_results} == set(KeyResultKind)
    assert {row.decision for row in sample.decisions} == set(DecisionKind)
    assert sum(row.scope == Scope.INDIVIDUAL for row in sample.objectives) >= 3
    assert len(sample.annotations) >= 5


def test_the_company_pins_eight_and_each_team_three_to_five_of_its_own(sample: Tables) -> None:
    assert sum(COMPANY in row.pinned for row in sample.kpis) == 8
    for team in [row.team for row in sample.teams if row.parent]:
        assert 3 <= sum(row.team == team and team in row.pinned for row in sample.kpis) <= 5


def test_the_three_cycles_are_named_as_people_name_them(sample: Tables) -> None:
    assert [row.cycle for row in sample.cycles] == ["2026", "Q3 2026", "Q4 2026"]


def test_the_company_has_three_objectives_with_nine_key_results_in_the_quarter(
    sample: Tables,
) -> None:
    mine = [r for r in sample.objectives if (r.cycle, r.team) == ("Q4 2026", COMPANY)]
    results = [r for r in sample.key_results if (r.cycle, r.team) == ("Q4 2026", COMPANY)]
    assert len(mine) == 3
    assert len(results) == 9
    assert {row.ambition for row in mine} == set(Ambition)


def test_every_objective_is_words_and_has_three_to_five_key_results(sample: Tables) -> None:
    counts = Counter((row.cycle, row.team, row.objective) for row in sample.key_results)
    for row in sample.objectives:
        assert not re.search(r"\d", row.objective)
        assert 3 <= counts[row.cycle, row.team, row.objective] <= 5


def test_every_key_result_says_how_it_is_measured(sample: Tables) -> None:
    stepped = {(row.objective, row.key_result) for row in sample.milestones}
    for row in sample.key_results:
        assert row.owner
        if row.kind == KeyResultKind.METRIC:
            assert row.unit
            assert None not in (row.start, row.target)
        elif row.kind == KeyResultKind.HOLD:
            assert row.kpi
            assert row.hold_periods
        assert ((row.objective, row.key_result) in stepped) == (row.kind == KeyResultKind.MILESTONE)


def test_the_shares_of_a_milestone_key_result_add_up(sample: Tables) -> None:
    shares: dict[tuple[str, str], float] = {}
    for row in sample.milestones:
        key = (row.objective, row.key_result)
        shares[key] = shares.get(key, 0) + row.share
    assert all(math.isclose(total, 1) for total in shares.values())
    assert {row.done_on is None for row in sample.milestones} == {True, False}


def test_a_recovery_objective_has_one_key_result_that_holds_its_kpi(sample: Tables) -> None:
    recoveries = [row for row in sample.objectives if row.origin_kpi]
    assert len(recoveries) == 3
    for row in recoveries:
        (held,) = [
            result.kpi
            for result in sample.key_results
            if result.objective == row.objective and result.kind == KeyResultKind.HOLD
        ]
        assert held == row.origin_kpi


def test_some_key_results_stand_still_and_one_is_silent(sample: Tables) -> None:
    last: dict[str, list[float | None]] = {}
    for row in sample.check_ins:
        if row.cycle == "Q4 2026":
            last.setdefault(row.key_result, []).append(row.value)
    assert len(set(last["Pilot farms set up without our help"][-4:])) == 1
    assert "Visitors who ask for the new sensor" not in last


def test_a_fed_key_result_has_no_value_typed_for_it(sample: Tables) -> None:
    fed = {(row.cycle, row.objective, row.key_result) for row in sample.key_results if row.kpi}
    said = [r for r in sample.check_ins if (r.cycle, r.objective, r.key_result) in fed]
    assert said
    assert all(row.value is None for row in said)


# On whatever day


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
            assert getattr(row, "cycle", tables.cycles[0].cycle) in cycles
            for who in ("owner", "by", "recorded_by"):
                assert getattr(row, who, "") in people | {""}
    for fact in (*tables.readings, *tables.decisions, *tables.annotations):
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


def test_one_driver_did_it(sample: Tables) -> None:
    expression = parse(kpi_named(sample, "First response time").driven_by)
    drivers = {name: series(sample, name) for name in expression.names}
    before, after = (
        {name: float(values[span].mean()) for name, values in drivers.items()}
        for span in (slice(-22, -9), slice(-9, None))
    )
    parts = split(expression, before, after)
    assert parts["Hours trial farms waited"] > 0.5
    assert abs(parts["Hours growers waited"]) + abs(parts["Tickets answered"]) < 0.15


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


def test_two_are_late_once_their_grace_is_over(sample: Tables) -> None:
    for name in ("Engagement", "Supplier quality"):
        row = kpi_named(sample, name)
        latest = max(current(sample)[row.team, row.kpi])
        assert freshness(latest, TODAY, row.cadence) == "late"


# How it behaves: the window test against a fixed baseline of twenty readings


def shift(tables: Tables, name: str, *, before: int, last: slice, window: int = 8) -> float:
    """Give z of a window, + is good, against the readings up to so many before the end."""
    better = kpi_named(tables, name).better
    values = series(tables, name)
    baseline = values[-before - 20 : -before]
    sigma = np.nanmean(np.abs(np.diff(baseline))) / 1.128
    known = np.count_nonzero(~np.isnan(baseline))
    change = np.nanmean(values[last]) - np.nanmean(baseline)
    z = float(change / (sigma * math.sqrt(1 / window + 1 / known)))
    return {Better.HIGHER: z, Better.LOWER: -z, Better.WITHIN: -abs(z)}[better]


@pytest.mark.parametrize(
    ("name", "weeks"), [("First response time", 9), ("Pipeline coverage", 11), ("Sales cycle", 14)]
)
def test_these_drift(sample: Tables, name: str, weeks: int) -> None:
    assert shift(sample, name, before=weeks, last=slice(-8, None)) < -3
    assert shift(sample, name, before=weeks, last=slice(-weeks - 8, -weeks)) > -3


@pytest.mark.parametrize(
    "name",
    [
        "Monthly churn",
        "Conversion rate",
        "Contracts won",
        "Average contract value",
        "Website traffic",
        "Qualified leads",
        "Marketing spend",
        "Cost per lead",
        "Recruitment time",
        "Retention",
        "Open tickets",
        "Service availability",
        "Purchasing cost",
        "Supplier lead time",
        "Supplier quality",
        "Stock cover",
    ],
)
def test_these_are_steady(sample: Tables, name: str) -> None:
    assert abs(shift(sample, name, before=8, last=slice(-8, None))) < 2.5
    assert abs(shift(sample, name, before=8, last=slice(-4, None), window=4)) < 2.5


def test_one_reading_past_its_limit_is_worth_a_watch(sample: Tables) -> None:
    values = series(sample, "Visitor-to-subscriber conversion")
    limits = natural_limits(values[-53:-1])
    assert values[-1] < limits.lower
    assert shift(sample, "Visitor-to-subscriber conversion", before=8, last=slice(-8, None)) > -2.5


def test_one_has_moved_the_good_way(sample: Tables) -> None:
    assert shift(sample, "Net promoter score", before=7, last=slice(-5, None), window=5) > 3


def test_one_is_recovering(sample: Tables) -> None:
    values = series(sample, "Resolution time")
    limits = natural_limits(values[-37:-17])
    assert shift(sample, "Resolution time", before=17, last=slice(-14, -6)) < -3
    assert abs(values[-4:].mean() - limits.centre) < limits.sigma


def test_one_has_recovered_for_more_than_twelve_readings(sample: Tables) -> None:
    values = series(sample, "Supplier lead time")
    limits = natural_limits(values[-71:-51])
    assert shift(sample, "Supplier lead time", before=51, last=slice(-46, -34)) < -3
    assert abs(np.nanmean(values[-24:]) - limits.centre) < limits.sigma
    assert np.nanmax(values[-24:]) < limits.upper


def test_two_are_still_learning(sample: Tables) -> None:
    for name in ("Training hours", "Engagement"):
        assert len(series(sample, name)) < 12


@pytest.mark.parametrize("name", ["Absence rate", "Tickets per month"])
def test_two_have_a_season(sample: Tables, name: str) -> None:
    assert seasonal(series(sample, name), 12)


def test_a_few_readings_are_missing(sample: Tables) -> None:
    gaps = [int(np.isnan(series(sample, row.kpi)).sum()) for row in sample.kpis]
    assert 10 <= sum(gaps) <= 20
    assert sum(gap > 0 for gap in gaps) >= 5
