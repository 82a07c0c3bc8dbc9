"""KPIs as a wall shows them: level, freshness, stretch, series and scale."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from analytics.periods import first_day, ordinal
from data.company.fields import TeamRow
from data.core.database import writer
from data.history.undo import undo
from data.kpis.commands.decisions import dismiss
from data.kpis.fields import KpiRow, ReadingRow
from data.kpis.views.gauges import Gauge
from models import Base, Cadence, Health
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    bring,
    gauge,
    key,
    person,
    record,
    rows,
    seen,
)

LAST = MONDAY - timedelta(days=7)


def weeks(*values: float | None, until: date = LAST, kpi: str = "Conversion") -> list[ReadingRow]:
    """Give weekly readings, the last one for the week that starts on `until`."""
    days = [until - timedelta(days=7 * back) for back in range(len(values))]
    return [
        ReadingRow(team="Sales", kpi=kpi, date=day, value=value)
        for day, value in zip(reversed(days), values, strict=True)
        if value is not None
    ]


def shown(engine: Engine, *values: float | None, day: date = TODAY, **options: Any) -> Gauge:
    """Give the gauge of a weekly KPI with such readings."""
    kpi = {"low": 8.0, "high": 12.0, "unit": "%", **options}
    bring(
        engine,
        teams=[TeamRow(team="Sales")],
        kpis=[KpiRow(team="Sales", kpi="Conversion", cadence=Cadence.WEEKLY, **kpi)],
        readings=weeks(*values),
    )
    return gauge(seen(engine, day=day))


@pytest.mark.parametrize(
    ("value", "health"),
    [
        (7.99, Health.OUT_OF_RANGE),
        (8, Health.NEAR_EDGE),
        (8.4, Health.NEAR_EDGE),
        (8.5, Health.IN_RANGE),
        (10, Health.IN_RANGE),
        (11.7, Health.NEAR_EDGE),
        (12.01, Health.OUT_OF_RANGE),
    ],
)
def test_a_level_follows_from_the_range(file: Engine, value: float, health: Health) -> None:
    assert shown(file, value).health == health


def test_near_an_only_bound_is_within_a_sigma_of_it(file: Engine) -> None:
    steady = [20.0, 21.0] * 10
    found = shown(file, *steady, 12.5, low=12, high=None, unit="")
    assert found.health == Health.NEAR_EDGE
    assert found.limit_lower is not None


def test_with_few_readings_nothing_is_near_an_only_bound(file: Engine) -> None:
    assert shown(file, 12.5, low=12, high=None).health == Health.IN_RANGE


def test_a_kpi_that_was_never_read_has_no_data(file: Engine) -> None:
    found = shown(file)
    assert (found.health, found.freshness) == (Health.NO_DATA, "no data")
    assert (found.value, found.period, found.needle, found.since) == (None, None, None, None)
    assert found.series == (None,) * 26


@pytest.mark.parametrize(
    ("day", "freshness", "late", "health"),
    [
        (TODAY, "fresh", 0, Health.IN_RANGE),
        (date(2026, 5, 24), "fresh", 0, Health.IN_RANGE),
        (date(2026, 5, 25), "due", 0, Health.IN_RANGE),
        (date(2026, 5, 27), "due", 2, Health.IN_RANGE),
        (date(2026, 5, 28), "late", 3, Health.IN_RANGE),
        (date(2026, 5, 31), "late", 6, Health.IN_RANGE),
        (date(2026, 6, 1), "no data", 7, Health.NO_DATA),
    ],
)
def test_a_reading_grows_old_and_is_then_no_health(
    file: Engine, day: date, freshness: str, late: int, health: Health
) -> None:
    found = shown(file, 10, day=day)
    assert (found.freshness, found.late_days, found.health) == (freshness, late, health)
    assert found.value == 10


@pytest.mark.parametrize("value", [10, 7])
def test_a_stale_reading_is_never_judged(file: Engine, value: float) -> None:
    assert shown(file, value, day=TODAY + timedelta(days=300)).health == Health.NO_DATA


def test_without_a_range_it_is_an_indicator(file: Engine) -> None:
    bring(
        file,
        teams=[TeamRow(team="Sales")],
        kpis=[KpiRow(team="Sales", kpi="Visits", cadence=Cadence.WEEKLY)],
        readings=weeks(5, 7, kpi="Visits"),
    )
    view = seen(file)
    assert view.gauges == ()
    (found,) = view.indicators
    assert (found.name, found.value, found.previous, found.period) == ("Visits", 7, 5, LAST)
    assert found.freshness == "fresh"


def test_the_series_ends_with_the_latest_reading_and_keeps_gaps(file: Engine) -> None:
    found = shown(file, 9, None, 10, None, None, 11)
    assert found.period == LAST
    assert found.series == (None,) * 20 + (9, None, 10, None, None, 11)
    assert (found.value, found.previous) == (11, 10)


def test_the_series_holds_the_last_26_periods(file: Engine) -> None:
    found = shown(file, *range(1, 41))
    assert found.series == tuple(range(15, 41))


@pytest.mark.parametrize("cadence", list(Cadence))
def test_the_series_goes_by_periods_of_the_cadence(file: Engine, cadence: Cadence) -> None:
    now, place = ordinal(TODAY, cadence), {"team": "Sales", "kpi": "Conversion"}
    bring(
        file,
        teams=[TeamRow(team="Sales")],
        kpis=[KpiRow(**place, low=1, cadence=cadence)],
        readings=[
            ReadingRow(**place, date=first_day(now - back, cadence), value=100 - back)
            for back in (1, 2, 4)
        ],
    )
    found = gauge(seen(file))
    assert found.series[-4:] == (96, None, 98, 99)
    assert found.period == first_day(now - 1, cadence)


@pytest.mark.parametrize(
    ("values", "back"),
    [
        ((10, 10, 10), None),
        ((7, 7, 10), None),
        ((10, 10, 7), 0),
        ((10, 7, 7), 1),
        ((7, 7, 7), 2),
        ((10, 13, 7), 1),
        ((10, 7, None, 7), 2),
        ((7, 10, None, 7), 0),
    ],
)
def test_since_is_the_first_period_of_the_present_stretch_out_of_range(
    file: Engine, values: tuple[float | None, ...], back: int | None
) -> None:
    expected = None if back is None else LAST - timedelta(days=7 * back)
    assert shown(file, *values).since == expected


@pytest.mark.parametrize(
    ("values", "back", "before"),
    [
        ([7] * 40, 39, True),
        ([10] + [7] * 40, 39, False),
        ([10] + [7] * 60, 51, True),
        ([7, 10, 10], None, False),
    ],
)
def test_the_stretch_reaches_beyond_the_series_and_says_where_nothing_is_known(
    file: Engine, values: list[float], back: int | None, before: bool
) -> None:
    found = shown(file, *values)
    assert found.since == (None if back is None else LAST - timedelta(days=7 * back))
    assert found.since_before is before


def test_severity_counts_widths_of_the_range(file: Engine) -> None:
    assert shown(file, 14).severity == pytest.approx(0.5)


def test_the_scale_is_the_range_and_one_width_to_either_side(file: Engine) -> None:
    found = shown(file, 9, unit="")
    assert (found.scale_lower, found.scale_upper) == (4, 16)
    assert found.needle == pytest.approx(5 / 12)
    assert found.off == 0


def test_off_the_scale_the_needle_rests_at_the_end(file: Engine) -> None:
    found = shown(file, 99, unit="")
    assert (found.needle, found.off) == (1, 1)


def test_a_share_of_a_hundred_stays_on_it(file: Engine) -> None:
    found = shown(file, 94, low=90, high=None)
    assert found.scale_upper <= 100


def test_a_range_beyond_a_hundred_percent_is_on_the_scale(file: Engine) -> None:
    found = shown(file, 98, low=95, high=110)
    assert found.scale_upper >= 110


def test_a_growth_in_percent_may_leave_the_hundred(file: Engine) -> None:
    found = shown(file, -12, low=-5, high=5)
    assert found.scale_lower < 0


def test_limits_come_with_enough_readings(file: Engine) -> None:
    assert shown(file, 10).limit_lower is None
    found = shown(file, *([9.5, 10.5] * 8))
    assert found.limit_lower is not None
    assert found.limit_upper is not None
    assert found.limit_lower < 10 < found.limit_upper


def test_the_last_known_correction_is_the_value(company: Engine, clock: Clock) -> None:
    for value in (9, 10, 11):
        record(company, value, on=LAST)
        clock.tick()
    found = gauge(seen(company))
    assert (found.value, found.previous) == (11, None)


def test_corrections_do_not_shorten_the_series(company: Engine) -> None:
    for correction in (0, 100, 200, 300):
        bring(company, readings=weeks(*(correction + week for week in range(26))))
    assert gauge(seen(company)).series == tuple(range(300, 326))


def test_after_a_reading_is_taken_back_the_one_before_counts(company: Engine) -> None:
    bring(company, readings=weeks(9, 10))
    command_id = record(company, 13)
    assert command_id is not None
    undo(company, command_id, person_id=person(company))
    found = gauge(seen(company))
    assert (found.value, found.period, found.health) == (10, LAST, Health.IN_RANGE)


def test_a_gap_left_by_a_reading_taken_back_is_a_gap(company: Engine) -> None:
    bring(company, readings=weeks(9))
    command_id = record(company, 13, on=LAST + timedelta(days=7))
    assert command_id is not None
    undo(company, command_id, person_id=person(company))
    record(company, 11, on=TODAY)
    assert gauge(seen(company)).series[-2:] == (9, 11)
    assert len(rows(company, "reading")) == 4


def test_a_gauge_says_whose_it_is(company: Engine) -> None:
    found = gauge(seen(company))
    assert (found.team, found.owner, found.unit, found.cadence) == (
        "Sales",
        "Ana",
        "%",
        Cadence.WEEKLY,
    )
    assert (found.low, found.high) == (8, 12)


def test_what_was_agreed_for_a_later_day_does_not_hold_yet(company: Engine) -> None:
    terms = Base.metadata.tables["kpi_terms"]
    (now,) = [
        row for row in rows(company, "kpi_terms") if row["kpi_id"] == gauge(seen(company)).kpi_id
    ]
    later = {**now, "id": None, "low": 10, "valid_from": TODAY + timedelta(days=7)}
    with writer(company) as (connection, _):
        connection.execute(terms.insert().values(later))
    assert gauge(seen(company, day=TODAY + timedelta(days=6))).low == 8
    assert gauge(seen(company, day=TODAY + timedelta(days=7))).low == 10


def dismissed(engine: Engine, back: int) -> None:
    """Dismiss the reading of so many weeks before the last one."""
    dismiss(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        period=LAST - timedelta(weeks=back),
        reason="a typo",
    )


def test_a_dismissed_reading_moves_neither_limits_nor_range_to_empty(company: Engine) -> None:
    steady = [10.0, 10.2, 9.9] * 10
    bring(company, readings=weeks(*steady))
    clean = gauge(seen(company))
    bring(company, readings=weeks(90.0, *steady[-4:]))
    spoiled = gauge(seen(company))
    dismissed(company, 4)
    found = gauge(seen(company))
    assert found.series[-5] is None
    assert found.limit_upper == pytest.approx(clean.limit_upper, abs=0.2)
    assert found.departure == clean.departure
    assert (spoiled.scale_upper, found.scale_upper) == (clean.scale_upper, clean.scale_upper)


def test_the_needle_shows_the_reading_before_one_that_was_dismissed(company: Engine) -> None:
    bring(company, readings=weeks(10.0, 9.9, 3.0))
    assert gauge(seen(company)).health == Health.OUT_OF_RANGE
    dismissed(company, 0)
    found = gauge(seen(company))
    assert (found.value, found.period) == (9.9, LAST - timedelta(weeks=1))
    assert (found.health, found.freshness) == (Health.IN_RANGE, "due")
    assert [card.kind for card in seen(company).decisions if card.gauge] == []


def test_a_correction_of_a_dismissed_reading_counts_again(company: Engine) -> None:
    bring(company, readings=weeks(10.0, 9.9, 3.0))
    dismissed(company, 0)
    record(company, 8.8, on=LAST)
    assert (gauge(seen(company)).value, gauge(seen(company)).period) == (8.8, LAST)


def test_what_is_dismissed_later_still_counts_in_a_look_back(company: Engine, clock: Clock) -> None:
    bring(company, readings=weeks(10.0, 9.9, 3.0))
    clock.tick(days=3)
    dismissed(company, 0)
    assert gauge(seen(company, day=TODAY)).value == 3
