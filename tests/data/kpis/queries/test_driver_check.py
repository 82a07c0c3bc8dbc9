"""What a driver expression comes to beside the readings: of one period, the same for all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.core.database import data_version
from data.kpis.commands.decisions import dismiss
from data.kpis.fields import KpiRow
from data.kpis.queries.driver_check import is_rounded
from data.kpis.queries.settings import check_drivers
from data.kpis.views.settings import DriverCheck
from models import Better, Cadence
from tests.data.builders import MONDAY, TODAY, bring, key, person, record

WEEK = timedelta(weeks=1)


@pytest.fixture
def company(company: Engine) -> Engine:
    """Give the small company with a weekly KPI to be driven."""
    driven = KpiRow(team="Sales", kpi="Cost", unit="€", better=Better.LOWER, cadence=Cadence.WEEKLY)
    bring(company, kpis=[driven])
    return company


def checked(
    engine: Engine, typed: str = "[Support / Backlog] / [Conversion]", kpi: str = "Cost"
) -> DriverCheck | None:
    return check_drivers(engine, data_version(engine), key(engine, "kpi", kpi), typed, TODAY)


def record_weeks(engine: Engine, kpi: str, *values: float, until: date = MONDAY) -> None:
    """Record a value a week, the last one of the week that begins on a day."""
    for back, value in enumerate(reversed(values)):
        record(engine, value, kpi=kpi, on=until - back * WEEK, who="Ben")


def weekly(computed: float, reading: float | None, period: date, **told: bool) -> DriverCheck:
    return DriverCheck(
        computed=computed, reading=reading, cadence=Cadence.WEEKLY, period=period, **told
    )


def test_compared_is_the_last_period_that_all_have(company: Engine) -> None:
    record_weeks(company, "Backlog", 400, 300, until=MONDAY - 3 * WEEK)
    record_weeks(company, "Conversion", 10, 10, 20, 30, 40)
    record_weeks(company, "Cost", 40, 30, until=MONDAY - 3 * WEEK)
    assert checked(company) == weekly(30, 30, MONDAY - 3 * WEEK, agrees=True)


def test_a_reading_that_says_something_else_does_not_agree(company: Engine) -> None:
    record_weeks(company, "Backlog", 300)
    record_weeks(company, "Conversion", 10)
    record_weeks(company, "Cost", 33)
    assert checked(company) == weekly(30, 33, MONDAY)


def test_without_a_reading_of_its_own_it_is_computed_from_what_the_drivers_share(
    company: Engine,
) -> None:
    record_weeks(company, "Backlog", 300, until=MONDAY - WEEK)
    record_weeks(company, "Conversion", 10, 20)
    assert checked(company) == weekly(30, None, MONDAY - WEEK)


def test_readings_that_share_no_period_are_not_compared(company: Engine) -> None:
    record_weeks(company, "Backlog", 300)
    record_weeks(company, "Conversion", 10, until=MONDAY - WEEK)
    assert checked(company) == DriverCheck()
    assert checked(company, "[Conversion]") == weekly(10, None, MONDAY - WEEK)
    record_weeks(company, "Cost", 30)
    assert checked(company, "[Conversion]") == DriverCheck()


def test_a_dismissed_reading_does_not_count(company: Engine) -> None:
    record_weeks(company, "Backlog", 200, 300)
    record_weeks(company, "Conversion", 10, 10)
    dismiss(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        period=MONDAY,
        reason="counted twice",
    )
    assert checked(company) == weekly(20, None, MONDAY - WEEK)


def test_drivers_without_a_reading_are_named(company: Engine) -> None:
    record_weeks(company, "Conversion", 10)
    assert checked(company) == DriverCheck(silent=("Support / Backlog",))


def test_drivers_of_another_cadence_are_named(company: Engine) -> None:
    record(company, 100, kpi="Revenue", who="Ben", on=date(2026, 4, 1))
    record_weeks(company, "Conversion", 10)
    assert checked(company, "[Acme / Revenue] * [Conversion]") == DriverCheck(
        cadence=Cadence.WEEKLY, uneven=(("Acme / Revenue", Cadence.MONTHLY),)
    )


def test_a_division_by_zero_is_told_with_its_period(company: Engine) -> None:
    record_weeks(company, "Backlog", 300)
    record_weeks(company, "Conversion", 0)
    assert checked(company) == DriverCheck(
        "a step divides by zero", cadence=Cadence.WEEKLY, period=MONDAY
    )


def test_an_expression_of_numbers_alone_is_computed_where_there_is_a_reading(
    company: Engine,
) -> None:
    assert checked(company, "2 * 15") == DriverCheck()
    record_weeks(company, "Cost", 30)
    assert checked(company, "2 * 15") == weekly(30, 30, MONDAY, agrees=True)


@pytest.mark.parametrize(
    ("computed", "reading"),
    [(39.6, 40), (11.049, 11.05), (3.4034, 3.4), (-0.04, 0), (1_004_000, 1_000_000), (0.125, 0.13)],
)
def test_a_reading_may_be_rounded(computed: float, reading: float) -> None:
    assert is_rounded(computed, reading)


@pytest.mark.parametrize(
    ("computed", "reading"), [(36.28, 40), (0.11, 11), (1100, 11), (-11, 11), (11.2, 11.05)]
)
def test_what_is_more_than_rounding_is_told(computed: float, reading: float) -> None:
    assert not is_rounded(computed, reading)


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_a_value_is_found_in_however_many_decimals_it_is_written(value: float, places: int) -> None:
    assert is_rounded(value, round(value, places))
