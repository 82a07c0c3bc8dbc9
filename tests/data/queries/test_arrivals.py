"""When lanes arrive, and how likely by the end of the cycle."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from analytics.arrival import arrival_of_steps
from analytics.courses import courses
from analytics.forecast import chance, cumulative, outlook, span80
from analytics.periods import first_day, ordinal
from data.commands.importing import import_tables
from data.commands.key_results import add_key_result
from data.database import data_version
from data.exchange.rows import (
    CheckInRow,
    CycleRow,
    KeyResultRow,
    KpiRow,
    MilestoneRow,
    ObjectiveRow,
    ReadingRow,
)
from data.queries import arrivals, fed_arrivals
from data.queries.ahead import going_on
from data.queries.kpi import kpi as kpi_page
from data.views import Lane, ObjectiveView
from models import Cadence, KeyResultKind, ObjectiveState, Signal
from tests.data.builders import MONDAY, ROAD, TODAY, Clock, acme, bring, key, lane, seen

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

ENDS_ON = date(2026, 6, 30)
"""The last day of the cycle, a Tuesday six weeks after that of `MONDAY`."""
WEEKS_LEFT = 6
APRIL = ordinal(date(2026, 4, 1), "monthly")


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
) -> Lane:
    """Give a key result from 0 to 40 of which values were said."""
    terms = {"start": 0, "target": 40} | row
    bring(
        engine,
        key_results=[KeyResultRow(**ROAD, key_result="Told", **terms)],
        check_ins=said(*values, key_result="Told", until=until),
    )
    return lane(seen(engine, day=day), "Told")


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


def arrival(found: Lane) -> tuple[object, ...]:
    return found.chance, found.arrives_on, found.expected, found.span


def test_a_lane_goes_on_as_its_check_ins_did(company: Engine) -> None:
    found = told(company, 31.5, 29, 27.5, 26, 25, 22.5, start=35, target=20, unit="days")
    ahead = outlook([31.5, 29, 27.5, 26, 25, 22.5], WEEKS_LEFT + 13)
    mean, sd = ahead.mean[WEEKS_LEFT - 1], ahead.sd[WEEKS_LEFT - 1]
    assert found.chance == pytest.approx(chance(mean, sd, 20.0, better="lower"))
    assert found.expected == pytest.approx((35 - mean) / 15)
    lower, upper = span80(mean, sd)
    assert found.span == pytest.approx(((35 - upper) / 15, (35 - lower) / 15))
    # The arrival is on the Sunday of the first week with an even chance.
    step = int(np.argmax(ahead.mean <= 20)) + 1
    assert 1 < step < WEEKS_LEFT
    assert found.arrives_on == MONDAY + timedelta(days=7 * step + 6)


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
    assert arrival(lane(seen(company), "Told")) == arrival(gap)
    even = outlook([30, 25.5, np.nan, 24, 20.5, 19], WEEKS_LEFT)
    assert gap.expected == pytest.approx((35 - even.mean[-1]) / 25)


def test_a_count_goes_on_at_its_rate_and_never_falls(company: Engine) -> None:
    found = told(company, 4, 4, 9, 12)
    ahead = cumulative([4, 4, 9, 12], WEEKS_LEFT)
    assert ahead is not None
    assert found.expected == pytest.approx(ahead.mean[-1] / 40)
    lower, _ = span80(ahead.mean[-1], ahead.sd[-1])
    assert lower < 12
    assert found.span is not None
    assert found.span[0] == pytest.approx(12 / 40)


@pytest.mark.parametrize("change", [{"unit": "%"}, {"start": 60}])
def test_a_share_or_a_way_down_is_not_a_count(company: Engine, change: dict[str, Any]) -> None:
    found = told(company, 41, 44, 49, 52, **{"target": 55 if "unit" in change else 30} | change)
    counted = cumulative([41, 44, 49, 52], WEEKS_LEFT)
    assert counted is not None
    assert found.start is not None
    assert found.target is not None
    way = found.target - found.start
    assert found.expected != pytest.approx((counted.mean[-1] - found.start) / way)


def test_a_share_of_a_hundred_is_not_expected_beyond_it(company: Engine) -> None:
    found = told(company, 80, 92, 85, 97, start=50, target=99, unit="%")
    assert found.span is not None
    assert found.span[1] == pytest.approx((100 - 50) / (99 - 50))


@pytest.mark.parametrize("values", [(), (5,), (5, 6.5, 7), (5, None, None, 6.5, 7)])
def test_before_four_check_ins_it_is_too_early_to_say(
    company: Engine, values: tuple[float | None, ...]
) -> None:
    assert arrival(told(company, *values)) == UNKNOWN


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
    assert {arrival(found) for found in view.objectives[0].lanes} == {UNKNOWN}
    assert view.objectives[0].expected is None


def test_on_the_last_day_the_value_that_was_said_is_what_is_expected(
    company: Engine, clock: Clock
) -> None:
    clock.set(datetime(2026, 6, 30, 12, tzinfo=UTC))
    found = told(company, 20, 24, 29, 32, until=ENDS_ON, day=ENDS_ON)
    assert (found.chance, found.expected, found.span) == (0, 0.8, (0.8, 0.8))
    # Four more a week are eight more at the end of the second week from now.
    assert found.arrives_on == date(2026, 7, 19)


def test_an_arrival_in_the_cycle_s_last_week_is_on_its_last_day(company: Engine) -> None:
    found = told(company, 4, 8, 12, 16)
    assert found.chance == 1
    assert found.arrives_on == ENDS_ON
    assert (found.expected, found.span) == (1, (1, 1))


@pytest.mark.parametrize(("target", "arrives_on"), [(23, date(2026, 10, 4)), (24, None)])
def test_an_arrival_is_looked_for_a_quarter_past_the_end(
    company: Engine, target: int, arrives_on: date | None
) -> None:
    # One more a week, and 19 weeks to that in which the 91st day past the end falls.
    assert told(company, 1, 2, 3, 4, target=target).arrives_on == arrives_on


def test_a_fed_lane_goes_on_as_its_kpi_did(company: Engine) -> None:
    values = [6.1, 6.4, 6.2, 6.9, 7.3, 7.1, 7.6, 8.0]
    read(company, values)
    found = lane(seen(company), "Lift conversion")
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
    found = lane(seen(company), "Earn")
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
    found = lane(seen(company), "Monthly")
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
    found = lane(seen(company), "Lift conversion")
    page = kpi_page(company, data_version(company), key(company, "kpi", "Conversion"), TODAY)
    assert page is not None
    assert page.signal is not None
    assert page.signal.signal is Signal.DRIFTING
    assert page.ahead is not None
    assert found.expected == pytest.approx((page.ahead.mean[WEEKS_LEFT - 1] - 6) / 4)


def test_a_fed_lane_stays_within_what_its_kpi_can_be(company: Engine) -> None:
    values = [round(60 + 1.05 * month, 1) for month in range(36)]
    read_monthly(company, values, unit="%", low=50, high=100, fed={"start": 60, "target": 98})
    found = lane(seen(company), "Monthly")
    assert found.expected == pytest.approx((values[-1] + 2 * 1.05 - 60) / 38, abs=0.02)
    assert found.span is not None
    assert found.span[1] <= (100 - 60) / 38


@pytest.mark.parametrize(("high", "comes"), [(100, False), (120, True)])
def test_a_target_beyond_the_possible_does_not_arrive(
    company: Engine, high: int, comes: bool
) -> None:
    values = [round(64 + month, 1) for month in range(36)]
    fed = {"start": 60, "target": 101}
    read_monthly(company, values, unit="%", low=50, high=high, fed=fed)
    found = lane(seen(company), "Monthly")
    assert found.expected == pytest.approx((101 - 60) / 41 if comes else (100 - 60) / 41, abs=0.02)
    assert (found.chance == 0) is not comes
    assert (found.arrives_on is not None) is comes


def test_to_hold_a_range_up_to_the_end_of_the_possible_is_likely(company: Engine) -> None:
    random = np.random.default_rng(23)
    values = [round(min(value, 100), 1) for value in random.normal(99, 1, 36).tolist()]
    fed = {"start": None, "target": None, "kind": KeyResultKind.HOLD, "hold_periods": 3}
    read_monthly(company, values, unit="%", low=50, high=100, fed=fed)
    assert lane(seen(company), "Monthly").chance == 1


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
    found = lane(seen(company), "Keep long")
    # Eight weeks have been held since that in which the cycle began, and six are left.
    assert found.held == 8
    assert (found.chance, found.arrives_on) == (chance, arrives_on)
    assert found.expected == pytest.approx(14 / periods)


def test_periods_before_the_cycle_are_not_held_for_it(company: Engine, clock: Clock) -> None:
    day = date(2026, 4, 7)
    clock.set(datetime(2026, 4, 7, 12, tzinfo=UTC))
    weeks = [date(2026, 3, 30) - timedelta(weeks=back) for back in range(9)]
    later = CycleRow(cycle="Later", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    road = {**ROAD, "cycle": "Later"}
    bring(
        company,
        cycles=[later],
        objectives=[ObjectiveRow(**road, state=ObjectiveState.ACTIVE)],
        key_results=[
            KeyResultRow(
                **road,
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
    found = lane(seen(company, cycle="Later", day=day), "Keep later")
    # The week of 29 June is the first of the cycle, and the fourth one ends on 26 July.
    assert found.arrives_on == date(2026, 7, 26)


def test_what_was_never_negative_is_not_expected_to_be(company: Engine) -> None:
    values = (30, 14, 29, 12, 25, 14)
    found = told(company, *values, start=30, target=10, unit="tickets")
    assert found.span is not None
    ahead = outlook(values, WEEKS_LEFT)
    assert span80(ahead.mean, ahead.sd)[0][-1] < 0
    # 30 → 0 is one and a half of the way.
    assert found.span[1] == pytest.approx(1.5)
    below = told(company, *values, start=30, target=-10, unit="tickets")
    assert below.span is not None
    assert below.span[1] > 30 / 40


def test_to_hold_a_range_that_is_not_there_is_not_foreseen(company: Engine) -> None:
    row = KeyResultRow(
        **ROAD, key_result="Keep", kind=KeyResultKind.HOLD, kpi="Visits", hold_periods=4
    )
    days = [TODAY - timedelta(days=back) for back in range(9)]
    readings = [ReadingRow(team="Sales", kpi="Visits", date=day, value=5) for day in days]
    bring(company, key_results=[row], readings=readings)
    assert arrival(lane(seen(company), "Keep")) == UNKNOWN


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
    found = lane(seen(company), "Open the office")
    # One of the steps was done in the 50 days of the cycle; 41 are left.
    expected = arrival_of_steps(1, 50, [0.2, 0.4], gone=0.4, end=41, until=132)
    assert found.chance == pytest.approx(expected.chance)
    assert found.expected == pytest.approx(expected.expected)
    assert found.span == pytest.approx((expected.lower, expected.upper))
    assert expected.step is not None
    assert found.arrives_on == TODAY + timedelta(days=expected.step)


def test_steps_are_too_early_to_judge_in_the_first_four_weeks(
    company: Engine, clock: Clock
) -> None:
    for day, known in ((date(2026, 4, 27), False), (date(2026, 4, 28), True)):
        clock.set(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        found = lane(seen(company, day=day), "Open the office")
        assert (found.chance is not None) is known


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
    ends = [lane.expected for lane in found.lanes]
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
        seen=data_version(company),
    )
    bring(company, check_ins=said(1, 2, 3, 4, key_result="Told"))
    found = lane(seen(company), "Told")
    assert (found.standing, found.chance, found.arrives_on) == ("no value", None, None)


def test_a_constant_that_is_not_there_does_not_arrive(company: Engine) -> None:
    found = told(company, 7, 7, 7, 7, 7)
    assert arrival(found) == (0, None, 7 / 40, (7 / 40, 7 / 40))


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

    def noted(values: Any, horizon: int) -> Any:
        calls.append(np.shape(values)[:1])
        return outlook(values, horizon)

    def told(values: Any, *terms: Any) -> Any:
        calls.append(np.shape(values)[:1])
        return going_on(values, *terms)

    monkeypatch.setattr(arrivals, "outlook", noted)
    monkeypatch.setattr(fed_arrivals, "going_on", told)
    found = objective(company).lanes
    assert sum(lane.chance is not None for lane in found) >= 24
    assert calls == [(12,), (12,)]
