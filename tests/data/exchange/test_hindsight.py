"""What the numbers of a file would have told, from its tables alone."""

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from analytics.drift import replay
from data.company.fields import TeamRow
from data.exchange.hindsight import MOST_KPIS, hindsight
from data.exchange.hindsight_replay import MOST_PERIODS
from data.exchange.hindsight_stories import SHOWN
from data.exchange.tables import Tables
from data.exchange.views import Hindsight, KpiHindsight
from data.kpis.fields import KpiRow, ReadingRow
from models import Better, Cadence

TODAY = date(2026, 11, 24)
START = date(2022, 1, 1)


def month(number: int) -> date:
    return date(START.year + number // 12, number % 12 + 1, 1)


def readings(name: str, values: Sequence[float | None]) -> list[ReadingRow]:
    return [
        ReadingRow(team="Brotwerk", kpi=name, date=month(at), value=value)
        for at, value in enumerate(values)
        if value is not None
    ]


def tables(values: dict[str, Sequence[float | None]], **said: Any) -> Tables:
    kpis = [KpiRow(team="Brotwerk", kpi=name, **said) for name in values]
    rows = [row for name, series in values.items() for row in readings(name, series)]
    return Tables(teams=[TeamRow(team="Brotwerk")], kpis=kpis, readings=rows)


def looked(given: Tables) -> Hindsight:
    found = hindsight(given, today=TODAY)
    assert found is not None
    return found


def only(given: Tables) -> KpiHindsight:
    (kpi,) = looked(given).kpis
    return kpi


def noise(periods: int, seed: int = 4) -> list[float]:
    return list(np.random.default_rng(seed).normal(size=periods))


def rising(periods: int = 54, at: int = 36) -> list[float]:
    return [value + max(0, number - at) * 0.5 for number, value in enumerate(noise(periods))]


def test_a_drift_is_told_with_when_it_set_in_and_when_it_left_its_range() -> None:
    values = rising()
    kpi = only(tables({"Scrap rate": values}, unit="%", better=Better.LOWER, high=6.0))
    (drift,) = kpi.drifts
    signals = replay(values, better="lower", season=12).tolist()
    assert drift.told == month(signals.index("drifting"))
    left = next(at for at, value in enumerate(values) if value > 6 and month(at) >= drift.onset)
    assert (drift.left, drift.ahead) == (month(left), left - signals.index("drifting"))
    assert drift.ahead > 0
    assert (kpi.story, drift.is_warned, drift.ended) == ("warned", True, None)
    assert (drift.behind, kpi.start, len(kpi.series)) == (54, START, 54)
    assert drift.signal.signal == "drifting"
    assert drift.signal.onset == drift.onset
    assert drift.signal.period == drift.told


def test_the_span_the_company_and_what_chance_gives() -> None:
    found = looked(tables({"A": noise(48), "B": noise(30)}, low=-9.0))
    assert (found.company, found.first, found.last) == ("Brotwerk", START, date(2025, 12, 31))
    sides = (48 - 23) + (30 - 23)
    assert found.by_chance == pytest.approx((0.04 * sides / 26, 0.05 * sides / 26))


def test_a_young_kpi_says_from_when_on_a_drift_can_be_told() -> None:
    kpi = only(tables({"Returns": [1.0, 2, None, 1, 2, 2, 9, 1]}, high=3.0))
    assert (kpi.story, kpi.readings, kpi.outside) == ("young", 7, 1)
    # Seven by August 2022, and 17 more.
    assert (kpi.told_from, kpi.told_on) == (24, date(2024, 1, 1))


def test_a_later_reading_of_a_period_corrects_it() -> None:
    given = tables({"A": [1.0, 2.0]})
    at = {"team": "Brotwerk", "kpi": "A", "date": month(1).replace(day=20)}
    early, late = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    given.readings[:0] = [ReadingRow(**at, value=5, recorded_at=late)]
    given.readings += [ReadingRow(**at, value=4, recorded_at=early)]
    assert only(given).series == (1.0, 5.0)


def test_readings_ahead_of_today_and_kpis_without_one_are_left_out() -> None:
    given = tables({"A": [1.0, 2.0], "B": []})
    given.readings += [ReadingRow(team="Brotwerk", kpi="A", date=date(2206, 1, 1), value=3)]
    assert only(given).series == (1.0, 2.0)
    assert hindsight(Tables(), today=TODAY) is None


@pytest.mark.parametrize(
    ("days", "cadence"),
    [(1, Cadence.DAILY), (7, Cadence.WEEKLY), (30, Cadence.MONTHLY), (91, Cadence.QUARTERLY)],
)
def test_readings_of_a_kpi_that_is_not_in_the_file_tell_their_cadence(
    days: int, cadence: Cadence
) -> None:
    first = START.toordinal()
    rows = [
        ReadingRow(team="A", kpi="B", date=date.fromordinal(first + days * at), value=at)
        for at in range(9)
    ]
    kpi = only(Tables(readings=rows))
    assert (kpi.cadence, kpi.better, kpi.has_range) == (cadence, Better.WITHIN, False)


def test_what_tells_most_is_told_first_and_one_of_each_kind() -> None:
    restless = [float(number % 2) for number in range(54)]
    growing = [number + value for number, value in enumerate(noise(54, 9))]
    given = tables(
        {
            "Steady": [5.0] * 54,
            "Growing": growing,
            "Restless": restless,
            "Warned": [value - 30 for value in rising()],
        },
        better=Better.LOWER,
    )
    bounds = {"Restless": 0.5, "Warned": -24.0}
    given.kpis = [
        KpiRow(team=row.team, kpi=row.kpi, better=row.better, high=bounds.get(row.kpi))
        for row in given.kpis
    ]
    told = [(kpi.name, kpi.story) for kpi in looked(given).telling]
    assert told == [("Warned", "warned"), ("Restless", "restless"), ("Growing", "growing")]


def test_what_is_out_of_its_range_of_late_is_told_before_what_is_calm() -> None:
    level = [*[5.0, 5.2] * 20, 5.3, 5.4]
    given = tables({"Calm": [5.0, 5.1] * 21, "Out": level}, better=Better.LOWER, high=5.25)
    out, calm = looked(given).telling
    assert (out.name, out.story, out.outside_for) == ("Out", "outside", 2)
    assert (calm.story, calm.outside_for) == ("steady", 0)


def test_many_drifts_leave_a_place_for_what_is_no_drift() -> None:
    given = tables({name: rising() for name in "ABCD"} | {"E": noise(54)}, better=Better.LOWER)
    told = looked(given).telling
    assert [bool(kpi.drifts) for kpi in told] == [True, True, False]
    without = tables({name: rising() for name in "ABCD"}, better=Better.LOWER)
    assert len(looked(without).telling) == SHOWN


def test_two_hundred_kpis_of_five_years_are_told_soon() -> None:
    given = tables({f"K{at}": noise(58, at) for at in range(200)}, low=-3.0)
    begun = time.process_time()
    assert len(looked(given).kpis) == 200
    assert time.process_time() - begun < 4


def test_a_date_of_long_ago_and_very_many_kpis_cost_no_more() -> None:
    given = tables({f"K{at}": [1.0, 2.0] for at in range(MOST_KPIS + 5)}, cadence=Cadence.DAILY)
    given.readings[0] = ReadingRow(team="Brotwerk", kpi="K0", date=date(1, 1, 1), value=1)
    found = looked(given)
    assert (len(found.kpis), found.left_out) == (MOST_KPIS, 5)
    assert len(found.kpis[0].series) == MOST_PERIODS
    assert found.cut is Cadence.DAILY
    assert looked(tables({"K": [1.0, 2.0]}, cadence=Cadence.DAILY)).cut is None
