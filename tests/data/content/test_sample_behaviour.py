"""The sample company: how it behaves.

Shifts are those of the window test against a fixed baseline of twenty readings.
"""

import math

import numpy as np
import pytest

from analytics.drivers import parse, split
from analytics.periods import freshness
from analytics.variation import natural_limits, seasonal
from data.exchange.tables import Tables
from models import Better
from tests.data.content.sample_lookups import TODAY, current, kpi_named, series


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


def test_two_are_late_once_their_grace_is_over(sample: Tables) -> None:
    for name in ("Engagement", "Supplier quality"):
        row = kpi_named(sample, name)
        latest = max(current(sample)[row.team, row.kpi])
        assert freshness(latest, TODAY, row.cadence) == "late"
