"""The lever: which driver of a KPI would move it most."""

from math import nan
from zlib import crc32

import numpy as np
import pytest

from analytics.coach.draft import KpiFacts
from analytics.coach.lever import levers

# Moving ranges of 1.128 are a sigma of 1.
ZIGZAG = 1.128 * (np.arange(20) % 2 - 0.5)


def fact(
    name: str,
    level: float,
    *,
    sigma: float = 1.0,
    better: str = "higher",
    driven_by: str = "",
    low: float | None = None,
    high: float | None = None,
) -> KpiFacts:
    return KpiFacts(
        id=crc32(name.encode()),
        name=name,
        better=better,
        values=level + sigma * ZIGZAG,
        driven_by=driven_by,
        low=low,
        high=high,
    )


def by_name(*kpis: KpiFacts) -> dict[str, KpiFacts]:
    return {kpi.name: kpi for kpi in kpis}


REVENUE = fact("Revenue", 0, driven_by="[Customers] × [Orders] × [Value]")
DRIVERS = by_name(
    fact("Customers", 100, sigma=2), fact("Orders", 4, sigma=0.4), fact("Value", 50, sigma=0.5)
)


def test_each_driver_is_moved_by_its_own_sigma_and_the_best_comes_first() -> None:
    found = levers(REVENUE, DRIVERS)
    assert [lever.name for lever in found] == ["Orders", "Customers", "Value"]
    assert [lever.effect for lever in found] == pytest.approx([2000, 400, 200])
    assert [lever.step for lever in found] == pytest.approx([0.4, 2, 0.5])
    assert found[0].reason == (
        "Orders up by 0.4 brings Revenue up by 2\u202f000 while the rest holds: that would help."
    )


@pytest.mark.parametrize(
    ("values", "unit", "told"),
    [
        ([85, 86] * 3, "customers", "Customers up by 9 customers brings"),
        ([4, 5] * 3, "customers", "Customers up by 0.45 customers brings"),
        ([1204, 1306] * 3, "customers", "Customers up by 130 customers brings"),
        ([85.1, 85.9] * 3, "hours", "Customers up by 8.6 hours brings"),
        ([85, 86] * 3, "%", "Customers up by 8.6 percentage points brings"),
    ],
)
def test_a_move_is_told_to_two_digits_and_in_whole_things(
    values: list[float], unit: str, told: str
) -> None:
    customers = KpiFacts(
        id=1, name="Customers", better="higher", unit=unit, values=np.array(values, float)
    )
    (lever,) = levers(fact("Load", 0, driven_by="0.00123 × [Customers]"), by_name(customers))
    assert lever.reason.startswith(told)
    assert lever.step > 0.4


def test_a_driver_is_moved_to_its_good_side_even_where_that_does_not_help() -> None:
    rate = fact("Loss", 0, better="lower", driven_by="100 × [Lost] ÷ [Customers]")
    drivers = by_name(fact("Lost", 5, better="lower"), fact("Customers", 100, better="lower"))
    best, worst = levers(rate, drivers)
    assert (best.name, best.effect, best.gain) == pytest.approx(("Lost", -1, 1))
    assert worst.name == "Customers"
    assert worst.step == pytest.approx(-1)
    assert worst.gain == pytest.approx(5 - 500 / 99)
    assert worst.reason.endswith("that would not help.")


def test_without_a_spread_a_driver_moves_by_a_tenth() -> None:
    sums = fact("Sum", 0, driven_by="[Still] + [Young]")
    still = fact("Still", 50, sigma=0)
    young = KpiFacts(id=1, name="Young", better="lower", values=np.array([30.0, nan]))
    found = levers(sums, by_name(still, young))
    assert [(lever.name, lever.effect) for lever in found] == [("Still", 5), ("Young", -3)]


def test_a_driver_without_a_good_side_moves_to_where_it_helps() -> None:
    lower = fact("Cost", 0, better="lower", driven_by="2 × [Load]")
    (lever,) = levers(lower, by_name(fact("Load", 10, better="within")))
    assert (lever.step, lever.effect, lever.gain) == pytest.approx((-1, -2, 2))


@pytest.mark.parametrize(("low", "high", "gain"), [(20, 30, 1), (10, 20, -1), (None, 30, 0)])
def test_a_kpi_that_is_to_be_within_gains_towards_the_middle(
    low: float | None, high: float | None, gain: float
) -> None:
    within = fact("Cover", 0, better="within", driven_by="[Stock] + 0", low=low, high=high)
    (lever,) = levers(within, by_name(fact("Stock", 20)))
    assert lever.gain == pytest.approx(gain)


def test_drivers_of_drivers_count_too() -> None:
    profit = fact("Profit", 0, driven_by="[Revenue] − [Cost]")
    cost = fact("Cost", 100, sigma=3, better="lower")
    found = levers(profit, DRIVERS | by_name(REVENUE, cost))
    assert [lever.name for lever in found] == ["Orders", "Customers", "Value", "Cost", "Revenue"]
    assert [lever.gain for lever in found] == pytest.approx([2000, 400, 200, 3, 1])


def test_a_tree_that_bites_its_own_tail_ends() -> None:
    one = fact("One", 10, driven_by="[Other] + 1")
    other = fact("Other", 20, driven_by="[One] + [Third]")
    third = fact("Third", 5)
    assert {lever.name for lever in levers(one, by_name(one, other, third))} == {"Other", "Third"}


@pytest.mark.parametrize(
    "kpi",
    [
        fact("Plain", 5),
        fact("Broken", 5, driven_by="[Customers"),
        fact("Unknown", 5, driven_by="[Customers] / [Rain]"),
        fact("Divided", 5, driven_by="[Customers] / ([Orders] − [Orders])"),
    ],
)
def test_where_nothing_can_be_told_there_is_no_lever(kpi: KpiFacts) -> None:
    assert levers(kpi, DRIVERS) == []


def test_a_driver_without_readings_leaves_nothing_to_say() -> None:
    empty = KpiFacts(id=1, name="Orders", better="higher")
    assert levers(REVENUE, DRIVERS | {"Orders": empty}) == []
