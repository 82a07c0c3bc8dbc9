"""When key results arrive, and how likely by the end of the cycle."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from analytics.forecast import chance, outlook
from analytics.forecast.arrival import Arrival, arrival_of_steps
from analytics.forecast.progress_forecast import arrivals_of_progress
from analytics.forecast.simulation import courses
from analytics.periods import first_day, ordinal
from data.company.fields import CycleRow
from data.core.database import data_version
from data.exchange.importing import import_tables
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.queries.kpi import kpi as kpi_page
from data.kpis.queries.outlook import going_on
from data.okrs.commands.key_results import add_key_result
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from data.okrs.queries import arrivals
from data.okrs.views.key_results import Basis, KeyResultView, ObjectiveView
from models import Cadence, Confidence, KeyResultKind, ObjectiveState, Signal
from tests.data.builders import MONDAY, ROAD, TODAY, Clock, acme, bring, key, key_result, seen

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

ENDS_ON = date(2026, 6, 30)
"""The last day of the cycle, a Tuesday six weeks after that of `MONDAY`."""
STARTS_ON = date(2026, 4, 1)
WEEKS_LEFT = 6
APRIL = ordinal(STARTS_ON, "monthly")
SUNDAYS = [date(2026, 5, 24) + timedelta(weeks=week) for week in range(20)]
"""The last days of this week and of those up to a quarter past the end of the cycle."""


def said(*values: float | None, key_result: str, until: date = TODAY) -> list[CheckInRow]:
    """Check in every week up to a day; None is a week without."""
    days = [until - timedelta(weeks=back) for back in reversed(range(len(values)))]
    return [
        CheckInRow(**ROAD, key_result=key_result, date=day, value=value)
        for day, value in zip(days, values, strict=True)
        if value is not None
    ]


def told(
    engine: Engine, *values: float | None, until: date = TODAY, day: date = TODAY, **row: Any
) -> KeyResultView:
    """Give a key result from 0 to 40 of which values were said."""
    terms = {"start": 0, "target": 40} | row
    bring(
        engine,
        key_results=[KeyResultRow(**ROAD, key_result="Told", **terms)],
        check_ins=said(*values, key_result="Told", until=until),
    )
    return key_result(seen(engine, day=day), "Told")


def read(engine: Engine, values: Sequence[float], *, kpi: str = "Conversion") -> None:
    weeks = [MONDAY - timedelta(weeks=back) for back in reversed(range(len(values)))]
    bring(
        engine,
        readings=[
            ReadingRow(team="Sales", kpi=kpi, date=week, value=value)
            for week, value in zip(weeks, values, strict=True)
        ],
    )


UNKNOWN = (None, None, None, None)


def arrival(found: KeyResultView) -> tuple[object, ...]:
    return found.chance, found.arrives_on, found.expected, found.span


def elapsed(day: date) -> float:
    return ((day - STARTS_ON).days + 1) / 91


def foreseen(
    *values: float | None,
    start: float = 0,
    target: float = 40,
    until: date = TODAY,
    lowest: float = -np.inf,
    highest: float = np.inf,
) -> Arrival:
    """Give what follows from values that were said every week, the last one on a day."""
    weeks = [until - timedelta(weeks=back) for back in reversed(range(len(values)))]
    said = [
        (elapsed(week), (value - start) / (target - start))
        for week, value in zip(weeks, values, strict=True)
        if value is not None
    ]
    ends = [min(day, ENDS_ON) if day < date(2026, 7, 6) else day for day in SUNDAYS[1:]]
    times, progress = zip(*said, strict=True)
    limits = {"lowest": np.array([lowest]), "highest": np.array([highest])}
    moments = [1.0, *map(elapsed, ends)]
    (found,) = arrivals_of_progress([times], [progress], [moments], **limits)
    assert found is not None
    return found


def test_a_lane_goes_on_by_its_progress_and_the_time_elapsed(company: Engine) -> None:
    values = (31.5, 29, 27.5, 26, 25, 20.5)
    found = told(company, *values, start=35, target=20, unit="days")
    # 35 days to none are two and a third of the way.
    likely = foreseen(*values, start=35, target=20, highest=35 / 15)
    assert found.chance == pytest.approx(likely.chance)
    assert found.expected == pytest.approx(likely.expected)
    assert found.span == pytest.approx((likely.lower, likely.upper))
    # The arrival is on the Sunday of the first week with an even chance.
    assert likely.step is not None
    assert 0 < likely.step < WEEKS_LEFT
    assert found.arrives_on == SUNDAYS[likely.step]


@pytest.mark.parametrize("change", [{"start": 100, "target": 60}, {"start": -1, "target": 399}])
def test_only_shares_of_the_way_count(company: Engine, change: dict[str, int]) -> None:
    shares = (0.1, 0.15, 0.32)
    way = change["target"] - change["start"]
    values = [change["start"] + share * way for share in shares]
    found = told(company, *values, **change)
    likely = foreseen(*shares, target=1)
    assert (found.chance, found.expected) == pytest.approx((likely.chance, likely.expected))


def test_a_week_without_a_check_in_is_a_gap_and_the_last_one_of_a_week_counts(
    company: Engine,
) -> None:
    gap = told(company, 30, 25.5, None, 24, 20.5, 19, start=35, target=10)
    bring(
        company,
        check_ins=[
            CheckInRow(**ROAD, key_result="Told", date=MONDAY - timedelta(weeks=1), value=77)
        ],
    )
    assert arrival(key_result(seen(company), "Told")) == arrival(gap)
    likely = foreseen(30, 25.5, None, 24, 20.5, 19, start=35, target=10)
    assert gap.expected == pytest.approx(likely.expected)
    assert gap.rests_on == Basis(5, 8, 13)


def test_what_was_said_before_the_cycle_is_where_it_began_from(company: Engine) -> None:
    found = told(company, 7, None, None, None, None, None, None, None, 9)
    (began,) = arrivals_of_progress([[0, elapsed(TODAY)]], [[7 / 40, 9 / 40]], [[1.0]])
    assert began is not None
    assert found.chance == pytest.approx(began.chance)


def test_a_count_never_falls(company: Engine) -> None:
    found = told(company, 8, 9, 9, 9, target=12)
    likely = foreseen(8, 9, 9, 9, target=12)
    assert likely.lower < 9 / 12
    assert found.chance == pytest.approx(likely.chance)
    assert found.span == pytest.approx((9 / 12, likely.upper))


@pytest.mark.parametrize("change", [{"unit": "%"}, {"start": 15, "target": 3}])
def test_a_share_or_a_way_down_is_not_a_count(company: Engine, change: dict[str, Any]) -> None:
    terms = {"start": 0, "target": 12} | change
    found = told(company, 8, 9, 9, 9, **terms)
    assert found.span is not None
    ends = [terms["start"] + share * (terms["target"] - terms["start"]) for share in found.span]
    assert min(ends) < 9 < max(ends)


def test_a_share_of_a_hundred_is_not_expected_beyond_it(company: Engine) -> None:
    found = told(company, 80, 92, 85, 97, start=50, target=99, unit="%")
    assert found.span is not None
    assert found.span[1] == pytest.approx((100 - 50) / (99 - 50))


def test_without_a_check_in_nothing_is_said(company: Engine) -> None:
    found = told(company)
    assert arrival(found) == UNKNOWN
    assert found.rests_on is None


@pytest.mark.parametrize(
    ("values", "count"), [((5,), 1), ((5, 6.5, 7), 3), ((5, None, None, 6.5, 7), 3)]
)
def test_from_the_first_check_in_on_there_is_a_chance(
    company: Engine, values: tuple[float | None, ...], count: int
) -> None:
    found = told(company, *values)
    assert found.chance == pytest.approx(foreseen(*values).chance)
    assert found.rests_on == Basis(count, 8, 13)


def test_a_chance_rests_on_check_ins_up_to_the_week_of_the_last(
    company: Engine, clock: Clock
) -> None:
    clock.set(datetime(2026, 4, 20, 12, tzinfo=UTC))
    first = told(company, 2, until=date(2026, 4, 9), day=date(2026, 4, 20))
    assert first.rests_on == Basis(1, 2, 13)
    assert first.span is not None
    assert first.span[1] - first.span[0] > 1


def test_the_confidence_of_people_does_not_change_the_chance(company: Engine) -> None:
    before = told(company, 5, 9)
    row = CheckInRow(**ROAD, key_result="Told", date=TODAY, value=9, confidence=Confidence.DOUBTFUL)
    bring(company, check_ins=[row])
    after = key_result(seen(company), "Told")
    assert (before.confidence, after.confidence) == (None, Confidence.DOUBTFUL)
    assert arrival(after) == arrival(before)


def test_a_lane_that_is_done_is_certain_and_has_nothing_ahead(company: Engine) -> None:
    assert arrival(told(company, 10, 41)) == (1, None, None, None)


def test_a_lane_that_fell_silent_is_not_foreseen(company: Engine) -> None:
    found = told(company, 2, 4, 5, 9, until=TODAY - timedelta(weeks=4))
    assert found.standing == "silent"
    assert arrival(found) == UNKNOWN


def test_a_cycle_that_is_over_has_nothing_ahead(company: Engine, clock: Clock) -> None:
    told(company, 2, 4, 5, 9)
    clock.set(datetime(2026, 7, 1, 12, tzinfo=UTC))
    view = seen(company, day=date(2026, 7, 1), cycle="Q2 2026")
    assert {arrival(found) for found in view.objectives[0].key_results} == {UNKNOWN}
    assert view.objectives[0].expected is None


def test_on_the_last_day_the_value_that_was_said_is_what_is_expected(
    company: Engine, clock: Clock
) -> None:
    clock.set(datetime(2026, 6, 30, 12, tzinfo=UTC))
    found = told(company, 20, 24, 29, 32, until=ENDS_ON, day=ENDS_ON)
    assert (found.chance, found.expected, found.span) == (0, 0.8, (0.8, 0.8))
    (later,) = arrivals_of_progress(
        [[elapsed(ENDS_ON - timedelta(weeks=back)) for back in (3, 2, 1, 0)]],
        [[0.5, 0.6, 0.725, 0.8]],
        [[1.0, *map(elapsed, SUNDAYS[7:])]],
    )
    assert later is not None
    assert later.step is not None
    assert found.arrives_on == SUNDAYS[6 + later.step]


def test_an_arrival_in_the_cycle_s_last_week_is_on_its_last_day(company: Engine) -> None:
    values = (6, 11, 17, 22.5)
    likely = foreseen(*values)
    assert likely.step == WEEKS_LEFT
    assert told(company, *values).arrives_on == ENDS_ON


@pytest.mark.parametrize(("target", "step"), [(19, 19), (21, None)])
def test_an_arrival_is_looked_for_a_quarter_past_the_end(
    company: Engine, target: int, step: int | None
) -> None:
    # 19 weeks to that in which the 91st day past the end falls.
    assert foreseen(1, 2, 3, 4, target=target).step == step
    arrives_on = None if step is None else SUNDAYS[step]
    assert told(company, 1, 2, 3, 4, target=target).arrives_on == arrives_on


def test_a_fed_lane_goes_on_as_its_kpi_did(company: Engine) -> None:
    values = [6.1, 6.4, 6.2, 6.9, 7.3, 7.1, 7.6, 8.0]
    read(company, values)
    found = key_result(seen(company), "Lift conversion")
    # As on the page of the KPI: a climb so clear goes on, and is not damped.
    ahead = courses([values], WEEKS_LEFT)
    assert ahead.mean[0, -1] > outlook(values, WEEKS_LEFT).mean[-1]
    assert found.expected == pytest.approx((ahead.mean[0, -1] - 6) / 4)


def test_a_kpi_goes_on_at_its_own_cadence(company: Engine) -> None:
    months = [date(2026, month, 1) for month in (1, 2, 3, 4)]
    values = [90, 92.5, 94, 97]
    bring(
        company,
        key_results=[
            KeyResultRow(**ROAD, key_result="Earn", start=90, target=110, kpi="Acme / Revenue")
        ],
        readings=[
            ReadingRow(team="Acme", kpi="Revenue", date=month, value=value)
            for month, value in zip(months, values, strict=True)
        ],
    )
    found = key_result(seen(company), "Earn")
    ahead = outlook(values, 6)
    assert found.expected == pytest.approx((ahead.mean[1] - 90) / 20)
    assert (ahead.mean < 110).all()
    assert found.arrives_on is None


def read_monthly(engine: Engine, values: Sequence[float], **terms: Any) -> None:
    """Read a KPI in the months up to April 2026, which feeds the key result of its name."""
    team, name = "Sales", "Monthly"
    fed = {"start": 100, "target": 130} | terms.pop("fed", {})
    bring(
        engine,
        kpis=[KpiRow(team=team, kpi=name, cadence=Cadence.MONTHLY, **terms)],
        key_results=[KeyResultRow(**ROAD, key_result=name, kpi=name, **fed)],
        readings=[
            ReadingRow(team=team, kpi=name, date=first_day(APRIL - back, "monthly"), value=value)
            for back, value in enumerate(reversed(values))
        ],
    )


def test_a_fed_lane_has_the_season_of_its_kpi(company: Engine) -> None:
    # Each June 25 more than the other months, and a climb of a tenth a month.
    months = np.array([first_day(APRIL - back, "monthly").month for back in reversed(range(36))])
    noise = np.random.default_rng(21).normal(0, 0.5, 36)
    values = 100 + 25 * (months == 6) + np.arange(36) / 10 + noise
    read_monthly(company, values.tolist())
    found = key_result(seen(company), "Monthly")
    june = 100 + 25 + 3.7
    assert found.expected == pytest.approx((june - 100) / 30, abs=0.06)
    assert found.span is not None
    assert found.span[0] < (june - 100) / 30 < found.span[1] < 1.1
    # Without the season hardly anybody would expect it.
    assert outlook(values, 2).mean[-1] < 110
    # The chance is that of the courses on the page of the KPI, two months ahead.
    ahead = courses([values], 2, seasons=12)
    reached = chance(ahead.mean[0, 1], ahead.sd[0, 1], 130.0, better="higher")
    assert found.chance == pytest.approx(reached)


def test_a_fed_lane_goes_where_the_drift_of_its_kpi_goes(company: Engine) -> None:
    random = np.random.default_rng(22)
    values = np.concatenate([random.normal(8, 0.2, 40), 8 - 0.3 * np.arange(1, 11)])
    read(company, [round(value, 2) for value in values.tolist()])
    found = key_result(seen(company), "Lift conversion")
    page = kpi_page(company, data_version(company), key(company, "kpi", "Conversion"), TODAY)
    assert page is not None
    assert page.signal is not None
    assert page.signal.signal is Signal.DRIFTING
    assert page.ahead is not None
    assert found.expected == pytest.approx((page.ahead.mean[WEEKS_LEFT - 1] - 6) / 4)


def test_a_fed_lane_stays_within_what_its_kpi_can_be(company: Engine) -> None:
    values = [round(60 + 1.05 * month, 1) for month in range(36)]
    read_monthly(company, values, unit="%", low=50, high=100, fed={"start": 60, "target": 98})
    found = key_result(seen(company), "Monthly")
    assert found.expected == pytest.approx((values[-1] + 2 * 1.05 - 60) / 38, abs=0.02)
    assert found.span is not None
    assert found.span[1] <= (100 - 60) / 38


@pytest.mark.parametrize("target", [101, 103])
def test_a_target_that_somebody_set_is_possible(company: Engine, target: int) -> None:
    random = np.random.default_rng(24)
    values = [round(63 + month + random.normal(0, 1), 1) for month in range(36)]
    assert max(values) < 100
    fed = {"start": 60, "target": target}
    read_monthly(company, values, unit="%", low=50, high=100, fed=fed)
    found = key_result(seen(company), "Monthly")
    ahead = courses([values], 2, seasons=12)
    mean, sd = ahead.mean[0, 1], ahead.sd[0, 1]
    assert found.chance == pytest.approx(chance(mean, sd, target, better="higher"))
    assert found.chance > 0.01
    assert found.expected == pytest.approx((mean - 60) / (target - 60))


def test_a_start_that_somebody_set_is_possible(company: Engine) -> None:
    random = np.random.default_rng(24)
    values = [round(min(value, 100), 1) for value in random.normal(99, 1, 36).tolist()]
    fed = {"start": 101, "target": 97}
    read_monthly(company, values, unit="%", low=50, high=100, fed=fed)
    found = key_result(seen(company), "Monthly")
    ahead = courses([values], 2, seasons=12)
    highest = ahead.mean[0, 1] + NormalDist().inv_cdf(0.9) * ahead.sd[0, 1]
    assert highest > 100
    assert found.span is not None
    assert found.span[0] == pytest.approx((101 - highest) / 4)


@pytest.mark.parametrize(("high", "within"), [(100, True), (None, True), (120, False)])
def test_few_readings_are_check_ins_within_what_their_kpi_can_be(
    company: Engine, high: float | None, within: bool
) -> None:
    fed = {"start": 60, "target": 100}
    read_monthly(company, [70, 80], unit="%", low=50, high=high, fed=fed)
    found = key_result(seen(company), "Monthly")
    # March was complete before the cycle began, April in its fifth week.
    (likely,) = arrivals_of_progress([[0, elapsed(date(2026, 4, 30))]], [[0.25, 0.5]], [[1.0]])
    assert likely is not None
    assert likely.upper > 1
    assert found.rests_on == Basis(2, 5, 13)
    assert found.chance == pytest.approx(likely.chance)
    assert found.span == pytest.approx((likely.lower, 1.0 if within else likely.upper))


def test_to_hold_a_range_up_to_the_end_of_the_possible_is_likely(company: Engine) -> None:
    random = np.random.default_rng(23)
    values = [round(min(value, 100), 1) for value in random.normal(99, 1, 36).tolist()]
    fed = {"start": None, "target": None, "kind": KeyResultKind.HOLD, "hold_periods": 3}
    read_monthly(company, values, unit="%", low=50, high=100, fed=fed)
    assert key_result(seen(company), "Monthly").chance == 1


@pytest.mark.parametrize(
    ("periods", "chance", "arrives_on"), [(14, 1, ENDS_ON), (15, 0, date(2026, 7, 12))]
)
def test_to_hold_is_foreseen_from_the_run_so_far(
    company: Engine, periods: int, chance: float, arrives_on: date
) -> None:
    read(company, [10.0] * 9)
    bring(
        company,
        key_results=[
            KeyResultRow(
                **ROAD,
                key_result="Keep long",
                kind=KeyResultKind.HOLD,
                kpi="Conversion",
                hold_periods=periods,
            )
        ],
    )
    found = key_result(seen(company), "Keep long")
    # Eight weeks have been held since that in which the cycle began, and six are left.
    assert found.held == 8
    assert (found.chance, found.arrives_on) == (chance, arrives_on)
    assert found.expected == pytest.approx(14 / periods)
    # So much has to be held by now that six weeks are enough.
    assert found.pace == pytest.approx((periods - 6) / periods)
    assert found.standing == ("on pace" if chance else "behind pace")


def test_periods_before_the_cycle_are_not_held_for_it(company: Engine, clock: Clock) -> None:
    day = date(2026, 4, 7)
    clock.set(datetime(2026, 4, 7, 12, tzinfo=UTC))
    weeks = [date(2026, 3, 30) - timedelta(weeks=back) for back in range(9)]
    later = CycleRow(cycle="Later", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    objective = {**ROAD, "cycle": "Later"}
    bring(
        company,
        cycles=[later],
        objectives=[ObjectiveRow(**objective, state=ObjectiveState.ACTIVE)],
        key_results=[
            KeyResultRow(
                **objective,
                key_result="Keep later",
                kind=KeyResultKind.HOLD,
                kpi="Conversion",
                hold_periods=4,
            )
        ],
        readings=[
            ReadingRow(team="Sales", kpi="Conversion", date=week, value=10) for week in weeks
        ],
    )
    found = key_result(seen(company, cycle="Later", day=day), "Keep later")
    # The week of 29 June is the first of the cycle, and the fourth one ends on 26 July.
    assert found.arrives_on == date(2026, 7, 26)


def test_what_was_never_negative_is_not_expected_to_be(company: Engine) -> None:
    values = (30, 24, 19, 11)
    terms = {"start": 30, "target": 10, "unit": "tickets"}
    likely = foreseen(*values, start=30, target=10)
    # 30 → 0 is one and a half of the way.
    assert likely.upper > 1.5
    found = told(company, *values, **terms)
    assert found.span == pytest.approx((likely.lower, 1.5))
    below = told(company, *values, **terms | {"target": -10})
    assert below.span is not None
    assert below.span[1] > 30 / 40


def test_to_hold_a_range_that_is_not_there_is_not_foreseen(company: Engine) -> None:
    row = KeyResultRow(
        **ROAD, key_result="Keep", kind=KeyResultKind.HOLD, kpi="Visits", hold_periods=4
    )
    days = [TODAY - timedelta(days=back) for back in range(9)]
    readings = [ReadingRow(team="Sales", kpi="Visits", date=day, value=5) for day in days]
    bring(company, key_results=[row], readings=readings)
    assert arrival(key_result(seen(company), "Keep")) == UNKNOWN


def test_steps_go_on_at_their_rate_since_the_cycle_began(company: Engine) -> None:
    bring(
        company,
        milestones=[
            MilestoneRow(
                **ROAD, key_result="Open the office", step=step, share=share, done_on=done_on
            )
            for step, share, done_on in (
                ("Lease", 1, date(2026, 3, 10)),
                ("Move", 3, date(2026, 5, 10)),
                ("Paint", 2, None),
                ("Party", 4, None),
            )
        ],
    )
    found = key_result(seen(company), "Open the office")
    # One of the steps was done in the 50 days of the cycle; 41 are left, and 91 are beyond.
    moments = np.array([91, *range(51, 183)]) / 91
    expected = arrival_of_steps(1, [0.2, 0.4], gone=0.4, elapsed=50 / 91, moments=moments)
    assert found.chance == pytest.approx(expected.chance)
    assert found.expected == pytest.approx(expected.expected)
    assert found.span == pytest.approx((expected.lower, expected.upper))
    assert expected.step is not None
    assert found.arrives_on == TODAY + timedelta(days=expected.step)
    assert found.rests_on == Basis(1, 8, 13)


def test_steps_of_which_nothing_was_said_are_too_early_to_judge_in_the_first_four_weeks(
    company: Engine, clock: Clock
) -> None:
    for day, known in ((date(2026, 4, 27), False), (date(2026, 4, 28), True)):
        clock.set(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        found = key_result(seen(company, day=day), "Open the office")
        assert (found.chance is not None) is known


@pytest.mark.parametrize("what", ["check-in", "step"])
def test_steps_are_foreseen_from_the_first_that_is_heard_of_them(
    company: Engine, clock: Clock, what: str
) -> None:
    day = date(2026, 4, 10)
    clock.set(datetime(2026, 4, 10, 12, tzinfo=UTC))
    steps = {**ROAD, "key_result": "Open the office"}
    if what == "check-in":
        bring(
            company,
            check_ins=[CheckInRow(**steps, date=day, value=None, confidence=Confidence.SURE)],
        )
    else:
        bring(company, milestones=[MilestoneRow(**steps, step="Lease", share=1, done_on=day)])
    found = key_result(seen(company, day=day), "Open the office")
    assert found.chance is not None
    assert found.rests_on == Basis(int(what == "step"), 2, 13)


def objective(engine: Engine) -> ObjectiveView:
    (found,) = seen(engine).objectives
    return found


def test_an_objective_ends_near_the_weighted_mean_of_its_lanes(company: Engine) -> None:
    tables = acme()
    tables.key_results[0] = replace(tables.key_results[0], weight=5)
    import_tables(company, tables)
    read(company, [6.1, 6.4, 6.2, 6.9, 7.3, 7.1, 7.6, 8.0])
    bring(company, check_ins=said(60, key_result="Sign customers"))
    found = objective(company)
    ends = [key_result.expected for key_result in found.key_results]
    assert ends[0] is None
    assert all(end is not None for end in ends[1:])
    clamped = [min(max(end or 0, 0), 1) for end in ends[1:]]
    assert found.expected == pytest.approx((5 + sum(clamped)) / 8)


def test_an_objective_with_a_lane_that_cannot_be_told_cannot_either(company: Engine) -> None:
    bring(company, check_ins=said(60, key_result="Sign customers"))
    assert objective(company).expected is None


@pytest.mark.parametrize(
    ("values", "terms"),
    [
        ((7, 7, 7, 7, 7), {}),
        ((7.5, 7.5, 7.5, 7.5), {"start": 9}),
        ((1e308, -1e308, 1e308, -1e308), {}),
        ((0, 1e307, 2e307, 1e308), {"target": 1.7e308}),
        ((1, 2.5, 3, 4), {"start": -1.7e308, "target": 1.7e308}),
        ((1, 2, 3, 4), {"start": 5, "target": 5}),
    ],
)
def test_whatever_was_said_nothing_breaks(
    company: Engine, values: tuple[float, ...], terms: dict[str, Any]
) -> None:
    found = told(company, *values, **terms)
    numbers = [found.chance, found.expected, *(found.span or ())]
    assert all(number is None or np.isfinite(number) for number in numbers)


def test_without_a_target_nothing_arrives(company: Engine) -> None:
    add_key_result(
        company,
        person_id=key(company, "person", "Ana"),
        objective_id=key(company, "objective", ROAD["objective"]),
        name="Told",
        base_version=data_version(company),
    )
    bring(company, check_ins=said(1, 2, 3, 4, key_result="Told"))
    found = key_result(seen(company), "Told")
    assert (found.standing, found.chance, found.arrives_on) == ("no value", None, None)


def test_what_stands_still_is_not_likely_to_arrive(company: Engine) -> None:
    found = told(company, 7, 7, 7, 7, 7)
    assert found.chance is not None
    assert 0 < found.chance < 0.2


def test_a_kpi_of_few_readings_is_forecast_by_progress_and_time(company: Engine) -> None:
    # The readings are those of weeks that ended on Sundays, the last one ends after today.
    read(company, [6.5, 7.0])
    found = key_result(seen(company), "Lift conversion")
    days = (MONDAY - timedelta(days=1), TODAY)
    (likely,) = arrivals_of_progress([[*map(elapsed, days)]], [[0.125, 0.25]], [[1.0]])
    assert likely is not None
    assert found.chance == pytest.approx(likely.chance)
    assert found.rests_on == Basis(2, 8, 13)


def test_many_lanes_cost_a_few_outlooks(company: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Lane {number}" for number in range(12)]
    fed = [KpiRow(team="Sales", kpi=name, cadence=Cadence.MONTHLY) for name in names]
    bring(
        company,
        kpis=fed,
        key_results=[
            row
            for name in names
            for row in (
                KeyResultRow(**ROAD, key_result=name, start=0, target=99),
                KeyResultRow(**ROAD, key_result=f"{name} fed", start=0, target=99, kpi=name),
            )
        ],
        check_ins=[row for name in names for row in said(1, 2.5, 3, 4, key_result=name)],
        readings=[
            ReadingRow(team="Sales", kpi=name, date=date(2026, month, 1), value=month)
            for name in names
            for month in (1, 2, 3, 4)
        ],
    )
    calls: list[tuple[int, ...]] = []

    def noted(values: Any, *terms: Any) -> Any:
        calls.append(np.shape(values)[:1])
        return going_on(values, *terms)

    monkeypatch.setattr(arrivals, "going_on", noted)
    found = objective(company).key_results
    assert sum(key_result.chance is not None for key_result in found) >= 24
    # Check-ins need none.
    assert calls == [(12,)]
